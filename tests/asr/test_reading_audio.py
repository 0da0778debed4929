import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from asr.audio import Audio, read_audio
from asr.errors import (
    AsrError,
    AudioMissing,
    ChannelMissing,
    EmptyAudio,
    NotAudio,
    SeveralChannels,
)


def tone(frequency: float, rate: int, seconds: float = 1.0) -> NDArray[np.float64]:
    return 0.5 * np.sin(2 * np.pi * frequency * np.arange(round(rate * seconds)) / rate)


def loudest(audio: Audio) -> float:
    """The frequency in Hz that stands out."""
    return float(np.argmax(np.abs(np.fft.rfft(audio.samples))) / audio.duration)


@pytest.mark.parametrize("name", ["a.wav", "a.flac", "a.ogg", "a.mp3", "a.aiff", "a.au"])
def test_any_format_is_read_at_its_own_rate(tmp_path: Path, name: str) -> None:
    soundfile.write(tmp_path / name, tone(440, 44100), 44100)
    audio = read_audio(tmp_path / name)
    assert audio.rate == 44100
    assert audio.duration == pytest.approx(1.0, abs=0.06)
    assert loudest(audio) == pytest.approx(440, abs=2)
    assert audio.samples.dtype == np.float32


@pytest.mark.parametrize("coding", ["ALAW", "ULAW", "GSM610", "IMA_ADPCM", "PCM_U8", "FLOAT"])
def test_telephone_codings_are_read(tmp_path: Path, coding: str) -> None:
    soundfile.write(tmp_path / "a.wav", tone(440, 8000), 8000, subtype=coding)
    assert loudest(read_audio(tmp_path / "a.wav")) == pytest.approx(440, abs=2)


@pytest.fixture
def stereo(tmp_path: Path) -> Path:
    path = tmp_path / "both-sides.mp3"
    soundfile.write(path, np.stack([tone(300, 44100), tone(900, 44100)], axis=1), 44100)
    return path


def test_a_stereo_file_asks_which_side_is_the_voice(stereo: Path) -> None:
    with pytest.raises(SeveralChannels) as refused:
        read_audio(stereo)
    assert "both-sides.mp3" in str(refused.value)
    assert "--channel 1" in str(refused.value)
    assert "--channel mix" in str(refused.value)


def test_each_side_and_both_can_be_had(stereo: Path) -> None:
    assert loudest(read_audio(stereo, 1)) == pytest.approx(300, abs=2)
    assert loudest(read_audio(stereo, 2)) == pytest.approx(900, abs=2)
    mix = np.abs(np.fft.rfft(read_audio(stereo, "mix").samples))
    peaks = sorted(np.argsort(mix)[-2:] / (len(mix) * 2 / 44100))
    assert peaks == pytest.approx([300, 900], abs=3)


def test_a_side_that_is_not_there_is_named(stereo: Path) -> None:
    with pytest.raises(ChannelMissing, match="no channel 3; the file has 2"):
        read_audio(stereo, 3)


def write_text(path: Path) -> None:
    path.write_text("再见\n" * 3000, "utf-8")


def write_noise_bytes(path: Path) -> None:
    path.write_bytes(np.random.default_rng(1).integers(0, 256, 200_000, dtype=np.uint8).tobytes())


def write_half_a_header(path: Path) -> None:
    soundfile.write(path, tone(440, 8000), 8000, format="WAV")
    path.write_bytes(path.read_bytes()[:20])


def write_slow(path: Path) -> None:
    soundfile.write(path, np.zeros(500), 50, format="WAV")


@pytest.mark.parametrize("name", ["talk.wav", "talk.mp3", "talk.raw", "talk"])
@pytest.mark.parametrize("write", [write_text, write_noise_bytes, write_half_a_header, write_slow])
def test_what_is_no_audio_is_named_in_one_line(
    tmp_path: Path, name: str, write: Callable[[Path], None], capfd: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / name)
    with pytest.raises(NotAudio) as refused:
        read_audio(tmp_path / name)
    assert name in str(refused.value)
    assert "\n" not in str(refused.value)
    assert capfd.readouterr().err == ""


def test_empty_files_and_empty_recordings_are_named(tmp_path: Path) -> None:
    (tmp_path / "empty.wav").touch()
    soundfile.write(tmp_path / "nothing.wav", np.zeros(0), 8000)
    with pytest.raises(EmptyAudio, match=r"empty\.wav.*0 bytes"):
        read_audio(tmp_path / "empty.wav")
    with pytest.raises(EmptyAudio, match=r"nothing\.wav.*0 seconds"):
        read_audio(tmp_path / "nothing.wav")


def test_missing_files_and_folders_are_named(tmp_path: Path) -> None:
    with pytest.raises(AudioMissing, match=r"gone\.wav"):
        read_audio(tmp_path / "gone.wav")
    with pytest.raises(NotAudio, match="folder"):
        read_audio(tmp_path)
    with pytest.raises(NotAudio, match="no regular file"):
        read_audio(Path("/dev/null"))


def test_what_the_system_refuses_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotAudio, match=r"cannot be read .*name too long"):
        read_audio(tmp_path / ("x" * 300))


def test_a_name_with_a_line_break_stays_on_one_line(tmp_path: Path) -> None:
    with pytest.raises(AsrError) as refused:
        read_audio(tmp_path / "two\nlines.wav")
    assert "\n" not in str(refused.value)


def test_a_damaged_file_is_read_up_to_the_break_and_says_so(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "scratched.mp3"
    soundfile.write(path, np.random.default_rng(2).standard_normal(44100 * 10) * 0.1, 44100)
    data = bytearray(path.read_bytes())
    data[20_000:] = bytes(len(data) - 20_000)
    path.write_bytes(data)
    audio = read_audio(path)
    assert 0.5 < audio.duration < 9
    assert re.fullmatch(r"breaks off after \d\.\d of its 10\.\d seconds", audio.damage)
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("stated", [0, 0xFFFFFFFF, 900_000])
def test_a_header_that_was_never_finished_or_lies_costs_no_sound(tmp_path: Path, stated: int) -> None:
    path = tmp_path / "a.wav"
    soundfile.write(path, tone(440, 8000, 3), 8000)
    data = bytearray(path.read_bytes())
    at = data.index(b"data") + 4
    data[at : at + 4] = stated.to_bytes(4, "little")
    path.write_bytes(data)
    audio = read_audio(path)
    assert audio.duration == 3.0
    assert loudest(audio) == pytest.approx(440, abs=2)
    assert audio.damage == "breaks off after 3.0 seconds"
    assert path.read_bytes() == data, "the file itself stays as it is"


@pytest.mark.parametrize("name", ["a.wav", "a.flac", "a.ogg", "a.mp3"])
def test_a_whole_file_is_not_called_broken(tmp_path: Path, name: str) -> None:
    soundfile.write(tmp_path / name, tone(440, 44100, 3), 44100)
    assert read_audio(tmp_path / name).damage == ""


def test_impossible_samples_do_no_harm(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", np.array([np.nan, np.inf, -np.inf, 7.0, 0.5] * 800), 8000, subtype="FLOAT")
    samples = read_audio(tmp_path / "a.wav").samples
    assert np.isfinite(samples).all()
    assert np.abs(samples).max() <= 1.0
