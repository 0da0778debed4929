"""What the archive says about the demonstration's calls."""

import re
from dataclasses import asdict, dataclass
from typing import Any

import jiwer
from sqlalchemy import select
from sqlalchemy.orm import Session

from lianxin.demo.callers import DemoCaller
from recordings.accounting import Account
from recordings.tables import Call

FAIR_CER = 0.15
"""Character error rate up to which a sentence counts as heard."""


@dataclass(frozen=True, slots=True)
class CallFound:
    """One demonstration call as the archive has it."""

    id: str
    expected: str
    category: str
    said: str
    transcript: str
    cer: float
    """Character error rate: (substituted + deleted + inserted) / characters said; Chinese characters only."""
    states: tuple[str, ...]
    """What became of its recording, in order: requested, stored, transcribed, understood."""
    seconds: float
    """Length of the leg."""
    case: int | None

    @property
    def came_through(self) -> bool:
        """Whether it was recorded, heard well and taken for what it is."""
        return self.states[-1] == "understood" and self.category == self.expected and self.cer < FAIR_CER


def character_error_rate(said: str, heard: str) -> float:
    """Edits per character said, on Chinese characters and digits alone: punctuation is ours, not the caller's."""
    return float(jiwer.cer(_spoken(said), _spoken(heard)))


def _spoken(text: str) -> str:
    return "".join(re.findall(r"[㐀-鿿0-9A-Za-z]", text))


def find_call(session: Session, caller: DemoCaller, line: str) -> CallFound:
    """The call that came in on this line, as far as it has got."""
    call = session.scalars(select(Call).where(Call.line == line)).one_or_none()
    category = call.verdicts[-1].category if call and call.verdicts else ""
    recording = next((recording for leg in call.legs for recording in leg.recordings), None) if call else None
    transcript = recording.transcripts[-1].text if recording and recording.transcripts else ""
    states = ["requested"] if recording else ["not-recorded"]
    if recording and recording.state != "requested":
        states.append(recording.state)
    if recording and recording.transcripts:
        states.append("transcribed")
    if recording and recording.stage in ("understood", "set-aside"):
        states.append(recording.stage)
    return CallFound(
        id=caller.id,
        expected=caller.expected,
        category=category,
        said=caller.said,
        transcript=transcript,
        cer=character_error_rate(caller.said, transcript),
        states=tuple(states),
        seconds=recording.duration if recording and recording.duration else 0.0,
        case=call.cases[-1].number if call and call.cases else None,
    )


def report(calls: list[CallFound], books: Account, seconds: float) -> dict[str, Any]:
    """The report as JSON has it: `{"calls": […], "account": {…}, "seconds": …}`."""
    return {
        "calls": [{**asdict(call), "cer": round(call.cer, 4), "states": list(call.states)} for call in calls],
        "account": {
            "requested": books.requested,
            "stored": books.stored,
            "absent": books.absent,
            "failed": books.failed,
            "in_progress": books.in_progress,
            "adds_up": books.adds_up,
            "problems": list(books.problems),
        },
        "seconds": round(seconds, 1),
    }
