"""What a recording's header may say, and what is made of it."""

import struct
import wave
from collections.abc import Callable
from pathlib import Path

import pytest

from recordings.errors import BadWav
from recordings.wav import read_wav

Spool = Callable[..., Path]
UNFINISHED = "its header was left unfinished"


def test_a_proper_file_needs_no_mending(spool: Spool) -> None:
    found = read_wav(spool(2.0))
    assert (found.duration, found.rate, found.start, found.mended) == (2.0, 8000, 44, "")


def test_a_file_as_the_standard_library_writes_it(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "a.wav"), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(16000)
        out.writeframes(b"\1\0" * 24000)
    assert (read_wav(tmp_path / "a.wav").duration, read_wav(tmp_path / "a.wav").mended) == (1.5, "")


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"stated": 0, "riff": 0}, UNFINISHED),
        ({"stated": 0, "riff": 36}, UNFINISHED),
        ({"stated": 16000}, UNFINISHED),
        ({"riff": 0}, UNFINISHED),
        ({"stated": 0xFFFFFFFF, "riff": 0xFFFFFFFF}, "its header promised more sound than there is"),
        ({"stated": 0, "riff": 0, "odd": 1}, f"{UNFINISHED}, half a sample at its end was cut"),
        ({"odd": 1}, "half a sample at its end was cut"),
    ],
)
def test_what_a_killed_asterisk_leaves_is_mended(spool: Spool, fault: dict[str, int], said: str) -> None:
    found = read_wav(spool(2.0, **fault))
    assert (found.duration, found.mended) == (2.0, said)


def test_the_mended_header_is_read_without_complaint(spool: Spool, tmp_path: Path) -> None:
    broken = spool(2.0, stated=0, riff=0)
    (tmp_path / "mended.wav").write_bytes(read_wav(broken).header() + broken.read_bytes()[44:])
    with wave.open(str(tmp_path / "mended.wav")) as mended:
        assert (mended.getnframes(), mended.getframerate(), mended.getnchannels()) == (16000, 8000, 1)
    assert read_wav(tmp_path / "mended.wav").mended == ""


@pytest.mark.parametrize("note", [b"made by hand", b"odd"])
def test_a_note_after_the_sound_is_no_sound(spool: Spool, note: bytes) -> None:
    file = spool(1.0)
    extra = b"LIST" + struct.pack("<I", len(note)) + note + b"\0" * (len(note) % 2)
    content = file.read_bytes() + extra
    file.write_bytes(content[:4] + struct.pack("<I", len(content) - 8) + content[8:])
    assert (read_wav(file).duration, read_wav(file).mended) == (1.0, "")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"RIFF", "no WAV"),
        (b"ID3\x04 this is music, mostly" * 9, "no WAV"),
        (b"RIFF\0\0\0\0WAVE", "no fmt part"),
        (b"RIFF\0\0\0\0WAVEfmt \x02\0\0\0\1\0data\0\0\0\0", "cut off"),
        (b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0" + struct.pack("<HHIIHH", 1, 1, 8000, 16000, 2, 16), "no data part"),
    ],
)
def test_what_is_no_wav_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "x.wav").write_bytes(content)
    with pytest.raises(BadWav, match=said):
        read_wav(tmp_path / "x.wav")


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"tag": 6, "bits": 8}, "A-law, 8 bit"),
        ({"channels": 2}, r"2 channel\(s\)"),
        ({"bits": 24}, "24 bit"),
        ({"tag": 77}, "format 77"),
    ],
)
def test_other_kinds_of_wav_are_refused_by_name(spool: Spool, fault: dict[str, int], said: str) -> None:
    with pytest.raises(BadWav, match=said):
        read_wav(spool(1.0, **fault))


@pytest.mark.parametrize("fault", [{}, {"stated": 0, "riff": 0}, {"odd": 1}])
def test_a_file_without_sound_is_refused(spool: Spool, fault: dict[str, int]) -> None:
    with pytest.raises(BadWav, match=r"no sound \(0 s\)"):
        read_wav(spool(0.0, **fault))
