"""How fast and how well we hear, beside vosk-transcriber: same model, same cores, same sound, one after the other."""

import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from numpy.typing import NDArray

from asr.audio import Audio, read_audio
from asr.engine import Engine
from asr.resampling import resample
from lianxin.bench.call_legs import legs_of_calls
from lianxin.bench.hearing import Heard, Job, in_a_process
from lianxin.bench.vosk_transcriber import Theirs, run_theirs
from lianxin.evaluation.error_rate import error_rate
from lianxin.evaluation.line import g711
from lianxin.evaluation.spoken import SpokenSet

ROUNDS = 3
"""Each is measured so often and the best counts, for whatever else the machine does only ever slows it down."""
TASKS = (1, 2)
"""Settings of vosk-transcriber that are tried."""
THEIR_RATE = 16000
"""Hz at which vosk-transcriber has everything decoded."""
Say = Callable[[str], object]


def measure(spoken: SpokenSet, engine: Engine, model: Path, say: Say, rounds: int = ROUNDS) -> dict[str, Any]:
    """The figures; `engine` is loaded from the folder `model`.

    The project's set is made into legs of calls, where the other side speaks as long as the caller; what comes of it
    without such pauses is told as `without_pauses`. Recordings of one's own stay as they are.
    """
    before = os.getloadavg()[0]
    lines = [g711(read_audio(each.file, "mix")) for each in spoken.recordings]
    said = [each.text for each in spoken.recordings]
    dense = _Compared(lines, said, model, say, rounds, "speech alone")
    calls = _Compared(*legs_of_calls(lines, said), model, say, rounds, "legs of calls") if spoken.ours else dense
    whole = [engine.hear(_at(leg, engine)).text for leg in calls.legs]
    return {
        "model": engine.name,
        "set": spoken.name,
        "cores": os.cpu_count(),
        "load_before": round(before, 2),
        "decoder": dense.theirs.decoder,
        "resampling": _resampling(spoken, lines, engine),
        "gate": {"cer": calls.cer, "cer_without": _rounded(error_rate(calls.said, whole))},
        "without_pauses": dense.figures(),
        **calls.figures(),
        "triage_share": round(calls.one.triage_share, 4),
    }


class _Compared:
    """The same legs through both programs, each at its best."""

    def __init__(
        self, legs: Sequence[Audio], said: Sequence[str], model: Path, say: Say, rounds: int, what: str
    ) -> None:
        self.legs, self.said = legs, said
        self.seconds = sum(leg.duration for leg in legs)
        one, two, theirs = list[Heard](), list[Heard](), list[Theirs]()
        with tempfile.TemporaryDirectory(prefix="lianxin-bench-") as made:
            folder = Path(made)
            _write(legs, folder)
            for number in range(rounds):
                say(f"{what}, round {number + 1} of {rounds}: {len(legs)} files, {self.seconds:.0f} s of sound")
                one.append(in_a_process(Job(str(folder / "legs"), str(model), threads=1)))
                two.append(in_a_process(Job(str(folder / "legs"), str(model), threads=2)))
                theirs += [run_theirs(folder, model, tasks) for tasks in TASKS]
        self.one, self.two = min(one, key=lambda run: run.seconds), min(two, key=lambda run: run.seconds)
        self.theirs = min(theirs, key=lambda run: run.seconds)
        self.cer = self._errors([run.texts for run in (*one, *two)])
        self.their_cer = self._errors([run.texts for run in theirs])

    def _errors(self, runs: Sequence[Sequence[str]]) -> float:
        """The mean of all runs: Kaldi dithers, so each differs by a few tenths of a point."""
        return _rounded(float(np.mean([error_rate(self.said, texts) for texts in runs])))

    def figures(self) -> dict[str, Any]:
        """Speed, memory and errors of both."""
        ours, theirs = self.seconds / self.two.seconds, self.seconds / self.theirs.seconds
        return {
            "files": len(self.legs),
            "audio_s": round(self.seconds, 1),
            "cpu_s": {"ours_1": self.one.cpu_s, "ours_2": self.two.cpu_s, "vosk_transcriber": self.theirs.cpu_s},
            "ours": {
                "audio_s_per_s": round(ours, 1),
                "rss_mb_1": self.one.rss_mb,
                "rss_mb_2": self.two.rss_mb,
                "cer": self.cer,
            },
            "vosk_transcriber": {
                "audio_s_per_s": round(theirs, 1),
                "rss_mb": self.theirs.rss_mb,
                "cer": self.their_cer,
            },
            "ratio": round(ours / theirs, 2),
            "scaling_2": round(self.one.seconds / self.two.seconds / 2, 3),
        }


def _write(legs: Sequence[Audio], folder: Path) -> None:
    """Write what Asterisk would have recorded, 8 kHz, to `legs`; and decoded for vosk-transcriber to `decoded`."""
    for part in ("legs", "decoded", "texts"):
        (folder / part).mkdir()
    for number, leg in enumerate(legs):
        soundfile.write(folder / "legs" / f"{number:05}.wav", leg.samples, leg.rate, subtype="PCM_16")
        decoded = np.clip(resample(leg.samples, leg.rate, THEIR_RATE), -1, 1)
        (folder / "decoded" / f"{number:05}").write_bytes((decoded * 32767).astype("<i2").tobytes())


def _resampling(spoken: SpokenSet, legs: Sequence[Audio], engine: Engine) -> dict[str, Any]:
    """What band-limited resampling spares: telephone sound up to a model's 16 kHz, or wide-band sound down to 8."""
    sounds = legs if engine.sample_rate > legs[0].rate else [read_audio(each.file, "mix") for each in spoken.recordings]
    said = [each.text for each in spoken.recordings]
    linear = [engine.hear(_linear(sound, engine.sample_rate)).text for sound in sounds]
    limited = [engine.hear(_at(sound, engine)).text for sound in sounds]
    return {
        "from_hz": sounds[0].rate,
        "to_hz": engine.sample_rate,
        "cer_band_limited": _rounded(error_rate(said, limited)),
        "cer_linear": _rounded(error_rate(said, linear)),
    }


def _linear(sound: Audio, rate: int) -> NDArray[np.float32]:
    at = np.arange(int(len(sound.samples) * rate / sound.rate)) * (sound.rate / rate)
    return np.asarray(np.interp(at, np.arange(len(sound.samples)), sound.samples), np.float32)


def _at(sound: Audio, engine: Engine) -> NDArray[np.float32]:
    return resample(sound.samples, sound.rate, engine.sample_rate)


def _rounded(share: float) -> float:
    return round(share, 4)
