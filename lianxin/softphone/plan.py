"""The plan of a call: a comma list of what the caller does after the call was answered.

| step | what the caller does |
|---|---|
| `1` … `9`, `0`, `*`, `#` | presses that key (RFC 4733), 0.2 s long |
| `wait:SECONDS` | keeps silent that long; parts of a second are allowed |
| `say` | says the file given with --say, and waits until it is over |
| `say:FILE` | says this file, and waits until it is over; its name cannot hold a comma |
| `hangup` | hangs up; only as the last step |

A plan that never says the file given with --say says it last (before a `hangup`). Blanks around a step do not matter.
After the last step the caller stays on the line until the other side hangs up, or the time of --hang-up-after is over.
"""

import math
from dataclasses import dataclass
from pathlib import Path

from lianxin.softphone.errors import PlanWrong

KEYS = "0123456789*#"
"""The keys of a telephone."""


@dataclass(frozen=True)
class Press:
    """Press one key."""

    key: str


@dataclass(frozen=True)
class Wait:
    """Keep silent for a while, in seconds."""

    seconds: float


@dataclass(frozen=True)
class Say:
    """Say an audio file to its end."""

    file: Path


@dataclass(frozen=True)
class HangUp:
    """End the call."""


Step = Press | Wait | Say | HangUp


def parse_plan(text: str, say: Path | None = None) -> tuple[Step, ...]:
    """Read a plan; `say` is the file that a bare `say` means. Raises PlanWrong, which names the step."""
    words = [word.strip() for word in text.split(",")] if text.strip() else []
    steps: list[Step] = []
    for number, word in enumerate(words, start=1):
        if HangUp() in steps:
            raise PlanWrong(number, word, "nothing can follow hangup")
        steps.append(_step(number, word, say))
    if say is not None and "say" not in words:
        steps.insert(len(steps) - (HangUp() in steps), Say(say))
    return tuple(steps)


def _step(number: int, word: str, say: Path | None) -> Step:
    name, colon, value = word.partition(":")
    match name:
        case "":
            raise PlanWrong(number, word, "there is nothing between two commas")
        case "wait":
            return Wait(_seconds(number, word, value))
        case "say" if colon:
            if not value:
                raise PlanWrong(number, word, "name the file after the colon")
            return Say(Path(value))
        case "say":
            if say is None:
                raise PlanWrong(number, word, "it needs a file; give --say FILE or write say:FILE")
            return Say(say)
        case "hangup" if not colon:
            return HangUp()
        case _ if len(word) == 1 and word in KEYS:
            return Press(word)
        case _ if all(letter in KEYS for letter in word):
            raise PlanWrong(number, word, f"one key a step; write {','.join(word)}")
        case _:
            raise PlanWrong(
                number, word, "not a step; there are keys (0-9, *, #), wait:SECONDS, say, say:FILE and hangup"
            )


def _seconds(number: int, word: str, value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        raise PlanWrong(number, word, "say how many seconds, like wait:2") from None
    if not (math.isfinite(seconds) and 0 <= seconds <= 3600):
        raise PlanWrong(number, word, "seconds go from 0 to 3600")
    return seconds
