"""Make a voice's sound fit for the telephone: 8 kHz, trimmed, evenly loud, saved as 16-bit mono WAV."""

import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ivr.prompts.voices.voice import Sound

RATE = 8000
LOUDNESS = -20.0
"""Active speech level in dBFS, measured by `active_level`: even from prompt to prompt, and far from clipping."""
PEAK = -3.5
"""No sample is louder, in dBFS: room for the line's own companding and for a resampler's ripple."""


def master(sound: Sound, *, edge: float) -> NDArray[np.int16]:
    """Samples at 8 kHz with `edge` seconds of quiet before the first sound and after the last."""
    import soxr

    samples = soxr.resample(sound.samples.astype(np.float64), sound.rate, RATE, quality="VHQ")
    samples = trim(samples, edge)
    samples = samples * 10 ** ((LOUDNESS - active_level(samples)) / 20)
    return np.round(_limit(samples, 10 ** (PEAK / 20)) * 32767).astype(np.int16)


def active_level(samples: NDArray[np.float64]) -> float:
    """Level in dBFS of the 20 ms frames that hold speech: those within 30 dB of the loudest."""
    power = _frame_power(samples)
    return float(10 * np.log10(np.mean(power[power > power.max() / 1000]) + 1e-12))


def trim(samples: NDArray[np.float64], edge: float) -> NDArray[np.float64]:
    """Cut or fill so that speech begins `edge` seconds in and ends as long before the end, with 5 ms ramps."""
    power = _frame_power(samples, frame=40)
    loud = np.flatnonzero(power > power.max() / 10**5)
    quiet = round(edge * RATE)
    first, last = int(loud[0]) * 40, (int(loud[-1]) + 1) * 40
    padded = np.pad(samples, quiet)
    cut = padded[first : last + 2 * quiet].copy()
    ramp = np.minimum(1.0, np.arange(len(cut)) / 40)
    return np.asarray(cut * ramp * ramp[::-1])


def _frame_power(samples: NDArray[np.float64], frame: int = 160) -> NDArray[np.float64]:
    """Mean square of each frame of so many samples; the last, unfinished one is filled with silence."""
    filled = np.pad(samples, (0, -len(samples) % frame))
    return np.asarray(np.mean(filled.reshape(-1, frame) ** 2, axis=1))


def _limit(samples: NDArray[np.float64], peak: float) -> NDArray[np.float64]:
    """Turn the gain down smoothly, over 10 ms, around each sample that is louder than `peak`."""
    reach = RATE // 200
    gain = np.minimum(1.0, peak / np.maximum(np.abs(samples), 1e-9))
    lowest = np.lib.stride_tricks.sliding_window_view(np.pad(gain, reach, constant_values=1.0), 2 * reach + 1).min(
        axis=1
    )
    window = np.hanning(2 * reach + 3)[1:-1]
    smooth = np.convolve(np.pad(lowest, reach, mode="edge"), window / window.sum(), mode="valid")
    return samples * smooth


def save_wav(samples: NDArray[np.int16], file: Path, rate: int = RATE) -> None:
    """Write a 16-bit mono WAV; the file appears whole or not at all."""
    part = file.with_suffix(".part")
    with wave.open(str(part), "wb") as opened:
        opened.setnchannels(1)
        opened.setsampwidth(2)
        opened.setframerate(rate)
        opened.writeframes(samples.astype("<i2").tobytes())
    part.replace(file)
