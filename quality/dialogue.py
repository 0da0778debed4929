"""Example dialogues as people write them: who says what, with the faults that are planted.

    # 好：停电报修
    ! hung-up caller
    A 您好，供电热线，请问有什么可以帮您？
    C 我家停电了。
    A (+35) 还在吗？ {waiting.silence}

A is the agent, C the caller. `(+35)` waits so many seconds first, `(-1.5)` begins so long before the other has ended,
`(*2)` says it twice as fast, `(+10dB)` louder; several may follow each other. `{rule}` is a fault planted in that line.
Times come from a usual rate of speech, so that a dialogue can be written without a watch.
"""

import re
from dataclasses import dataclass
from typing import Self

from quality.errors import DialogueInvalid
from quality.syllables import syllables
from quality.turns import CHANNELS, Channel, Turn

RATE = 4.5
"""Syllables a second of somebody who is in no hurry."""
GAP = 0.4
"""Seconds between one who ends and the other who begins."""
LINE = re.compile(r"([AC])((?:\s*\([^)]*\))*)\s*(.*?)((?:\s*\{[^}]*\})*)")
SPEAKERS: dict[str, Channel] = {"A": "agent", "C": "caller"}


@dataclass(frozen=True, slots=True)
class Planted:
    """A fault that is in the dialogue on purpose."""

    rule: str
    start: float
    """Seconds; the turn in which it is begins there."""
    end: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is to be spoken."""

    turn: Turn
    gap: float
    """Seconds from the end of the line before; negative where it breaks in."""
    pace: float
    """1 is the usual rate."""
    louder: float
    """dB over the speaker's usual level."""
    planted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dialogue:
    """One written call."""

    title: str
    lines: tuple[Line, ...]
    hung_up_by: Channel | None

    @property
    def turns(self) -> tuple[Turn, ...]:
        """What was said."""
        return tuple(line.turn for line in self.lines)

    @property
    def planted(self) -> tuple[Planted, ...]:
        """The faults, each with the seconds within which it lies; a silence lies before its line."""
        return tuple(
            Planted(rule, line.turn.start - max(line.gap, 0.0), line.turn.end)
            for line in self.lines
            for rule in line.planted
        )

    @classmethod
    def parse(cls, text: str, name: str) -> Self:
        """Read one dialogue; `name` is said in errors. Raises DialogueInvalid."""
        title, hung_up_by, lines = name, None, list[Line]()
        for number, written in enumerate(text.splitlines(), start=1):
            line = written.strip()
            if line.startswith("#"):
                title = line.lstrip("# ") if title == name else title
            elif line.startswith("!"):
                words = line[1:].split()
                if len(words) != 2 or words[0] != "hung-up" or words[1] not in CHANNELS:
                    raise DialogueInvalid(f"{name}, line {number}: write ! hung-up agent, or ! hung-up caller")
                hung_up_by = SPEAKERS["A" if words[1] == "agent" else "C"]
            elif line:
                lines.append(_line(line, lines[-1].turn.end if lines else 0.0, f"{name}, line {number}"))
        if not lines:
            raise DialogueInvalid(f"{name}: nobody says anything; write lines such as A 您好")
        return cls(title, tuple(lines), hung_up_by)


def _line(written: str, before: float, where: str) -> Line:
    found = LINE.fullmatch(written)
    if not found or not found[3]:
        raise DialogueInvalid(f"{where}: begin with A or C and say something, such as A 您好")
    gap, pace, louder = GAP, 1.0, 0.0
    for mark in re.findall(r"\(([^)]*)\)", found[2]):
        if number := re.fullmatch(r"([+-]\d+(?:\.\d+)?)", mark):
            gap = float(number[1])
        elif number := re.fullmatch(r"\*(\d+(?:\.\d+)?)", mark):
            pace = float(number[1]) or 1.0
        elif number := re.fullmatch(r"([+-]\d+(?:\.\d+)?)dB", mark):
            louder = float(number[1])
        else:
            raise DialogueInvalid(f"{where}: ({mark}) is none of (+35), (-1.5), (*2), (+10dB)")
    start = max(0.0, before + gap)
    end = start + max(0.3, syllables(found[3]) / (RATE * pace))
    turn = Turn(SPEAKERS[found[1]], round(start, 2), round(end, 2), found[3])
    return Line(turn, gap, pace, louder, tuple(re.findall(r"\{([^}]*)\}", found[4])))
