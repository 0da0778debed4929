"""Make the prompts' audio from the catalogue with a synthetic voice."""

from collections.abc import Callable, Iterable
from pathlib import Path

from ivr.prompts.catalogue import Prompt
from ivr.prompts.errors import FolderNotWritable
from ivr.prompts.language import Language
from ivr.prompts.spoken import PIECES
from ivr.prompts.voices.english_spelling import spell_english
from ivr.prompts.voices.mastering import master, save_wav
from ivr.prompts.voices.spelling import spell
from ivr.prompts.voices.tone import music, sine
from ivr.prompts.voices.voice import Sound, Voice

PACE = 0.9
"""A little slower than the voice's own pace: callers are often old."""

EDGE = 0.05
"""Seconds of quiet at both ends of a sentence."""

PIECE_EDGE = 0.02
"""The same for pieces and tones: strung pieces sound like one phrase."""

DIGIT_EDGE = 0.06
"""The same for dictated digits: about two a second, so that they can be written down."""


def build(
    prompts: Iterable[Prompt],
    voice: Voice,
    into: Path,
    done: Callable[[Prompt], None],
    language: Language = Language.MANDARIN,
) -> None:
    """Write `<id>.wav` for each prompt and report each; the same input gives the same files.

    Raises VoiceBroken when the voice cannot say a line, FolderNotWritable when a file cannot be written.
    """
    for prompt in prompts:
        samples = master(_sound(prompt, voice, language), edge=_edge(prompt, language))
        try:
            into.mkdir(parents=True, exist_ok=True)
            save_wav(samples, into / f"{prompt.id}.wav")
        except OSError as error:
            raise FolderNotWritable(into, error.strerror or str(error)) from error
        done(prompt)


def _sound(prompt: Prompt, voice: Voice, language: Language) -> Sound:
    """A tone made, a piece said as in a list, anything else as it stands."""
    if prompt.tone and prompt.tone.melody:
        return music(prompt.tone.melody)
    if prompt.tone:
        return sine(prompt.tone)
    clauses = spell(prompt.say) if language is Language.MANDARIN else spell_english(prompt.say)
    if prompt.id in PIECES[language].all_pieces():
        return voice.speak_piece(clauses[0], pace=PACE)
    return voice.speak(clauses, pace=PACE)


def _edge(prompt: Prompt, language: Language) -> float:
    """Seconds of quiet that the prompt gets at both ends."""
    if prompt.id.startswith("digit."):
        return DIGIT_EDGE
    return PIECE_EDGE if prompt.tone or prompt.id in PIECES[language].all_pieces() else EDGE
