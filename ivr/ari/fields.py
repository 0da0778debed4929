"""Reading JSON that may hold more, less or other than we expect.

What cannot be done without raises Malformed; everything else falls back to a default, so that a newer Asterisk with
other fields is no reason to drop a call.
"""

from datetime import UTC, datetime
from typing import Any

from ivr.ari.errors import Malformed

Fields = dict[str, Any]


def as_fields(value: object, what: str) -> Fields:
    """The value if it is a JSON object; else Malformed, which says that a `what` was expected."""
    if isinstance(value, dict):
        return value
    raise Malformed(f"Asterisk sent {type(value).__name__} where a {what} was expected; is it Asterisk 20 or newer?")


def required_text(fields: Fields, key: str, what: str) -> str:
    """A text that must be there and not be empty; else Malformed."""
    value = fields.get(key)
    if isinstance(value, str) and value:
        return value
    raise Malformed(f"Asterisk sent a {what} without its {key}; is it Asterisk 20 or newer?")


def text(fields: Fields, key: str) -> str:
    """A text, empty when it is not there."""
    value = fields.get(key)
    return value if isinstance(value, str) else ""


def part(fields: Fields, key: str) -> Fields:
    """An object inside the object, empty when it is not there."""
    value = fields.get(key)
    return value if isinstance(value, dict) else {}


def whole(fields: Fields, key: str) -> int:
    """A whole number, 0 when it is not there."""
    value = fields.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def texts(fields: Fields, key: str) -> tuple[str, ...]:
    """A list of texts, empty when it is not there; entries that are not texts are left out."""
    value = fields.get(key)
    return tuple(entry for entry in value if isinstance(entry, str)) if isinstance(value, list) else ()


def moment(fields: Fields, key: str) -> datetime | None:
    """A moment in UTC such as 2026-11-21T20:35:10.123+0000; None when it is missing, unreadable or without a zone."""
    value = fields.get(key)
    if not isinstance(value, str):
        return None
    try:
        read = datetime.fromisoformat(value)
    except ValueError:
        return None
    if read.tzinfo is UTC:
        return read
    return read.astimezone(UTC) if read.tzinfo else None


def target_id(uri: str) -> str:
    """The id in a target such as `channel:1795293039.1` or `bridge:…`; empty when there is none."""
    return uri.partition(":")[2]
