"""Folders whose contents follow from something: kept as long as that stays the same, made anew when it does not."""

import hashlib
import json
import shutil
from pathlib import Path

MARK = "made-of.sha256"


def keep_while(folder: Path, *made_of: object) -> str:
    """The folder, emptied if it was made of anything else; returns the sum of what it is made of."""
    key = hashlib.sha256(json.dumps(made_of).encode()).hexdigest()
    mark = folder / MARK
    if folder.is_dir() and not (mark.is_file() and mark.read_text("ascii") == key):
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    mark.write_text(key, "ascii")
    return key


def made_of(folder: Path) -> str:
    """The sum of what the folder is made of."""
    return (folder / MARK).read_text("ascii")
