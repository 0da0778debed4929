"""Whether the catalogue, its audio, and what plays it agree."""

import wave
from collections.abc import Iterable, Iterator
from pathlib import Path

from ivr.prompts.catalogue import Catalogue
from ivr.prompts.errors import PromptMissing, PromptUnplayable
from ivr.prompts.pieces import all_pieces
from ivr.prompts.usage import Use

_SOUND_ENDINGS = (".wav", ".mp3", ".m4a", ".aac", ".ogg", ".flac", ".wma", ".gsm")


def findings(catalogue: Catalogue, uses: Iterable[Use]) -> Iterator[str]:
    """One line for each thing that is wrong, with its mend; none when all is well."""
    uses = list(uses)
    used = {use.prompt_id for use in uses} | all_pieces()
    for prompt in catalogue:
        if not prompt.text.strip():
            yield f"{prompt.id}: has no text; write it in {catalogue.file(prompt.id)}"
        yield from audible(catalogue, prompt.id)
        if prompt.id not in used:
            yield f"{prompt.id}: nothing plays it; use it or take it out of {catalogue.file(prompt.id)}"
    for use in uses:
        if use.prompt_id not in catalogue:
            yield f"{use.prompt_id}: played in {use.file}, line {use.line}, but not in the catalogue; add it there"
    for piece in sorted(all_pieces()):
        if piece not in catalogue:
            yield f"{piece}: a piece that numbers and times need, but not in the catalogue; add it"
    yield from strangers(catalogue)


def check_audio(catalogue: Catalogue, *, missing_too: bool = True) -> None:
    """Raise PromptUnplayable for a prompt whose audio Asterisk could not play, PromptMissing for one without.

    Without `missing_too` a prompt may lack its audio.
    """
    for prompt in catalogue:
        if not missing_too and not catalogue.has_audio(prompt.id):
            continue
        catalogue.audio(prompt.id)
        for finding in audible(catalogue, prompt.id):
            raise PromptUnplayable(finding)


def audible(catalogue: Catalogue, prompt_id: str) -> Iterator[str]:
    """What keeps a prompt from being heard."""
    try:
        yield from _format(prompt_id, catalogue.audio(prompt_id))
    except PromptMissing as missing:
        yield str(missing)


def _format(prompt_id: str, file: Path) -> Iterator[str]:
    """What is wrong with a prompt's WAV."""
    mend = f"convert it: ffmpeg -i {file.name} -ar 8000 -ac 1 -c:a pcm_s16le new.wav"
    try:
        with wave.open(str(file)) as opened:
            rate, channels, width = opened.getframerate(), opened.getnchannels(), opened.getsampwidth()
            told, there = opened.getnframes(), len(opened.readframes(opened.getnframes())) // (width * channels)
    except (wave.Error, EOFError, OSError) as error:
        yield f"{prompt_id}: {file} is not a plain PCM WAV file ({error or 'it ends too early'}); {mend}"
        return
    if (rate, channels, width) != (8000, 1, 2):
        kind = f"{rate} Hz, {channels} channel{'s' if channels > 1 else ''}, {8 * width} bit"
        yield f"{prompt_id}: {file} is {kind}, not 8000 Hz, 1 channel, 16 bit; {mend}"
    elif there == 0 or there < told:
        yield f"{prompt_id}: {file} holds {there} of {told} samples; record or copy it again"


def strangers(catalogue: Catalogue) -> Iterator[str]:
    """Recordings in the utility's own folder that would never be heard, because their name is no prompt's."""
    for file in sorted(catalogue.own.iterdir()) if catalogue.own else ():
        if file.suffix.lower() in _SOUND_ENDINGS and not (file.suffix == ".wav" and file.stem in catalogue):
            yield f"{file.stem}: {file} has no prompt's name; rename it to <id>.wav, see: lianxin prompts script"
