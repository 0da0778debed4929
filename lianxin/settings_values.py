"""What a value of the settings must be, beyond its type."""

from pathlib import Path
from zoneinfo import ZoneInfo


def existing_home(path: Path) -> Path:
    """The path, unless it begins with the home of somebody whom this machine does not know (`~nobody-here/var`)."""
    try:
        path.expanduser()
    except RuntimeError:
        raise ValueError(f"this machine has no user {path.parts[0].removeprefix('~')}; write the path from /") from None
    return path


def known_zone(name: str) -> str:
    """The name of a time zone that this machine knows."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError("no such time zone; write one such as Asia/Shanghai") from None
    return name
