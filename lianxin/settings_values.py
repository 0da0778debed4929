"""What a value of the settings must be, beyond its type."""

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

Days = TypeVar("Days", bound=Mapping[str, int])


def known_categories(days: Days) -> Days:
    """Days by category, unless one names a category that there is not."""
    from triage.verdict import Category

    known = [category.value for category in Category]
    for name in days:
        if name not in known:
            raise ValueError(f"there is no category {name}; choose from {', '.join(known)}")
    return days


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
