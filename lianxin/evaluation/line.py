"""What a telephone line does to a voice: G.711, noise, packets that do not arrive."""

import io
from collections.abc import Callable, Mapping

import numpy as np
import soundfile
from numpy.typing import NDArray
from scipy.signal import butter, sosfiltfilt

from asr.audio import Audio
from asr.loudness import frame_powers
from asr.resampling import resample

Samples = NDArray[np.float32]

RATE = 8000
BAND = (300, 3400)
"""Hz that a telephone passes (ITU-T G.712)."""
PACKET = 160
"""Samples of an RTP packet: 20 ms, the usual length for G.711 (RFC 3551)."""
SEED = 20261125


def g711(audio: Audio) -> Audio:
    """The voice after a telephone's band and an A-law line (ITU-T G.711), 8 kHz."""
    return Audio(_a_law(_band(resample(audio.samples, audio.rate, RATE))), RATE)


def noise(audio: Audio, below: float) -> Audio:
    """The same line in a noisy room: pink noise so many dB below the voice, both measured in the telephone's band."""
    voice = _band(resample(audio.samples, audio.rate, RATE))
    room = _band(_pink(len(voice)))
    loud = frame_powers(voice, RATE)
    level = float(np.sqrt(loud[loud > loud.max() / 1000].mean())) if loud.size and loud.max() > 0 else 0.0
    gain = np.float32(level * 10 ** (-below / 20) / max(float(room.std()), 1e-9)) if room.size else np.float32(0)
    return Audio(_a_law(np.clip(voice + gain * room, -1, 1)), RATE)


def loss(audio: Audio, share: float) -> Audio:
    """The same line on a bad network: that share of its packets is silence, each lost by itself."""
    line = g711(audio)
    packets = -(-len(line.samples) // PACKET)
    lost = np.random.default_rng(SEED + packets).random(packets) < share
    kept = ~np.repeat(lost, PACKET)[: len(line.samples)]
    return Audio(line.samples * kept.astype(np.float32), RATE)


CONDITIONS: Mapping[str, Callable[[Audio], Audio]] = {
    "clean": lambda audio: audio,
    "g711": g711,
    "noise_20_db": lambda audio: noise(audio, 20.0),
    "noise_10_db": lambda audio: noise(audio, 10.0),
    "loss_5_percent": lambda audio: loss(audio, 0.05),
}
"""What the trial set is heard through."""


def _band(samples: Samples) -> Samples:
    edge = RATE // 10  # a filter run both ways wants something to start on
    heard = sosfiltfilt(butter(4, BAND, "bandpass", fs=RATE, output="sos"), np.pad(samples, edge))
    return np.asarray(heard[edge : len(heard) - edge], np.float32)


def _a_law(samples: Samples) -> Samples:
    with io.BytesIO() as line:
        soundfile.write(line, samples, RATE, subtype="ALAW", format="WAV")
        line.seek(0)
        heard, _ = soundfile.read(line, dtype="float32")
    return np.asarray(heard, np.float32)


def _pink(count: int) -> Samples:
    """Noise whose power falls with frequency, as a room's does."""
    if count == 0:
        return np.zeros(0, np.float32)
    spectrum = np.fft.rfft(np.random.default_rng(SEED).standard_normal(count))
    spectrum /= np.sqrt(np.maximum(np.fft.rfftfreq(count, 1 / RATE), 50.0))
    return np.fft.irfft(spectrum, count).astype(np.float32)
