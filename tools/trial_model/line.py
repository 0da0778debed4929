"""From a clean voice to one on some telephone line: other throats, rooms, noise, levels, bands, codecs, by chance."""

import io
import random

import numpy as np
import soundfile
from numpy.typing import NDArray
from scipy.signal import butter, fftconvolve, lfilter, resample_poly, sosfilt

RATE = 8000
Samples = NDArray[np.float64]

THROATS = ((0.76, 0.885), (0.985, 1.035), (1.065, 1.16))
"""What the natural voice's resonances are scaled by. The trial set's own (0.9, 0.94, 0.97, 1.05) lie in the gaps."""
TIMBRES = ((0.85, 1.15),)
"""The same for the robots, whose timbres are many already."""
AS_IT_IS = 0.25
"""How often a throat stays as it is."""
STEEPNESS = (2, 4, 8)
"""Orders of the filters that bound a line's band, from gentle slopes to walls (ITU-T G.712)."""
BABBLE = 60
"""Utterances that noise of many voices is mixed from."""


class Line:
    """Draws lines, and remembers a few voices for the babble."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._random = np.random.default_rng(chance.getrandbits(32))
        self._heard: list[Samples] = []

    def throat(self, ranges: tuple[tuple[float, float], ...]) -> float:
        """A factor for the resonances."""
        if self._chance.random() < AS_IT_IS:
            return 1.0
        low, high = self._chance.choices(ranges, [high - low for low, high in ranges])[0]
        return self._chance.uniform(low, high)

    def through(self, voice: Samples) -> tuple[Samples, float]:
        """A voice (8 kHz, full scale 1) after a line, as 16-bit numbers, with silence around it; and the seconds of
        silence before it.
        """
        chance = self._chance
        before, after = round(chance.uniform(0.05, 0.6) * RATE), round(chance.uniform(0.1, 0.9) * RATE)
        if len(self._heard) < BABBLE:
            self._heard.append(voice / (voice.std() + 1e-9))
        sound = np.concatenate([np.zeros(before), voice, np.zeros(after)])
        if chance.random() < 0.15:
            sound = self._room(sound)
        spoken = sound[np.abs(sound) > 1e-3]
        loud = np.sqrt(np.square(spoken).mean()) if spoken.size else 1.0
        level = 10 ** (chance.uniform(-36, -14) / 20)
        sound = sound * (level / loud)
        if chance.random() < 0.7:
            sound = sound + self._noise(len(sound)) * level * 10 ** (-chance.uniform(5, 40) / 20)
        if chance.random() < 0.7:
            band = (chance.uniform(120, 350), chance.uniform(3200, 3800))
            sound = sosfilt(butter(chance.choice(STEEPNESS), band, "bandpass", fs=RATE, output="sos"), sound)
        return self._codec(np.clip(sound, -1, 1)) * 32768, before / RATE

    def _room(self, sound: Samples) -> Samples:
        """A short reverberation."""
        length = round(self._chance.uniform(0.05, 0.25) * RATE)
        echo = self._random.standard_normal(length) * np.exp(-np.arange(length) / (length / 5))
        echo *= self._chance.uniform(0.05, 0.3) / np.sqrt(np.square(echo).sum())
        echo[0] = 1
        return np.asarray(fftconvolve(sound, echo)[: len(sound)])

    def _noise(self, count: int) -> Samples:
        """Hiss, a room, other people talking (backwards, so that no words are in it), or the mains' hum."""
        kind = self._chance.random()
        if kind < 0.3:
            noise = self._random.standard_normal(count)
        elif kind < 0.65:
            noise = lfilter(*butter(1, 60, "highpass", fs=RATE), np.cumsum(self._random.standard_normal(count)))
        elif kind < 0.9:
            voices = self._chance.choices(self._heard, k=self._chance.randint(3, 6))
            noise = np.sum([np.resize(voice[::-1], count) for voice in voices], axis=0)
        else:
            time = np.arange(count) / RATE
            hum = [np.sin(2 * np.pi * 50 * times * time + self._chance.random() * 6) / times for times in range(1, 9)]
            noise = np.sum(hum, axis=0) + 0.3 * self._random.standard_normal(count)
        return noise / (noise.std() + 1e-9)

    def _codec(self, sound: Samples) -> Samples:
        """A-law, mu-law, or 16 bits; sometimes packets of 20 ms are lost."""
        kind = self._chance.random()
        if kind < 0.6:
            with io.BytesIO() as line:
                soundfile.write(line, sound, RATE, subtype="ALAW" if kind < 0.45 else "ULAW", format="WAV")
                line.seek(0)
                sound, _ = soundfile.read(line)
        if self._chance.random() < 0.15:
            lost = self._random.random(-(-len(sound) // 160)) < self._chance.uniform(0.01, 0.06)
            sound = sound * ~np.repeat(lost, 160)[: len(sound)]
        return sound


def at_line_rate(samples: NDArray[np.int16], rate: int, throat: float) -> tuple[Samples, float]:
    """The voice at 8 kHz with its resonances scaled; and the factor by which it really became quicker."""
    step = max(1, round(rate * throat / 200))
    quicker = step * 200 / rate
    return np.asarray(resample_poly(samples / 32768, RATE // 200, step)), quicker
