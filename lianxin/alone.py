"""One hotline a folder: a lock that its process holds, and that the kernel lets go of however it ends."""

import fcntl
from pathlib import Path
from typing import TextIO

from lianxin.errors import HotlineRunning


def hold_alone(folder: Path) -> TextIO:
    """Take the folder's lock; close what is given to let go of it. Raises HotlineRunning when somebody has it."""
    lock = (folder / "up.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        mend = "stop it first, or set var to another folder"
        raise HotlineRunning(f"a hotline runs in {folder} already; {mend}") from None
    return lock
