import json
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from asr.audio import Audio
from asr.models import TRIAL_MODEL
from asr.resampling import resample

Run = Callable[..., Any]
AUDIO = Path(__file__).parent / "audio"


@pytest.fixture
def stereo_mp3(tmp_path: Path, speech: Callable[[str], Audio]) -> Path:
    """A radio man's file: 44.1 kHz stereo MP3, another speaker on each side."""
    sides = [resample(speech(name).samples[: 8000 * 8], 8000, 44100) for name in ("waiting.wav", "old-caller.wav")]
    path = tmp_path / "interview.mp3"
    soundfile.write(path, np.stack(sides, axis=1), 44100)
    return path


def test_json_is_one_object_a_line_for_each_file(lianxin: Run, truth: dict[str, Any]) -> None:
    said = lianxin("transcribe", AUDIO / "waiting.wav", AUDIO / "old-caller.wav", "--json")
    assert said.code == 0
    first, second = (json.loads(line) for line in said.out.splitlines())
    assert first["path"] == str(AUDIO / "waiting.wav")
    assert first["duration"] == pytest.approx(truth["waiting.wav"]["seconds"])
    assert first["text"] == "，".join(sentence["text"] for sentence in truth["waiting.wav"]["sentences"])
    assert set(first) == {"path", "duration", "text", "words", "turns", "damage", "model"}
    assert first["damage"] == ""
    assert "".join(word["word"] for word in first["words"]) == first["text"].replace("，", "")
    assert all(set(word) == {"word", "start", "end", "confidence"} for word in first["words"])
    assert second["path"] == str(AUDIO / "old-caller.wav")


def test_a_reader_gets_a_line_for_each_sentence_with_its_time(lianxin: Run, truth: dict[str, Any]) -> None:
    said = lianxin("transcribe", AUDIO / "waiting.wav")
    assert said.out.splitlines() == [
        f"{AUDIO / 'waiting.wav'} ({truth['waiting.wav']['seconds']:.1f} s)",
        "  00:00  门口的电线断了。",
        "  00:04  师傅说今天下午来。",
        "  00:07  我想知道是不是算错了。",
    ]


def test_it_says_which_model_hears_and_that_it_is_for_trial(lianxin: Run) -> None:
    said = lianxin("transcribe", AUDIO / "waiting.wav")
    assert said.err == "model: lianxin-trial-2.1 (for TRIAL only: it hears real people poorly)\n"


def test_both_sides_of_a_stereo_mp3_become_one_conversation(lianxin: Run, stereo_mp3: Path) -> None:
    said = lianxin("transcribe", stereo_mp3, "--json")
    assert said.code == 0
    heard = json.loads(said.out)
    one, two = ("".join(turn["text"] for turn in heard["turns"] if turn["channel"] == side) for side in (1, 2))
    assert "今天下午来" in one
    assert "七十六岁" in two
    starts = [turn["start"] for turn in heard["turns"]]
    assert starts == sorted(starts)
    assert sum(turn["words"] for turn in heard["turns"]) == len(heard["words"])
    lines = lianxin("transcribe", stereo_mp3).out.splitlines()
    assert any("  1: " in line for line in lines)
    assert any("  2: " in line for line in lines)


def test_a_voice_on_both_channels_is_written_down_once(
    lianxin: Run, tmp_path: Path, speech: Callable[[str], Audio]
) -> None:
    voice = resample(speech("waiting.wav").samples, 8000, 44100)
    soundfile.write(tmp_path / "radio.mp3", np.stack([voice, voice], axis=1), 44100)
    heard = json.loads(lianxin("transcribe", "radio.mp3", "--json").out)
    assert {turn["channel"] for turn in heard["turns"]} == {1}
    assert heard["text"].count("今天下午") == 1


@pytest.mark.parametrize("name", ["call.wav", "call.flac", "call.ogg", "call.mp3"])
def test_a_file_that_breaks_off_is_written_down_up_to_there_and_says_so(
    lianxin: Run, tmp_path: Path, speech: Callable[[str], Audio], name: str
) -> None:
    path = tmp_path / name
    soundfile.write(path, resample(speech("waiting.wav").samples, 8000, 16000), 16000)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) * 7 // 10])
    said = lianxin("transcribe", name, "--json")
    assert said.code == 0
    heard = json.loads(said.out)
    assert "电线" in heard["text"]
    assert "算错" not in heard["text"]
    assert heard["damage"].startswith("breaks off after ")
    assert f"lianxin: {name}: breaks off after " in said.err


def test_each_side_of_a_stereo_mp3_can_be_written_down(lianxin: Run, stereo_mp3: Path) -> None:
    assert "今天下午来" in lianxin("transcribe", stereo_mp3, "--channel", "1").out
    assert "76岁" in lianxin("transcribe", stereo_mp3, "--channel", "2").out
    assert lianxin("transcribe", stereo_mp3, "--channel", "mix").code == 0
    said = lianxin("transcribe", stereo_mp3, "--channel", "left")
    assert said.code == 2
    assert "1, 2 or mix" in said.err


def locked_zip(path: Path) -> None:
    """A ZIP whose one file asks for a password."""
    with zipfile.ZipFile(path, "w") as pack:
        pack.write(AUDIO / "waiting.wav", "waiting.wav")
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)


def test_bad_files_are_named_and_the_good_ones_are_still_written_down(lianxin: Run, tmp_path: Path) -> None:
    bad = ["letter.mp3", "random.wav", "random.ogg", "locked.wav", "empty.wav", "folder", "nothing.wav", "missing.wav"]
    (tmp_path / "letter.mp3").write_text("您好，电费单收到了。\n" * 500, "utf-8")
    (tmp_path / "random.wav").write_bytes(np.random.default_rng(1).bytes(100_000))
    (tmp_path / "random.ogg").write_bytes(b"OggS" + np.random.default_rng(1).bytes(100_000))
    locked_zip(tmp_path / "locked.wav")
    (tmp_path / "empty.wav").touch()
    (tmp_path / "folder").mkdir()
    soundfile.write(tmp_path / "nothing.wav", np.zeros(0), 8000)
    said = lianxin("transcribe", *bad[:3], AUDIO / "waiting.wav", *bad[3:], "--json")
    assert said.code == 2
    assert [json.loads(line)["path"] for line in said.out.splitlines()] == [str(AUDIO / "waiting.wav")]
    complaints = said.err.splitlines()[1:]
    assert len(complaints) == len(bad)
    assert all(line.startswith(f"lianxin: {name}: ") for name, line in zip(bad, complaints, strict=True))
    assert "ZIP" in complaints[3]
    assert "password" in complaints[3]


def test_what_is_labelled_wrongly_or_clipped_is_heard_all_the_same(
    lianxin: Run, tmp_path: Path, speech: Callable[[str], Audio]
) -> None:
    voice = speech("waiting.wav").samples
    soundfile.write(tmp_path / "mp3.wav", voice, 8000, format="MP3")
    soundfile.write(tmp_path / "flac.mp3", voice, 8000, format="FLAC")
    soundfile.write(tmp_path / "clipped.wav", np.clip(voice * 4, -1, 1), 8000)
    said = lianxin("transcribe", "mp3.wav", "flac.mp3", "clipped.wav", "--json")
    assert (said.code, len(said.err.splitlines())) == (0, 1)
    heard = [json.loads(line)["text"] for line in said.out.splitlines()]
    assert len(heard) == 3
    for text in heard:
        assert "师傅说" in text
        assert "是不是算错了" in text


def test_silence_is_no_error(lianxin: Run, tmp_path: Path) -> None:
    soundfile.write(tmp_path / "silent.wav", np.zeros(24000), 8000)
    said = lianxin("transcribe", "silent.wav", "--json")
    assert said.code == 0
    assert json.loads(said.out) == {
        "path": "silent.wav",
        "duration": 3.0,
        "text": "",
        "words": [],
        "turns": [],
        "damage": "",
        "model": "lianxin-trial-2.1",
    }
    assert "nobody speaks" in lianxin("transcribe", "silent.wav").out


def test_another_model_goes_by_its_folder(lianxin: Run, tmp_path: Path) -> None:
    shutil.copytree(TRIAL_MODEL, tmp_path / "mine")
    (tmp_path / "mine" / "TRIAL").unlink()
    said = lianxin("transcribe", AUDIO / "waiting.wav", "--model", tmp_path / "mine")
    assert said.err == "model: mine\n"
    assert "今天下午来" in said.out


@pytest.mark.parametrize("model", ["vosk-model-cn-0.22", "/nowhere/at/all"])
def test_a_missing_model_is_one_line_with_the_command_that_mends(lianxin: Run, model: str) -> None:
    said = lianxin("transcribe", AUDIO / "waiting.wav", "--model", model)
    assert said.code == 2
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert said.err.startswith(f"lianxin: {model}: ")
    assert "lianxin model install vosk-model-" in said.err


def test_a_wrong_model_folder_is_one_line(lianxin: Run, tmp_path: Path) -> None:
    said = lianxin("transcribe", AUDIO / "waiting.wav", "--model", tmp_path)
    assert said.code == 2
    assert said.err.count("\n") == 1
    assert "no usable Vosk model" in said.err


def test_a_file_whose_name_is_no_utf8_is_transcribed_like_any_other(lianxin: Run, tmp_path: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + "/停电.wav".encode("gb18030")))
    shutil.copy(AUDIO / "waiting.wav", odd)
    said = lianxin("transcribe", odd, AUDIO / "waiting.wav", "--json")
    assert said.code == 0, said.err
    first, second = (json.loads(line) for line in said.out.splitlines())
    assert first["text"] == second["text"]


def test_a_file_that_may_not_be_read_keeps_no_other_from_being_transcribed(
    lianxin: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = tmp_path / "locked.wav"
    shutil.copy(AUDIO / "waiting.wav", locked)
    really = Path.open

    def opened(path: Path, *arguments: Any, **more: Any) -> Any:
        if path == locked:
            raise PermissionError(13, "Permission denied", str(path))
        return really(path, *arguments, **more)

    monkeypatch.setattr(Path, "open", opened)  # these tests may run as root, who may read everything
    monkeypatch.setattr(os, "access", lambda path, *_, **__: Path(path) != locked)
    said = lianxin("transcribe", locked, AUDIO / "waiting.wav", "--json")
    assert said.code == 2
    assert f"{locked}: cannot be read (Permission denied); check its name, its permissions" in said.err
    (only,) = [json.loads(line) for line in said.out.splitlines()]
    assert only["path"] == str(AUDIO / "waiting.wav")
