"""The queue in a folder: every message is taken once, whole, by one of many processes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from kombu.entity import Exchange, Queue

from worker.app import QUEUE, TASK, announce, make_app
from worker.errors import BrokerUnusable

ANNOUNCE = """
import sys
from pathlib import Path
from worker.app import announce, make_app
app = make_app("", Path(sys.argv[1]))
for number in range(40):
    assert announce(app, f"{sys.argv[2]}-{number}")
"""

TAKE = """
import sys, time
from pathlib import Path
from queue import Empty
from worker.app import QUEUE, make_app
channel = make_app("", Path(sys.argv[1])).connection_for_write().default_channel
last = time.monotonic()
while time.monotonic() < last + 3:
    try:
        print(channel._get(QUEUE)["headers"]["argsrepr"])
        last = time.monotonic()
    except Empty:
        time.sleep(0.001)
"""


def test_many_processes_lose_nothing_and_take_nothing_twice(tmp_path: Path) -> None:
    folder = str(tmp_path / "broker")
    takers = [
        subprocess.Popen([sys.executable, "-c", TAKE, folder], stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    tellers = [subprocess.Popen([sys.executable, "-c", ANNOUNCE, folder, name]) for name in ("a", "b")]
    assert [teller.wait(60) for teller in tellers] == [0, 0]
    taken = [line for taker in takers for line in taker.communicate(timeout=60)[0].split()]
    assert [taker.returncode for taker in takers] == [0, 0]
    assert sorted(taken) == sorted(f"['{name}-{number}']" for name in "ab" for number in range(40))
    assert [path for path in (tmp_path / "broker").rglob("*") if path.is_file()] == []


def test_a_message_names_the_recording_and_nothing_else(tmp_path: Path) -> None:
    assert announce(make_app("", tmp_path), "0123abcd")
    [file] = tmp_path.rglob("*.msg")
    message = json.loads(file.read_text())
    assert (message["headers"]["task"], message["headers"]["argsrepr"]) == (TASK, "['0123abcd']")
    assert message["content-type"] == "application/json"


def test_a_broken_message_does_not_stop_the_next(tmp_path: Path) -> None:
    app = make_app("", tmp_path)
    (tmp_path / "waiting" / f"00000000000000000001_x.{QUEUE}.msg").write_bytes(b"")
    assert announce(app, "good")
    with app.connection_for_read() as connection:
        queue = Queue(QUEUE, Exchange(""), routing_key=QUEUE)(connection.default_channel)  # type: ignore[no-untyped-call]
        message = queue.get(no_ack=True)
    assert message.headers["argsrepr"] == "['good']"


def test_a_queue_that_takes_nothing_costs_a_warning_only(tmp_path: Path) -> None:
    app = make_app("", tmp_path)
    (tmp_path / "half-done").rmdir()
    assert announce(app, "r") is False
    (tmp_path / "half-done").mkdir()
    assert announce(app, "r") is True


def test_a_server_that_is_away_costs_a_warning_only(tmp_path: Path) -> None:
    assert announce(make_app("amqp://ann:secret@127.0.0.1:1//", tmp_path), "r") is False


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nosuch://ann:secret@host/1", "broker nosuch://host/1: No such transport: nosuch"),
        ("sqs://ann:secret@host/1", r"its driver is missing; install it: pip install 'celery\[sqs\]'"),
    ],
)
def test_a_wrong_broker_setting_gets_one_line_without_the_password(url: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(BrokerUnusable, match=said) as refused:
        make_app(url, tmp_path)
    assert "secret" not in str(refused.value)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "broker").write_text("in the way")
    with pytest.raises(BrokerUnusable, match=r"folder .*broker: .*; check the setting `var`"):
        make_app("", tmp_path / "broker")
