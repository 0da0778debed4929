"""The voices of a sound file, read as they are needed: a recording of ten hours is never held whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from asr.audio import (
    Channel,
    check_channel,
    check_frames,
    damage_of,
    decoded,
    quietly,
    sound_file,
    voice_of,
)
from asr.errors import shown

AT_A_TIME = 256
"""Blocks that are read while others must wait to read theirs."""
ALIKE = 0.01
"""Two channels are one voice when their difference has less than this of their sum's power: 20 dB, as lossy coding
leaves it."""


@dataclass(frozen=True, slots=True)
class Leg:
    """One voice of a sound file that was read through once."""

    path: Path
    channel: Channel
    rate: int
    """Samples a second."""
    frames: int
    """Samples that can be read."""
    damage: str
    """Where the file breaks off, for a reader; empty when it is whole."""

    @property
    def duration(self) -> float:
        """Length in seconds."""
        return self.frames / self.rate

    def blocks(self) -> Iterator[NDArray[np.float32]]:
        """Yield the voice, mono, shape (n,), -1 to 1, up to the break. Raises AudioMissing, NotAudio, EmptyAudio."""
        with sound_file(self.path) as (file, _):
            every = decoded(file)
            while True:
                with quietly(self.path):
                    some = [voice_of(block, self.channel) for block in islice(every, AT_A_TIME)]
                if not some:
                    return
                yield np.clip(np.nan_to_num(np.concatenate(some)), -1.0, 1.0)


def open_legs(path: Path, channel: Channel = None) -> tuple[Leg, ...]:
    """The voices of a sound file: that channel; when none is named that of a mono file, or the two legs of a call.

    Two channels that carry the same sound are one voice. The file is read through, so that its length and its damage
    are known. Raises AudioMissing, NotAudio, EmptyAudio, ChannelMissing, and SeveralChannels from three on.
    """
    with quietly(path), sound_file(path) as (file, end):
        name, both = shown(path), channel is None and file.channels == 2
        check_frames(name, file)
        if not both:
            check_channel(name, channel, file.channels)
        frames, difference, total = 0, 0.0, 0.0
        for block in decoded(file):
            frames += len(block)
            if both:
                difference += float(np.square(block[:, 0] - block[:, 1]).sum())
                total += float(np.square(block[:, 0] + block[:, 1]).sum())
        damage, rate = damage_of(name, file, frames, end), file.samplerate
    sides: tuple[Channel, ...] = (channel,)
    if both:
        sides = ("mix",) if difference <= ALIKE * total else (1, 2)
    return tuple(Leg(path, side, rate, frames, damage) for side in sides)
