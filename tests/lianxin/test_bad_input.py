"""What bad input gets: one line that names the thing and the mend, exit code 2, and nothing lost."""

import json
import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
import soundfile

ROOT = Path(__file__).parents[2]
WAITING = ROOT / "tests" / "asr" / "audio" / "waiting.wav"


def test_a_model_that_is_not_there(refused, tmp_path):
    line = refused("transcribe", WAITING, ASR__MODEL="vosk-model-small-cn-0.22")
    assert "vosk-model-small-cn-0.22" in line
    assert "lianxin model install" in line
    line = refused("worker", ASR__MODEL=tmp_path / "nowhere")
    assert "nowhere" in line


def test_a_folder_that_is_no_model(refused, tmp_path):
    (tmp_path / "folder" / "am").mkdir(parents=True)
    assert "folder" in refused("transcribe", WAITING, ASR__MODEL=tmp_path / "folder")


def test_an_asterisk_that_is_not_there(refused, tmp_path):
    line = refused("asterisk", "start", ASTERISK__BINARY=tmp_path / "no-asterisk")
    assert "no-asterisk" in line
    assert "asterisk.binary" in line


def test_a_port_in_use(refused, free_port, asterisk_var):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        for command in ("web", "up"):
            line = refused(command, WEB__PORT=port, VAR=asterisk_var)
            assert str(port) in line
            assert "web.port" in line
        line = refused(
            "asterisk", "start", VAR=ROOT / "var", ASTERISK__HTTP_PORT=port, ASTERISK__SIP_ADDRESS="127.0.0.1",
            ASTERISK__SIP_PORT=free_port(),
        )  # fmt: skip
        assert str(port) in line
        assert "asterisk.http_port" in line


def test_a_database_from_a_newer_version(refused, lianxin, tmp_path):
    assert lianxin("user", "add", "li", "--generate").returncode == 0
    database = tmp_path / "var" / "lianxin.db"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999_from_the_future'")
        connection.commit()
        before = list(connection.iterdump())
    for command in (("account",), ("worker",), ("web",)):
        assert "newer" in refused(*command)
    with closing(sqlite3.connect(database)) as connection:
        assert list(connection.iterdump()) == before, "it must be left as it was"


@pytest.fixture
def bad_audio(tmp_path):
    """Files that cannot be transcribed, by what is wrong with them."""
    files = {
        "text": tmp_path / "text.wav", "empty": tmp_path / "empty.wav", "nothing": tmp_path / "nothing.wav",
        "stereo": tmp_path / "stereo.mp3", "missing": tmp_path / "missing.wav",
    }  # fmt: skip
    files["text"].write_text("this is no audio")
    files["empty"].write_bytes(b"")
    soundfile.write(files["nothing"], np.zeros(0, np.float32), 8000)
    noise = np.random.default_rng(1).uniform(-0.1, 0.1, (44100, 2))
    soundfile.write(files["stereo"], noise, 44100, format="MP3")
    return files


@pytest.mark.parametrize("what", ["text", "empty", "nothing", "missing"])
def test_audio_that_cannot_be_transcribed(refused, bad_audio, what):
    assert bad_audio[what].name in refused("transcribe", bad_audio[what])


def test_the_good_file_among_bad_ones_is_transcribed_all_the_same(lianxin, bad_audio):
    ran = lianxin("transcribe", "--json", bad_audio["text"], WAITING, bad_audio["empty"])
    assert ran.returncode == 2
    (transcript,) = [json.loads(line) for line in ran.stdout.splitlines()]
    assert transcript["path"] == str(WAITING)
    assert transcript["text"]
    assert len([line for line in ran.stderr.splitlines() if line.startswith("lianxin: ")]) == 2


def test_stereo_is_read_when_the_channel_is_named(lianxin, bad_audio):
    ran = lianxin("transcribe", "--json", "--channel", "1", bad_audio["stereo"])
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["duration"] == pytest.approx(1.0, abs=0.1)


def test_an_invalid_menu(refused, tmp_path):
    menu = tmp_path / "menu.toml"
    menu.write_text((ROOT / "config" / "menu.toml").read_text("utf-8").replace('"repair"  ', '"repiar"  '), "utf-8")
    line = refused("controller", IVR__MENU=menu)
    assert "menu.toml, line " in line
    assert "repiar" in line


def test_a_prompt_of_ones_own_that_cannot_be_played(refused, tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    soundfile.write(own / "notice.recording.wav", np.zeros(44100), 44100)
    line = refused("controller", IVR__PROMPTS=own)
    assert "notice.recording" in line
    assert "ffmpeg" in line


def test_lines_that_are_not_utf8_given_to_classify(lianxin):
    good = json.dumps({"id": 1, "text": "家里没电了"}, ensure_ascii=False).encode()
    bad = '{"id": 2, "text": "家里没电了"}'.encode("gb18030")
    ran = lianxin("classify", stdin=b"\n".join([good, bad, good]))
    assert ran.returncode == 2
    assert "Traceback" not in ran.stderr
    (line,) = [line for line in ran.stderr.splitlines() if line.startswith("lianxin: ")]
    assert "line 2" in line
    assert [json.loads(row)["id"] for row in ran.stdout.splitlines()] == [1, 1], "the others are still classified"


def test_a_controller_without_asterisk_waits_for_it_and_says_so(tmp_path, free_port):
    """Asterisk may come up later: the controller tries again, it does not give up."""
    import os
    import subprocess
    import sys
    import time

    environment = {**os.environ, "LIANXIN_VAR": str(tmp_path / "var"), "LIANXIN_ASTERISK__HTTP_PORT": str(free_port())}
    with (tmp_path / "log").open("wb") as log:
        controller = subprocess.Popen(
            [sys.executable, "-m", "lianxin", "controller"], cwd=tmp_path, env=environment, stdout=log, stderr=log
        )
    try:
        deadline = time.monotonic() + 30
        while "ari-socket-lost" not in (tmp_path / "log").read_text():
            assert time.monotonic() < deadline, (tmp_path / "log").read_text()
            assert controller.poll() is None, (tmp_path / "log").read_text()
            time.sleep(0.1)
    finally:
        controller.terminate()
        assert controller.wait(15) == 0
