"""The pitch of a voice: YIN, by A. de Cheveigné and H. Kawahara, J. Acoust. Soc. Am. 111 (4), 2002."""

import numpy as np
from numpy.typing import NDArray

HOP = 0.02
"""Seconds from one pitch to the next."""
WINDOW = 0.025
"""Seconds that are compared with themselves, shifted: the paper's integration window."""
LOWEST, HIGHEST = 60.0, 500.0
"""Hz. Men begin at some 70, children end at some 450."""
UNVOICED = 0.2
"""Normalised difference above which a sound has no pitch; the paper takes 0.1, a telephone's band costs the rest."""
NEARLY = 0.03
"""How much less deep than the deepest a dip may be and still be the period, so that no multiple of it is taken."""
TOO_SOFT = 1e-6
"""Mean square (-60 dBFS) under which no pitch is looked for."""
BATCH = 512
"""Windows at a time: some megabytes of memory, whatever the call lasts."""


def shape(rate: int) -> tuple[int, int, int]:
    """(samples of the window, longest lag, samples of the hop) at this rate."""
    return round(WINDOW * rate), int(np.ceil(rate / LOWEST)) + 1, round(HOP * rate)


def pitches(samples: NDArray[np.float32], rate: int) -> NDArray[np.float32]:
    """Pitch in Hz every 20 ms, shape (n,); nan where there is none. `samples` mono, shape (m,), -1 to 1.

    The n-th is taken from the 25 ms (and one longest period, 17 ms) that begin at n · 20 ms; what is too short for
    that at the end gets none.
    """
    window, longest, hop = shape(rate)
    if len(samples) < window + longest:
        return np.zeros(0, np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(samples, window + longest)[::hop]
    batches = (_batch(frames[at : at + BATCH], window, longest, rate) for at in range(0, len(frames), BATCH))
    return np.concatenate(list(batches))


def _batch(frames: NDArray[np.float32], window: int, longest: int, rate: int) -> NDArray[np.float32]:
    pitch = np.full(len(frames), np.nan, np.float32)
    loud = np.flatnonzero(np.mean(np.square(frames), axis=1) > TOO_SOFT)
    if not len(loud):
        return pitch
    normalised = _normalised(_difference(frames[loud].astype(np.float64), window, longest))
    shortest = int(rate / HIGHEST)
    lags = _lags(normalised, shortest, longest)
    rows = np.flatnonzero(lags > 0)
    pitch[loud[rows]] = rate / _refined(normalised[rows], lags[rows])
    return pitch


def _difference(frames: NDArray[np.float64], window: int, longest: int) -> NDArray[np.float64]:
    """Equation 6: squared difference of the window and itself shifted, for each lag, from energies and one FFT."""
    size = 1 << int(np.ceil(np.log2(2 * window + longest)))
    head = np.conj(np.fft.rfft(frames[:, :window], size))
    correlation = np.fft.irfft(np.fft.rfft(frames, size) * head, size)[:, :longest]
    energy = np.cumsum(np.pad(np.square(frames), ((0, 0), (1, 0))), axis=1)
    shifted = energy[:, window : window + longest] - energy[:, :longest]
    difference: NDArray[np.float64] = np.maximum(shifted[:, :1] + shifted - 2 * correlation, 0.0)
    return difference


def _normalised(difference: NDArray[np.float64]) -> NDArray[np.float64]:
    """Equation 8: each lag against the mean of all shorter ones; 1 at lag 0."""
    lags = np.arange(1, difference.shape[1])
    mean = np.cumsum(difference[:, 1:], axis=1) / lags
    rest = difference[:, 1:] / np.maximum(mean, 1e-12)
    return np.concatenate((np.ones((len(difference), 1)), rest), axis=1)


def _lags(normalised: NDArray[np.float64], shortest: int, longest: int) -> NDArray[np.intp]:
    """Step 4: the first dip that is nearly as deep as the deepest, at its bottom; 0 where none is under the threshold.

    The paper takes the first dip under the threshold; where the fundamental is cut off by a telephone that is too
    often the period of a strong harmonic.
    """
    before, inner = normalised[:, shortest - 1 : longest - 2], normalised[:, shortest : longest - 1]
    after = normalised[:, shortest + 1 : longest]
    bottom = (inner <= before) & (inner < after)
    # Between two samples a dip is deeper than at either: its depth is that of the parabola's vertex.
    bend = np.where(bottom, before - 2 * inner + after, 1.0)
    depth = np.where(bottom, inner - np.square(before - after) / (8 * np.maximum(bend, 1e-12)), np.inf)
    dips = (depth < UNVOICED) & (depth <= np.min(depth, axis=1, keepdims=True) + NEARLY)
    lags: NDArray[np.intp] = np.where(dips.any(axis=1), np.argmax(dips, axis=1) + shortest, 0)
    return lags


def _refined(normalised: NDArray[np.float64], lags: NDArray[np.intp]) -> NDArray[np.float64]:
    """Step 5: the vertex of the parabola through the dip and its neighbours."""
    rows = np.arange(len(lags))
    before, at, after = (normalised[rows, lags + offset] for offset in (-1, 0, 1))
    bend = before - 2 * at + after
    shift = np.where(np.abs(bend) > 1e-12, 0.5 * (before - after) / np.where(np.abs(bend) > 1e-12, bend, 1.0), 0.0)
    refined: NDArray[np.float64] = lags + np.clip(shift, -1.0, 1.0)
    return refined
