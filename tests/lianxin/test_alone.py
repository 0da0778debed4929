"""Two hotlines must not share a folder."""

import subprocess
import sys

import pytest

from lianxin.alone import hold_alone
from lianxin.errors import HotlineRunning

HOLDS = "import pathlib, sys; from lianxin.alone import hold_alone; l = hold_alone(pathlib.Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()"  # noqa: E501


def test_a_second_hotline_is_refused_and_a_killed_one_stands_in_nobodys_way(tmp_path):
    first = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert first.stdout.readline() == "held\n"
    with pytest.raises(HotlineRunning, match=r"runs in .* already; stop it first"):
        hold_alone(tmp_path)
    first.kill()
    first.communicate()
    hold_alone(tmp_path).close()
