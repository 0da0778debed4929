"""vosk-transcriber at the same work, timed from outside without its start."""

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from lianxin.errors import PartMissing

STAND_IN = """#!/bin/sh
f=${5##*/}
exec cat "$DECODED/${f%.wav}"
"""
"""What takes ffmpeg's place where it is not installed: it hands over what was decoded before, faster than any decoder.

It is given the file as its fifth word: -nostdin -loglevel quiet -i FILE.
"""


@dataclass(frozen=True, slots=True)
class Theirs:
    """One run."""

    seconds: float
    """Of the whole process, less those that it takes for no file at all."""
    cpu_s: float
    """CPU time of the same, the decoder's included."""
    texts: list[str]
    """In order of the files' names."""
    rss_mb: float
    """The most memory that the process held."""
    tasks: int
    decoder: str
    """ffmpeg, or its stand-in."""


def run_theirs(folder: Path, model: Path, tasks: int) -> Theirs:
    """Let it hear the files in `legs`, whose decoded sound is in `decoded`. Raises PartMissing without the program."""
    program = shutil.which("vosk-transcriber", path=str(Path(sys.executable).parent))
    if program is None:
        raise PartMissing("vosk-transcriber is not beside this Python; install vosk again: pip install vosk")
    room, decoder = _decoder(folder)
    (folder / "none").mkdir(exist_ok=True)
    command = [program, "-m", str(model), "-t", "txt", "--log-level", "ERROR", "-ts", str(tasks)]
    start, start_cpu, _ = _timed([*command, "-i", str(folder / "none"), "-o", str(folder / "none")], room)
    whole, whole_cpu, memory = _timed([*command, "-i", str(folder / "legs"), "-o", str(folder / "texts")], room)
    names = sorted(path.stem for path in (folder / "legs").iterdir())
    texts = [(folder / "texts" / f"{name}.txt").read_text("utf-8") for name in names]
    return Theirs(round(whole - start, 3), round(whole_cpu - start_cpu, 3), texts, memory, tasks, decoder)


def _decoder(folder: Path) -> tuple[dict[str, str], str]:
    """The environment in which it finds ffmpeg, and what that is."""
    if shutil.which("ffmpeg"):
        return dict(os.environ), "ffmpeg"
    place = folder / "bin"
    place.mkdir(exist_ok=True)
    room = {
        **os.environ,
        "PATH": f"{place}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "DECODED": str(folder / "decoded"),
    }
    link = place / "ffmpeg"
    if find_spec("imageio_ffmpeg"):
        from imageio_ffmpeg import get_ffmpeg_exe

        if not link.exists():
            link.symlink_to(get_ffmpeg_exe())
        return room, "ffmpeg of imageio-ffmpeg"
    link.write_text(STAND_IN, "utf-8")
    link.chmod(0o700)
    return room, "stand-in for ffmpeg, decoded before"


def _timed(command: list[str], room: dict[str, str]) -> tuple[float, float, float]:
    """Seconds from its start to its end, its CPU seconds, and the most memory in MB."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, env=room, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return time.perf_counter() - begun, used.ru_utime + used.ru_stime, round(used.ru_maxrss / 1024, 1)
