"""Reading one voice out of a sound file: any format and rate that libsndfile knows."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

import numpy as np
import soundfile
from numpy.typing import NDArray

from asr.breaks import Break, FinishedWav, look_for_break
from asr.errors import (
    AsrError,
    AudioMissing,
    ChannelMissing,
    EmptyAudio,
    NotAudio,
    SeveralChannels,
    shown,
)
from asr.native_messages import native_messages

Read = TypeVar("Read")

Channel = int | Literal["mix"] | None
"""Which channel is the voice: 1 is the first, "mix" is the mean of all, None says that there is but one."""

SLOWEST_RATE = 4000
"""Hz. Below it a file holds less than half a telephone's band (ITU-T G.712 ends at 3400 Hz): no speech to read."""

MISSING_TAIL = 0.5
"""Seconds that a file may be shorter than it states before it counts as broken; MP3 lengths are a frame or two off."""

BLOCK = 1 << 11
"""Frames read at a time: what libsndfile decoded of the block in which a file breaks off is lost, so they are short."""


@dataclass(frozen=True, slots=True, eq=False)
class Audio:
    """One voice as samples."""

    samples: NDArray[np.float32]
    """Mono, shape (n,), -1 to 1."""
    rate: int
    """Samples a second."""
    damage: str = ""
    """Where the file breaks off, for a reader; empty when it is whole."""

    @property
    def duration(self) -> float:
        """Length in seconds."""
        return len(self.samples) / self.rate


def read_audio(path: Path, channel: Channel = None) -> Audio:
    """Read one channel of a sound file; of one that breaks off, what is before the break, with `damage` telling where.

    Raises AudioMissing, NotAudio, EmptyAudio, SeveralChannels (the file has several and `channel` is None) or
    ChannelMissing.
    """
    return _opened(path, lambda file, name, end: _read(file, name, channel, end))


def read_legs(path: Path) -> tuple[Audio, ...]:
    """Read every voice of a sound file: the one of a mono file, or the two legs of a call, a leg a channel.

    Two channels that carry the same sound are one voice. Raises what `read_audio` raises; SeveralChannels from
    three on.
    """
    return _opened(path, _read_legs)


def _opened(path: Path, read: Callable[[soundfile.SoundFile, str, Break], Read]) -> Read:
    """Open the file and hand it to `read` with its name and how it ends."""
    name = shown(path)
    try:
        _check_file(path, name)
        end = look_for_break(path)
        with path.open("rb") as file:
            riff = file.read(4) == b"RIFF"
        # soundfile cannot encode a name that is no UTF-8
        source = os.fsencode(path) if end.length_at is None else FinishedWav(path, end.length_at)
        # Only MP3 has a library that talks; recordings of the hotline are WAV and need no such care.
        with nullcontext() if riff else native_messages(), soundfile.SoundFile(source) as sound:
            return read(sound, name, end)
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


def _read(file: soundfile.SoundFile, name: str, channel: Channel, end: Break) -> Audio:
    _check_frames(name, file)
    _check_channel(name, channel, file.channels)
    samples = _gathered(_voice(block, channel) for block in _sound(file))
    return Audio(samples, file.samplerate, _damage(name, file, len(samples), end))


def _read_legs(file: soundfile.SoundFile, name: str, end: Break) -> tuple[Audio, ...]:
    if file.channels != 2:
        return (_read(file, name, None, end),)
    _check_frames(name, file)
    both = _gathered(_sound(file))
    damage = _damage(name, file, len(both), end)
    left, right = (np.ascontiguousarray(both[:, side]) for side in (0, 1))
    if _same(left, right):
        return (Audio((left + right) * np.float32(0.5), file.samplerate, damage),)
    return Audio(left, file.samplerate, damage), Audio(right, file.samplerate, damage)


def _sound(file: soundfile.SoundFile) -> Iterator[NDArray[np.float32]]:
    """Yield all that can be decoded, in blocks of shape (n, channels); what cannot is missing at the end."""
    with suppress(soundfile.LibsndfileError):
        while len(block := file.read(BLOCK, dtype="float32", always_2d=True)):
            yield block


def _gathered(blocks: Iterable[NDArray[np.float32]]) -> NDArray[np.float32]:
    """One array of sound numbers between -1 and 1."""
    kept = list(blocks) or [np.zeros(0, np.float32)]
    return np.clip(np.nan_to_num(np.concatenate(kept)), -1.0, 1.0)


def _damage(name: str, file: soundfile.SoundFile, frames: int, end: Break) -> str:
    """Where a file of so many readable frames breaks off. Raises EmptyAudio when nothing could be read."""
    if frames == 0:
        raise EmptyAudio(f"{name}: no sound can be read from it; record it again.")
    rate = file.samplerate
    if file.frames - frames > MISSING_TAIL * rate:
        return f"breaks off after {frames / rate:.1f} of its {file.frames / rate:.1f} seconds"
    return f"breaks off after {frames / rate:.1f} seconds" if end.short or end.length_at is not None else ""


def _same(left: NDArray[np.float32], right: NDArray[np.float32]) -> bool:
    """Whether two channels are one voice: their difference is 20 dB below their sum, as lossy coding leaves it."""
    difference, total = float(np.square(left - right).mean()), float(np.square(left + right).mean())
    return difference <= 0.01 * total


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
