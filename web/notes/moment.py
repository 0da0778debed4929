"""Moments as people write them."""

import re


def read_moment(written: str) -> float | None:
    """Seconds of '75', '75.5', '1:15' or '1:02:03'; None for anything else, which then is no moment."""
    parts = written.strip().replace("：", ":").split(":")
    if not 1 <= len(parts) <= 3 or not all(re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,3})?", part) for part in parts):
        return None
    seconds = 0.0
    for part in parts:
        seconds = seconds * 60 + float(part)
    return seconds
