"""Texts as JSON lines {"id", "text"}, for every command that answers each line with a line."""

import json
import sys
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import IO, Any, NoReturn

BAD_LINES = 2
"""Exit code when a line could not be used; all others were answered."""


class _LineUnusable(Exception):
    """A line of input cannot be used; the message is the mend."""


def open_lines(file: str) -> AbstractContextManager[IO[bytes]]:
    """Open a file of lines, or standard input for `-`.

    Raises CallsUnreadable when there is no such file.
    """
    from triage.errors import CallsUnreadable

    if file == "-":
        if sys.stdin.isatty():
            print("Type JSON lines, Ctrl-D ends.", file=sys.stderr)
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(file).open("rb")
    except OSError as error:
        raise CallsUnreadable(f"{file}: {error.strerror}; give a readable file of JSON lines, or -") from error


def for_each_text(lines: Iterable[bytes], answer: Callable[[object, str], bytes]) -> int:
    """Write the answer to each line as it comes, name each that cannot be used, and give the number of those."""
    bad = 0
    for number, line in enumerate(lines, start=1):
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.strip():
            continue
        try:
            name, text = _read(line)
        except _LineUnusable as problem:
            bad += 1
            print(f"lianxin: line {number}: {problem}", file=sys.stderr, flush=True)
            continue
        sys.stdout.buffer.write(answer(name, text))
        sys.stdout.buffer.flush()
    return bad


def json_line(record: dict[str, Any]) -> bytes:
    """One record as a line of UTF-8."""
    try:
        return json.dumps(record, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:  # half of a surrogate pair, which only an escape can write
        return json.dumps(record).encode() + b"\n"


def _read(line: bytes) -> tuple[object, str]:
    try:
        value = json.loads(line.decode("utf-8"), parse_constant=_refuse, parse_float=_finite)
    except UnicodeDecodeError as error:
        raise _LineUnusable(f"not UTF-8 at byte {error.start + 1}; save the file as UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise _LineUnusable(f'not JSON ({_short(error)}); write {{"id": …, "text": "…"}} on one line') from error
    if not isinstance(value, dict):
        raise _LineUnusable('not a JSON object; write {"id": …, "text": "…"}')
    if "text" not in value:
        raise _LineUnusable('no "text"; add it, e.g. "text": "家里停电了"')
    if not isinstance(value["text"], str):
        raise _LineUnusable('"text" is not a string; put it in quotation marks')
    return value.get("id"), value["text"]


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


def _finite(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise ValueError(f"number out of range: {digits[:20]}")
    return number


def _short(error: BaseException) -> str:
    return "nested too deeply" if isinstance(error, RecursionError) else str(error).splitlines()[0]
