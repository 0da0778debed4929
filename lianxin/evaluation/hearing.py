"""How many characters are heard wrong, on the line as it is and on worse ones."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from asr.audio import Audio, read_audio
from asr.engine import Engine
from asr.listen import transcribe
from lianxin.evaluation.error_rate import error_rate
from lianxin.evaluation.spoken import Spoken, SpokenSet

Line = Callable[[Audio], Audio]


@dataclass(frozen=True, slots=True)
class Heard:
    """A set heard through one line."""

    cer: float
    """Character error rate, see `error_rate`."""
    by_voice: Mapping[str, float]
    """The same for each voice that is known."""
    texts: tuple[str, ...]
    """What was heard of each recording, in the set's order."""


def hear(spoken: SpokenSet, line: Line, engine: Engine, threads: int) -> Heard:
    """Put every recording of the set through the line and the whole path to words. Raises AsrError."""

    def text(each: Spoken) -> str:
        return transcribe(line(read_audio(each.file, "mix")), engine).text

    with ThreadPoolExecutor(threads) as pool:
        texts = tuple(pool.map(text, spoken.recordings))
    every = range(len(texts))
    voices = dict.fromkeys(each.voice for each in spoken.recordings if each.voice)
    of = {voice: [at for at in every if spoken.recordings[at].voice == voice] for voice in voices}
    return Heard(
        _rate(spoken, texts, every), {voice: _rate(spoken, texts, chosen) for voice, chosen in of.items()}, texts
    )


def _rate(spoken: SpokenSet, texts: Sequence[str], chosen: Sequence[int]) -> float:
    return error_rate([spoken.recordings[at].text for at in chosen], [texts[at] for at in chosen])
