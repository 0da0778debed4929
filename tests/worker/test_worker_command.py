"""`lianxin worker` with the real recogniser and the real classifier."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from asr.models import TRIAL_MODEL
from recordings.amendments import amend_model
from recordings.archive import Archive
from recordings.tables import Call, Heartbeat, Recording
from recordings.users import add_user, user_by_name


@pytest.fixture
def environment(var: Path) -> dict[str, str]:
    return os.environ | {
        "LIANXIN_VAR": str(var),
        "LIANXIN_SETTINGS": os.devnull,
        "LIANXIN_WORKER__SWEEP": "1",
    }


@contextmanager
def working(environment: dict[str, str], var: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """The worker, as one starts it; gone when the block ends."""
    with (var / "worker.log").open("wb") as log:
        process = subprocess.Popen([sys.executable, "-m", "lianxin", "worker"], env=environment, stdout=log, stderr=log)
        try:
            yield process
        finally:
            process.kill()
            process.wait(10)


def test_it_transcribes_sorts_and_stops_when_told(
    archive: Archive, recorded: Callable[..., str], environment: dict[str, str], var: Path
) -> None:
    recorded("r")
    with working(environment, var) as process:
        wait_until(lambda: stage(archive) == "understood", process, var)
        process.terminate()
        assert process.wait(20) == 0
    with archive.reading() as s:
        call = s.get_one(Call, "call-r")
        assert call.legs[0].recordings[0].transcripts[0].text
        assert call.verdicts[0].category
        [beat] = s.query(Heartbeat).all()
        assert beat.name == f"worker:{os.uname().nodename}"
        assert beat.detail["trial"] is True
    text = call.legs[0].recordings[0].transcripts[0].text
    assert text not in (var / "worker.log").read_text()


def test_it_begins_anew_with_a_model_that_is_chosen_in_the_console(
    archive: Archive, recorded: Callable[..., str], environment: dict[str, str], var: Path
) -> None:
    other = shutil.copytree(TRIAL_MODEL, var / "models" / "other")
    (other / "TRIAL").unlink()
    with working(environment, var) as process:
        wait_until(lambda: "trial" in model_in_use(archive), process, var)
        choose(archive, "other")
        wait_until(lambda: model_in_use(archive) == "other", process, var)
        recorded("r")
        choose(archive, "of another machine")
        wait_until(lambda: "trial" in model_in_use(archive), process, var)
        assert "chosen-model-unusable" in (var / "worker.log").read_text(), "the settings hold where it is missing"
        wait_until(lambda: stage(archive) == "understood", process, var)
        process.terminate()
        assert process.wait(20) == 0
    assert (var / "worker.log").read_text().count("begins-anew") == 2


def choose(archive: Archive, model: str) -> None:
    with archive.session() as s:
        now = datetime.now(UTC)
        user = user_by_name(s, "root") or add_user(s, name="root", password="a test's own words", role="admin", at=now)
        s.flush()
        amend_model(s, "model", model, reason="to try it", user_id=user.id, at=now)


def model_in_use(archive: Archive) -> str:
    with archive.reading() as s:
        return str(next((beat.detail.get("model", "") for beat in s.query(Heartbeat).all()), ""))


def wait_until(condition: Callable[[], bool], process: "subprocess.Popen[bytes]", var: Path) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert process.poll() is None, (var / "worker.log").read_text()
        assert time.monotonic() < deadline, (var / "worker.log").read_text()
        time.sleep(0.1)


def stage(archive: Archive) -> str:
    with archive.reading() as s:
        return s.get_one(Recording, "r").stage


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("LIANXIN_ASR__MODEL", "no-such-model", "no-such-model"),
        ("LIANXIN_BROKER", "nosuch://host", "broker nosuch://host: No such transport"),
        ("LIANXIN_DATABASE", "nonsense", "no database URL"),
    ],
)
def test_what_is_set_wrong_is_one_line_and_exit_code_2(
    environment: dict[str, str], setting: str, value: str, said: str
) -> None:
    refused = subprocess.run(
        [sys.executable, "-m", "lianxin", "worker"],
        env=environment | {setting: value},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1), refused.stderr
    assert said in refused.stderr
