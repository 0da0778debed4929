"""Reading one voice out of a sound file: any format and rate that libsndfile knows."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import soundfile
from numpy.typing import NDArray

from asr.errors import (
    AsrError,
    AudioMissing,
    ChannelMissing,
    DamagedAudio,
    EmptyAudio,
    NotAudio,
    SeveralChannels,
    shown,
)
from asr.native_messages import native_messages

Channel = int | Literal["mix"] | None
"""Which channel is the voice: 1 is the first, "mix" is the mean of all, None says that there is but one."""

SLOWEST_RATE = 4000
"""Hz. Below it a file holds less than half a telephone's band (ITU-T G.712 ends at 3400 Hz): no speech to read."""

MISSING_TAIL = 0.5
"""Seconds that a file may be shorter than it states before it counts as damaged; MP3 lengths are a frame or two off."""

BLOCK = 1 << 18
"""Frames read at a time, so that a long stereo file is never held whole."""


@dataclass(frozen=True, slots=True, eq=False)
class Audio:
    """One voice as samples."""

    samples: NDArray[np.float32]
    """Mono, shape (n,), -1 to 1."""
    rate: int
    """Samples a second."""

    @property
    def duration(self) -> float:
        """Length in seconds."""
        return len(self.samples) / self.rate


def read_audio(path: Path, channel: Channel = None) -> Audio:
    """Read one channel of a sound file.

    Raises AudioMissing, NotAudio, EmptyAudio, DamagedAudio, SeveralChannels (the file has several and `channel` is
    None) or ChannelMissing.
    """
    name = shown(path)
    try:
        _check_file(path, name)
        with path.open("rb") as file:
            riff = file.read(4) == b"RIFF"
        # Only MP3 has a library that talks; recordings of the hotline are WAV and need no such care.
        with nullcontext() if riff else native_messages():
            return _read(path, name, channel)
    except OSError as problem:
        raise NotAudio(
            f"{name}: cannot be read ({problem.strerror}); check its name, its permissions and the disk."
        ) from problem
    except (soundfile.LibsndfileError, TypeError, UnicodeError) as problem:  # TypeError: a headerless .raw file
        raise NotAudio(f"{name}: this is no audio that can be read; convert it to WAV, FLAC, OGG or MP3.") from problem


@contextmanager
def audio_blocks(path: Path) -> Iterator[tuple[int, Iterator[NDArray[np.float32]]]]:
    """Give (rate, blocks) of a file with one voice, so that a long one is never held whole.

    The blocks are mono, shape (n,), -1 to 1. Raises what `read_audio` raises; a file that breaks off ends early.
    """
    name = shown(path)
    _check_file(path, name)
    try:
        with soundfile.SoundFile(os.fsencode(path)) as file:
            _check_frames(name, file)
            _check_channel(name, None, file.channels)
            yield file.samplerate, _blocks(file)
    except (soundfile.LibsndfileError, TypeError) as problem:
        raise NotAudio(f"{name}: this is no audio that can be read; convert it to WAV, FLAC or OGG.") from problem


def _blocks(file: soundfile.SoundFile) -> Iterator[NDArray[np.float32]]:
    with suppress(soundfile.LibsndfileError):
        while len(block := file.read(BLOCK, dtype="float32", always_2d=True)):
            yield np.clip(np.nan_to_num(block[:, 0]), -1.0, 1.0)


def _check_frames(name: str, file: soundfile.SoundFile) -> None:
    if file.frames == 0:
        raise EmptyAudio(f"{name}: the recording is 0 seconds long; record it again.")
    if file.samplerate < SLOWEST_RATE:
        raise NotAudio(f"{name}: {file.samplerate} samples a second are too few for speech; record at 8000 or more.")


def _check_file(path: Path, name: str) -> None:
    if not path.exists():
        raise AudioMissing(f"{name}: there is no such file; check the path.")
    if path.is_dir():
        raise NotAudio(f"{name}: this is a folder; give the sound files in it, e.g. {name.rstrip('/')}/*.wav.")
    if not path.is_file():
        raise NotAudio(f"{name}: this is no regular file; save the sound to a file first.")
    if path.stat().st_size == 0:
        raise EmptyAudio(f"{name}: the file is empty (0 bytes); record it again.")


def _read(path: Path, name: str, channel: Channel) -> Audio:
    with soundfile.SoundFile(os.fsencode(path)) as file:  # soundfile cannot encode a name that is no UTF-8
        _check_frames(name, file)
        _check_channel(name, channel, file.channels)
        blocks = [np.zeros(0, np.float32)]
        with suppress(soundfile.LibsndfileError):  # what it could not decode is missing at the end
            while len(block := file.read(BLOCK, dtype="float32", always_2d=True)):
                blocks.append(_voice(block, channel))
        samples = np.concatenate(blocks)
        stated, rate = file.frames, file.samplerate
    if stated - len(samples) > MISSING_TAIL * rate:
        raise DamagedAudio(
            f"{name}: damaged, only {len(samples) / rate:.1f} of its {stated / rate:.1f} seconds can be read; "
            "copy or convert it again from its source."
        )
    if len(samples) == 0:
        raise EmptyAudio(f"{name}: no sound can be read from it; record it again.")
    return Audio(np.clip(np.nan_to_num(samples), -1.0, 1.0), rate)


def _check_channel(name: str, channel: Channel, channels: int) -> None:
    problem: AsrError | None = None
    if channel is None and channels > 1:
        choices = "--channel 1, --channel 2" if channels == 2 else f"--channel 1 … --channel {channels}"
        problem = SeveralChannels(
            f"{name}: {channels} channels, and a leg is one voice; choose with {choices} or --channel mix."
        )
    elif isinstance(channel, int) and not 1 <= channel <= channels:
        problem = ChannelMissing(
            f"{name}: there is no channel {channel}; the file has {channels}, the first one is --channel 1."
        )
    if problem:
        raise problem


def _voice(block: NDArray[np.float32], channel: Channel) -> NDArray[np.float32]:
    """One voice, shape (n,), of a block of shape (n, channels)."""
    if channel == "mix":
        mean: NDArray[np.float32] = block.mean(axis=1, dtype=np.float32)
        return mean
    return block[:, (channel or 1) - 1].copy()
