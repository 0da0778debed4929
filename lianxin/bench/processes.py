"""How much CPU a process has used, and memory held."""

import os
from pathlib import Path

TICK = 1 / os.sysconf("SC_CLK_TCK")
"""Seconds in which Linux counts CPU time (proc(5))."""


def cpu_seconds(pid: int) -> float:
    """User and system time of a process and its threads so far, in seconds."""
    fields = (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * TICK


def most_memory() -> float:
    """The most memory that this process has held so far, in MB (VmHWM)."""
    status = Path("/proc/self/status").read_text("utf-8")
    return round(int(status.partition("VmHWM:")[2].split()[0]) / 1024, 1)
