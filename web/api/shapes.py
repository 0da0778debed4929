"""What the API gives: one class an answer, described for its readers in the docstrings here."""

from datetime import date, datetime
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict

Id = str
Seconds = float


class Shape(BaseModel):
    """Base of all answers: nothing is in them that is not described."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Problem(Shape):
    """What was wrong with a request (RFC 9457), as application/problem+json."""

    type: str
    """`about:blank`, or urn:lianxin: and a stable id of the error."""
    title: str
    status: int
    detail: str
    """One line for a person: what was wrong, and the mend."""


class TokenShape(Shape):
    """The token that asks."""

    name: str
    user: str
    """In whose name it works."""
    scopes: list[str]
    districts: list[str]
    """Keys of the districts whose calls it sees; none for all."""


class Moment(Shape):
    """A second of a recording."""

    recording_id: Id
    second: Seconds
    """From the recording's first sample."""


class CallInList(Shape):
    """A call as the list shows it."""

    id: Id
    started_at: AwareDatetime
    seconds: Seconds | None
    """Length; null while it goes on."""
    caller: str
    """Number; empty when withheld."""
    cases: list[int]
    category: str
    """A person's word or else the machine's; empty while neither spoke."""
    by_person: Literal["", "corrected", "confirmed"]
    urgent: bool
    state: str
    """in-progress, waiting, ready, set-aside or no-recording."""
    outcome: str
    outgoing: bool
    """Whether we called the resident."""
    excerpt: str
    """The beginning of what was said, or the surroundings of what was searched for."""
    moment: Moment | None
    """Where what was searched for is said."""


class Calls(Shape):
    """A page of calls, newest first."""

    calls: list[CallInList]
    newer: Id | None
    """Ask with `before` this for the page of newer calls."""
    older: Id | None
    """Ask with `after` this for the page of older calls."""
    count: int
    """Calls that match."""
    more: bool
    """Whether there may be more: of a search only its newest 1000 are counted."""


class Word(Shape):
    """A word and when it was said."""

    start: Seconds
    end: Seconds
    text: str


class SaidTurn(Shape):
    """What was said between two pauses."""

    start: Seconds
    end: Seconds
    text: str
    words: list[Word]


class RecordingShape(Shape):
    """One recording of a call."""

    id: Id
    side: str
    """caller or agent."""
    state: str
    """requested, stored, absent or failed."""
    seconds: Seconds | None
    model: str
    """That heard it; empty while nobody did."""
    turns: list[SaidTurn]


class Machine(Shape):
    """What the machine took the call to be about."""

    category: str
    second: str
    confidence: float
    """0 to 1, to the hundredth."""
    urgent: bool
    evidence: list[str]
    """Words that decided it."""


class CorrectionShape(Shape):
    """What a person said the call is about."""

    category: str
    before: str
    by: str
    at: AwareDatetime


class NoteShape(Shape):
    """What somebody wrote beside a call."""

    id: int
    text: str
    by: str
    at: AwareDatetime
    moment: Moment | None


class FindingShape(Shape):
    """What the machine found in the wording or tone."""

    rule: str
    channel: str
    words: str
    points: int
    fatal: bool
    moment: Moment | None


class Quality(Shape):
    """The machine's sheet for the agent's side."""

    score: int | None
    """0 to 100; null where no agent spoke."""
    fatal: bool
    findings: list[FindingShape]


class CallInFull(Shape):
    """Everything about one call."""

    id: Id
    started_at: AwareDatetime
    seconds: Seconds | None
    caller: str
    line: str
    """The number that was dialled."""
    path: list[str]
    """Flows entered, in order."""
    outcome: str
    state: str
    cases: list[int]
    category: str
    machine: Machine | None
    corrections: list[CorrectionShape]
    """Oldest first; the last one counts."""
    recordings: list[RecordingShape]
    notes: list[NoteShape]
    quality: Quality | None


class CaseShape(Shape):
    """What a caller was given a number for."""

    number: int
    call_id: Id
    opened_at: AwareDatetime
    category: str
    state: str
    moves: list[str]
    """States into which it can be moved now."""
    urgent: bool
    district: str
    contact: str
    """Number to call back."""
    promised: str
    """arrival, contact, or empty."""
    promised_at: datetime | None
    owner: str


class Cases(Shape):
    """Cases, the newest first."""

    cases: list[CaseShape]
    older: int | None
    """Ask with `before` this for the next page."""


class Pair(Shape):
    """A count of the day, and of the same weekday a week before."""

    name: str
    now: int
    before: int


class Day(Shape):
    """How many called on a day, when, and about what."""

    day: date
    before: date
    calls: Pair
    urgent: Pair
    left_early: Pair
    hours: list[Pair]
    categories: list[Pair]
