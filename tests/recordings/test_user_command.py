"""`lianxin user`, as the person at the terminal sees it."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from recordings.archive import Archive
from recordings.tables import User
from recordings.users import user_by_name, verify_password


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return os.environ | {"LIANXIN_VAR": str(tmp_path), "LIANXIN_SETTINGS": os.devnull}


def user(environment: dict[str, str], *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "lianxin", "user", *arguments]
    return subprocess.run(command, env=environment, input=typed, capture_output=True, text=True, timeout=60)


def add(environment: dict[str, str], *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return user(environment, "add", *arguments, typed=typed)


def found(archive: Archive, name: str) -> User | None:
    with archive.reading() as s:
        return user_by_name(s, name)


def test_a_password_from_standard_input(archive: Archive, environment: dict[str, str]) -> None:
    said = add(environment, "王芳", "--role", "qa", typed="correct horse battery\n")
    assert (said.returncode, said.stdout) == (0, "王芳 may sign in as qa.\n"), said.stderr
    user = found(archive, "王芳")
    assert user is not None
    assert (user.role, user.must_change_password) == ("qa", False)
    assert verify_password(user, "correct horse battery")


def test_a_one_time_password_is_shown_once(archive: Archive, environment: dict[str, str]) -> None:
    said = add(environment, "lina", "--generate")
    assert said.returncode == 0, said.stderr
    user = found(archive, "lina")
    assert user is not None
    assert user.must_change_password
    assert verify_password(user, said.stdout.strip().rpartition(" ")[2])


def test_the_first_user_may_be_added_before_the_first_start(environment: dict[str, str], tmp_path: Path) -> None:
    assert add(environment, "lina", "--generate").returncode == 0
    archive = Archive.open(f"sqlite:///{tmp_path}/lianxin.db", str(tmp_path / "archive"))
    assert found(archive, "lina") is not None
    archive.close()


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("taken", "long enough to pass\n", "there is a user taken already; choose another name"),
        ("new", "short\n", "the password has 5 characters; take at least 10"),
        ("new", "", "the password has 0 characters; take at least 10"),
        (" ", "long enough to pass\n", "a user's name has 1 to 60 printable characters"),
    ],
)
def test_what_will_not_do_is_one_line_and_exit_code_2(
    archive: Archive, environment: dict[str, str], name: str, typed: str, said: str
) -> None:
    assert add(environment, "taken", "--generate").returncode == 0
    refused = add(environment, name, typed=typed)
    assert (refused.returncode, refused.stdout, refused.stderr.count("\n")) == (2, "", 1)
    assert said in refused.stderr
    assert found(archive, "new") is None


def test_an_unknown_role_is_refused_with_those_there_are(environment: dict[str, str]) -> None:
    refused = add(environment, "lina", "--role", "king", "--generate")
    assert refused.returncode == 2
    assert "supervisor" in refused.stderr


def test_who_forgot_the_password_gets_a_new_one_once_and_is_signed_out(
    archive: Archive, environment: dict[str, str]
) -> None:
    add(environment, "lina", typed="correct horse battery\n")
    before = found(archive, "lina")
    said = user(environment, "password", "lina")
    after = found(archive, "lina")
    assert said.returncode == 0, said.stderr
    assert before
    assert after
    assert verify_password(after, said.stdout.strip().rpartition(" ")[2])
    assert not verify_password(after, "correct horse battery")
    assert after.must_change_password
    assert after.sessions_ended > before.sessions_ended


def test_who_left_is_disabled_and_who_comes_back_is_enabled(archive: Archive, environment: dict[str, str]) -> None:
    add(environment, "lina", typed="correct horse battery\n")
    add(environment, "王芳", "--generate")
    assert user(environment, "disable", "lina").stdout == "lina is signed out and may not sign in.\n"
    gone = found(archive, "lina")
    assert gone
    assert gone.sessions_ended == 1
    assert not verify_password(gone, "correct horse battery")
    lines = user(environment, "list").stdout.splitlines()
    assert any("lina" in line and "no, disabled" in line for line in lines)
    assert any("王芳" in line and "yes" in line and "one-time" in line for line in lines)
    assert user(environment, "enable", "lina").returncode == 0
    back = found(archive, "lina")
    assert back
    assert verify_password(back, "correct horse battery")


@pytest.mark.parametrize("command", ["password", "disable", "enable"])
def test_a_name_that_nobody_has_is_one_line_and_exit_code_2(
    archive: Archive, environment: dict[str, str], command: str
) -> None:
    refused = user(environment, command, "nobody")
    assert (refused.returncode, refused.stdout, refused.stderr.count("\n")) == (2, "", 1)
    assert "there is no user nobody; `lianxin user list` shows those there are" in refused.stderr


@pytest.mark.parametrize("command", ["add", "list", "password", "disable", "enable"])
def test_every_command_shows_an_example(environment: dict[str, str], command: str) -> None:
    assert f"Example: lianxin user {command}" in " ".join(user(environment, command, "--help").stdout.split())


def test_at_a_terminal_it_asks_twice_and_shows_nothing(archive: Archive, environment: dict[str, str]) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "lianxin", "user", "add", "lina"]
    process = subprocess.Popen(command, env=environment, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    seen = answer(ours, [b"a-long-password", b"a-long-password"])
    assert process.wait(60) == 0, seen
    os.close(ours)
    assert "a-long-password" not in seen
    user = found(archive, "lina")
    assert user is not None
    assert verify_password(user, "a-long-password")


def answer(terminal: int, replies: list[bytes]) -> str:
    """Type a reply after every question, and give all that was on the screen."""
    seen = b""
    asked = 0
    while True:
        try:
            some = os.read(terminal, 1024)
        except OSError:  # Linux says so when the other side has gone
            return seen.decode()
        seen += some
        if seen.count(b": ") > asked and asked < len(replies):
            os.write(terminal, replies[asked] + b"\n")
            asked += 1
        if not some:
            return seen.decode()
