"""How much speech the gate loses and how much noise it lets through, for several thresholds.

Run by hand: python tests/asr/measure_gate.py. The figures in docs/models.md come from more voices than these fixtures.
"""

import sys
from collections.abc import Callable

import numpy as np
from conftest import SPEECH, fan_noise
from numpy.typing import NDArray

from asr.audio import read_audio
from asr.loudness import FRAME, frame_powers
from asr.voice_activity import Gate, merged, probabilities, spoken

RATE = 8000
LEVELS = (-20, -35, -45, -52)
ABOVE_NOISE = (20, 15, 10, 5)
THRESHOLDS = (0.5, 0.4, 0.3, 0.2, 0.15, 0.1, 0.05)
Speech = list[tuple[float, float]]


def speaking(samples: NDArray[np.float32]) -> NDArray[np.bool_]:
    """For each 20 ms of clean speech: somebody speaks, that is, it is within 35 dB of the loud frames."""
    level = 10 * np.log10(frame_powers(samples, RATE) + 1e-12)
    speaks: NDArray[np.bool_] = level > np.percentile(level, 95) - 35
    return speaks


def passed(found: Speech, opens: float, frames: int) -> NDArray[np.bool_]:
    """For each 20 ms: the gate lets it through."""
    gate = Gate(opens=opens, stays=opens / 2)
    open_ = np.zeros(frames, bool)
    for stretch in merged(spoken(found, gate), gate, frames * FRAME):
        open_[round(stretch.start / FRAME) : round(stretch.end / FRAME)] = True
    return open_


def tell(line: str) -> None:
    sys.stdout.write(line + "\n")


def main() -> None:
    clean = [read_audio(SPEECH / name).samples for name in ("waiting.wav", "old-caller.wav")]
    cases: dict[tuple[int, int], list[tuple[NDArray[np.bool_], Speech]]] = {}
    for level in LEVELS:
        for above in ABOVE_NOISE:
            for voice in clean:
                line = voice * 10 ** ((level + 20) / 20) + fan_noise(len(voice), level - above)
                found = list(probabilities(line.astype(np.float32), RATE))
                cases.setdefault((level, above), []).append((speaking(voice), found))
    noises: dict[str, Callable[[int], NDArray[np.float32]]] = {
        "fan": lambda level: fan_noise(60 * RATE, level),
        "hiss": lambda level: np.random.default_rng(3).normal(0, 10 ** (level / 20), 60 * RATE).astype(np.float32),
    }
    heard = {(name, level): list(probabilities(make(level), RATE)) for name, make in noises.items() for level in LEVELS}
    for opens in THRESHOLDS:
        tell(f"opens at {opens}")
        for level in LEVELS:
            lost = []
            for above in ABOVE_NOISE:
                missed = total = 0
                for speaks, found in cases[level, above]:
                    missed += int((speaks & ~passed(found, opens, len(speaks))).sum())
                    total += int(speaks.sum())
                lost.append(f"{100 * missed / total:5.1f} %")
            tell(f"  speech at {level} dBFS lost, {ABOVE_NOISE} dB above a fan: {' '.join(lost)}")
        noise = {
            f"{name} {level}": round(float(passed(p, opens, 3000).sum()) * FRAME, 1)
            for (name, level), p in heard.items()
        }
        tell(f"  seconds of a minute of noise let through: {noise}")


if __name__ == "__main__":
    main()
