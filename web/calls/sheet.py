"""Everything that the page of one call shows, frozen."""

from dataclasses import dataclass
from datetime import datetime

from web.callbacks.shown import About, CalledBack
from web.calls.facts_shown import FactShown
from web.calls.reading import Asked, SpokenTurn, Stretch
from web.calls.talk import Part


@dataclass(frozen=True, slots=True)
class Cited:
    """Words that spoke for the machine's answer, and where to hear them."""

    text: str
    recording_id: str
    second: float | None
    """Seconds from the leg's first sample; None when no word stands there."""
    alarming: bool
    """True when these words made the call urgent."""


@dataclass(frozen=True, slots=True)
class MachineWord:
    """What the machine took the call to be about."""

    category: str
    second: str
    percent: int
    """Its confidence, rounded."""
    urgent: bool
    evidence: tuple[Cited, ...]

    @property
    def alarms(self) -> tuple[Cited, ...]:
        """The evidence that made the call urgent."""
        return tuple(cited for cited in self.evidence if cited.alarming)


@dataclass(frozen=True, slots=True)
class PersonWord:
    """What a person said."""

    category: str
    before: str
    """The category that held until then."""
    name: str
    at: datetime
    """In the utility's zone."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One recording with what was heard in it."""

    id: str
    side: str
    state: str
    reason: str
    stage: str
    problem: str
    seconds: float | None
    model: str
    """The model of the newest transcript, empty when there is none."""
    turns: tuple[SpokenTurn, ...]
    messages: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Talk:
    """What can be heard of a call, all its recordings on one clock."""

    parts: tuple[Part, ...]
    """In the order in which they began; at least one."""
    seconds: float
    """From the first sample to the last."""
    stretches: tuple[Stretch, ...]
    """In seconds from the first sample."""

    @property
    def sides(self) -> tuple[str, ...]:
        """Who can be heard, each side once."""
        return tuple(dict.fromkeys(part.side for part in self.parts))


@dataclass(frozen=True, slots=True)
class Written:
    """A note that somebody wrote."""

    id: int
    recording_id: str
    """Empty for a note on the call as a whole."""
    second: float | None
    """Seconds from the leg's first sample."""
    text: str
    name: str
    user_id: int
    at: datetime
    """In the utility's zone."""


@dataclass(frozen=True, slots=True)
class Happened:
    """One event of the call."""

    at: datetime
    """In the utility's zone."""
    kind: str
    notes: tuple[tuple[str, str], ...]
    """(family, value) of its details, for Text.name; family '' for what has no phrase."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One call, whole."""

    id: str
    started_at: datetime
    """In the utility's zone."""
    seconds: float | None
    """Length of the call; None while it goes on."""
    caller: str
    line: str
    node: str
    path: tuple[str, ...]
    """Flows entered, in order."""
    outcome: str
    state: str
    cases: tuple[int, ...]
    machine: MachineWord | None
    persons: tuple[PersonWord, ...]
    """Oldest first; the last one counts."""
    recordings: tuple[Heard, ...]
    talk: Talk | None
    """None while nothing of it can be heard."""
    callbacks: tuple[CalledBack, ...]
    """About its cases, the newest first."""
    about: About | None
    """What it is about, when we called the resident."""
    notes: tuple[Written, ...]
    """In the order of their moments."""
    events: tuple[Happened, ...]
    said: tuple[tuple[str, tuple[FactShown, ...]], ...] = ()
    """What must be acted on, by kind, in the order of its first word."""
    sealed: bool = False
    """Whether there is an original that those with the right may read."""

    @property
    def category(self) -> str:
        """The category that counts: the last person's word, or the machine's; empty while neither spoke."""
        return self.persons[-1].category if self.persons else self.machine.category if self.machine else ""
