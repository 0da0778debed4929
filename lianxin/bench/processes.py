"""How much CPU a process has used."""

import os
from pathlib import Path

TICK = 1 / os.sysconf("SC_CLK_TCK")
"""Seconds in which Linux counts CPU time (proc(5))."""


def cpu_seconds(pid: int) -> float:
    """User and system time of a process and its threads so far, in seconds."""
    fields = (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * TICK
