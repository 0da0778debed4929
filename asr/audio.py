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

    def blocks(self) -> Iterator[NDArray[np.float32]]:
        """Yield all of it at once."""
        yield self.samples


def read_audio(path: Path, channel: Channel = None) -> Audio:
    """Read one channel of a sound file; of one that breaks off, what is before the break, with `damage` telling where.

    Raises AudioMissing, NotAudio, EmptyAudio, SeveralChannels (the file has several and `channel` is None) or
    ChannelMissing.
    """
    return _opened(path, lambda file, name, end: _read(file, name, channel, end))


def _opened(path: Path, read: Callable[[soundfile.SoundFile, str, Break], Read]) -> Read:
    """Open the file and hand it to `read` with its name and how it ends."""
    with quietly(path), sound_file(path) as (sound, end):
        return read(sound, shown(path), end)


@contextmanager
def sound_file(path: Path) -> Iterator[tuple[soundfile.SoundFile, Break]]:
    """The open file, and how it ends. Raises AudioMissing, NotAudio, EmptyAudio, also for what fails while open."""
    name = shown(path)
    try:
        _check_file(path, name)
        end = look_for_break(path)
        # soundfile cannot encode a name that is no UTF-8
        source = os.fsencode(path) if end.length_at is None else FinishedWav(path, end.length_at)
        with soundfile.SoundFile(source) as sound:
            yield sound, end
    except OSError as problem:
        raise NotAudio(
            f"{name}: cannot be read ({problem.strerror}); check its name, its permissions and the disk."
        ) from problem
    except (soundfile.LibsndfileError, TypeError, UnicodeError) as problem:  # TypeError: a headerless .raw file
        raise NotAudio(f"{name}: {_instead(path)}") from problem


def _instead(path: Path) -> str:
    """What a file is that is no audio, and the mend."""
    with suppress(OSError), path.open("rb") as file:
        if file.read(4) == b"PK\x03\x04":
            return "this is a ZIP file; unpack it (with its password, if it has one) and give what is in it."
    return "this is no audio that can be read; convert it to WAV, FLAC, OGG or MP3."


@contextmanager
def quietly(path: Path) -> Iterator[None]:
    """Keep what libraries say of the file off the screen. Only MP3 has one that talks; our recordings are WAV."""
    riff = False
    with suppress(OSError), path.open("rb") as file:
        riff = file.read(4) == b"RIFF"
    with nullcontext() if riff else native_messages():
        yield


@contextmanager
def audio_blocks(path: Path) -> Iterator[tuple[int, Iterator[NDArray[np.float32]]]]:
    """Give (rate, blocks) of a file with one voice, so that a long one is never held whole.

    The blocks are mono, shape (n,), -1 to 1. Raises what `read_audio` raises; a file that breaks off ends early.
    """
    name = shown(path)
    _check_file(path, name)
    try:
        with soundfile.SoundFile(os.fsencode(path)) as file:
            check_frames(name, file)
            check_channel(name, None, file.channels)
            yield file.samplerate, _blocks(file)
    except (soundfile.LibsndfileError, TypeError) as problem:
        raise NotAudio(f"{name}: this is no audio that can be read; convert it to WAV, FLAC or OGG.") from problem


def _blocks(file: soundfile.SoundFile) -> Iterator[NDArray[np.float32]]:
    with suppress(soundfile.LibsndfileError):
        while len(block := file.read(BLOCK, dtype="float32", always_2d=True)):
            yield np.clip(np.nan_to_num(block[:, 0]), -1.0, 1.0)


def check_frames(name: str, file: soundfile.SoundFile) -> None:
    """Raises EmptyAudio and NotAudio (too few samples a second)."""
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
    check_frames(name, file)
    check_channel(name, channel, file.channels)
    samples = _gathered(voice_of(block, channel) for block in decoded(file))
    return Audio(samples, file.samplerate, damage_of(name, file, len(samples), end))


def decoded(file: soundfile.SoundFile) -> Iterator[NDArray[np.float32]]:
    """Yield all that can be decoded, in blocks of shape (n, channels); what cannot is missing at the end."""
    with suppress(soundfile.LibsndfileError):
        while len(block := file.read(BLOCK, dtype="float32", always_2d=True)):
            yield block


def _gathered(blocks: Iterable[NDArray[np.float32]]) -> NDArray[np.float32]:
    """One array of sound numbers between -1 and 1."""
    kept = list(blocks) or [np.zeros(0, np.float32)]
    return np.clip(np.nan_to_num(np.concatenate(kept)), -1.0, 1.0)


def damage_of(name: str, file: soundfile.SoundFile, frames: int, end: Break) -> str:
    """Where a file of so many readable frames breaks off. Raises EmptyAudio when nothing could be read."""
    if frames == 0:
        raise EmptyAudio(f"{name}: no sound can be read from it; record it again.")
    rate = file.samplerate
    if file.frames - frames > MISSING_TAIL * rate:
        return f"breaks off after {frames / rate:.1f} of its {file.frames / rate:.1f} seconds"
    return f"breaks off after {frames / rate:.1f} seconds" if end.short or end.length_at is not None else ""


def check_channel(name: str, channel: Channel, channels: int) -> None:
    """Raises SeveralChannels and ChannelMissing."""
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


def voice_of(block: NDArray[np.float32], channel: Channel) -> NDArray[np.float32]:
    """One voice, shape (n,), of a block of shape (n, channels)."""
    if channel == "mix":
        mean: NDArray[np.float32] = block.mean(axis=1, dtype=np.float32)
        return mean
    return block[:, (channel or 1) - 1].copy()
