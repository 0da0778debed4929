"""The log must never cost a call."""

import subprocess
import sys
from pathlib import Path

import pytest

LOGS_AND_GOES_ON = """
import structlog
from lianxin.logs import set_up_logs
set_up_logs("info")
try:
    raise ValueError("a fault")
except ValueError:
    structlog.get_logger().exception("call-failed")
print("the caller was served")
"""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the device that is always full")
def test_a_full_disk_silences_the_log_and_nothing_else():
    with open("/dev/full", "w") as full:  # noqa: PTH123 - a device
        done = subprocess.run(
            [sys.executable, "-c", LOGS_AND_GOES_ON], stdout=subprocess.PIPE, stderr=full, check=False
        )
    assert done.stdout.decode().strip() == "the caller was served"
