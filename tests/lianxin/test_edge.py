"""The edge of the command: what is misused, unreadable or full is one line and an exit code."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("arguments", "named", "more"),
    [
        (("transcribe",), "FILE", "lianxin transcribe --help"),
        (("no-such-command",), "no-such-command", "lianxin --help"),
        (("account", "--no-such-option"), "--no-such-option", "lianxin account --help"),
        (("user", "add"), "name", "lianxin user add --help"),
    ],
)
def test_a_command_that_is_misused_says_so_in_one_line_and_where_to_read_more(lianxin, arguments, named, more):
    ran = lianxin(*arguments)
    assert ran.returncode == 2
    (line,) = ran.stderr.splitlines()
    assert line.startswith("lianxin: ")
    assert named in line
    assert more in line
    assert ran.stdout == ""


def test_a_group_alone_shows_its_commands(lianxin):
    ran = lianxin("user")
    assert ran.returncode == 2
    assert "disable" in ran.stderr
    assert "lianxin: " not in ran.stderr


def of_shell(tmp_path: Path, command: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"LIANXIN_VAR": str(tmp_path / "var"), "PYTHON": sys.executable}
    return subprocess.run(
        ["bash", "-c", command], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60
    )


def test_a_full_disk_under_the_output_is_said(tmp_path):
    ran = of_shell(tmp_path, '"$PYTHON" -m lianxin prompts script > /dev/full')
    assert ran.returncode == 2
    assert ran.stderr == "lianxin: the output: No space left on device; make room on its disk\n"


def test_a_reader_who_leaves_is_no_error(tmp_path):
    ran = of_shell(tmp_path, '"$PYTHON" -m lianxin prompts script | head -n 1; echo ended ${PIPESTATUS[0]}')
    assert ran.stderr == ""
    assert ran.stdout.splitlines()[-1] in ("ended 141", "ended 1", "ended 0")


def test_a_closed_output_is_no_error(tmp_path):
    ran = of_shell(tmp_path, '"$PYTHON" -m lianxin --version >&-')
    assert (ran.returncode, ran.stderr) == (0, "")


def test_a_folder_that_cannot_be_made_is_named(refused):
    assert "/proc/no-such-place" in refused("user", "add", "li", "--generate", VAR="/proc/no-such-place")


def test_what_the_command_makes_is_for_its_owner_alone(tmp_path):
    ran = of_shell(tmp_path, 'umask 022; "$PYTHON" -m lianxin user add li --generate')
    assert ran.returncode == 0, ran.stderr
    made = [tmp_path / "var", *(tmp_path / "var").rglob("*")]
    assert tmp_path / "var" / "lianxin.db" in made
    assert not [path for path in made if path.stat().st_mode & 0o077], "others could read it"
