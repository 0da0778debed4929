"""Passwords that are generated once and kept in files that only their owner can read."""

import os
import secrets
from pathlib import Path

LENGTH = 32
"""Random bytes in a password: 256 bits, beyond guessing over a network."""


def kept_secret(folder: Path, name: str) -> str:
    """The password `name` kept in `folder`, made at the first call; the file has mode 0600.

    Two processes may ask at once: the file appears whole or not at all, and both get the same word.
    """
    path = folder / name
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = folder / f".{name}.{os.getpid()}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(LENGTH))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # another process was first: its word counts
        finally:
            draft.unlink()
    return path.read_text().strip()
