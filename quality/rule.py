"""What a rule is: what it looks for, on whose leg, where, and what a hit costs."""

from dataclasses import dataclass
from enum import StrEnum

from quality.phrases import Phrase
from quality.turns import Channel


class Kind(StrEnum):
    """What a rule looks at, in the words of quality desks."""

    KEYWORD = "keyword"
    """Words that must be said, or must not."""
    FORBIDDEN = "forbidden phrase"
    """Words that must never be said: reports of them and refusals of them are told apart."""
    ALIKE = "likeness"
    """Sentences that are like rude ones, by examples."""
    RATE = "speech rate"
    """Syllables a second in a turn."""
    INTERRUPTION = "interruption"
    """Beginning to speak while the other still does, and going on."""
    SILENCE = "silence"
    """Seconds in which nobody speaks."""
    DURATION = "duration"
    """Seconds of the whole call."""
    LOUDNESS = "loudness"
    """dB over the speaker's own median."""
    HANG_UP = "hang-up"
    """Who ended the call, where the telephone knows."""


class Item(StrEnum):
    """The items of the sheet; what each is worth is in `quality.sheet`."""

    OPENING = "opening"
    LISTENING = "listening"
    MANNER = "manner"
    WORDING = "wording"
    EMPATHY = "empathy"
    VERIFYING = "verifying"
    UNDERSTANDING = "understanding"
    ANSWER = "answer"
    WAITING = "waiting"
    RECORD = "record"
    CLOSING = "closing"


class Little(StrEnum):
    """The five 一点 of the essays behind the hotline."""

    ATTITUDE = "attitude"
    """态度好一点."""
    VOICE = "voice"
    """讲话轻一点."""
    EXCUSES = "excuses"
    """理由少一点."""
    ACTION = "action"
    """行动快一点."""
    SMILE = "smile"
    """笑容露一点."""


@dataclass(frozen=True, slots=True)
class Place:
    """Which turns of the channel count."""

    first: int | None = None
    """Only so many of the first turns of that channel."""
    last: int | None = None
    """Only so many of the last."""
    after: float = 0.0
    """Only what begins so many seconds into the call, or later."""
    before: float | None = None
    """Only what begins earlier than that."""


@dataclass(frozen=True, slots=True)
class Condition:
    """When a rule is asked at all."""

    caller_said: tuple[Phrase, ...] = ()
    """Only if the caller said one of these."""
    agent_said: tuple[Phrase, ...] = ()
    """Only if the agent said one of these."""
    unless_agent_said: tuple[Phrase, ...] = ()
    """Not if the agent said one of these, anywhere."""
    agent_turns: int = 0
    """Only if the agent spoke so many turns."""
    silence: float = 0.0
    """Only if nobody spoke for so many seconds at a time."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing a quality desk looks for."""

    id: str
    zh: str
    """What it is called."""
    en: str
    kind: Kind
    channel: Channel
    item: Item
    little: Little
    points: int
    """What a hit costs: 0 or less."""
    fatal: bool = False
    """The whole sheet is worth nothing then."""
    place: Place = Place()
    condition: Condition = Condition()
    phrases: tuple[Phrase, ...] = ()
    missing: bool = False
    """True when the fault is that none of the phrases was said."""
    echo: int = 0
    """For what is missing: so many characters in a row of what the other side said before count as said too."""
    times: int = 1
    """So many times make a hit; the last of them is cited."""
    same: bool = False
    """For `times`: each phrase is counted by itself, and not whatever the rule finds."""
    spare_before: tuple[Phrase, ...] = ()
    """Words earlier in the sentence that make it harmless; of what is missing, that it is as good as not said."""
    spare_clause_before: tuple[Phrase, ...] = ()
    """Words that do so only near it and in the same clause: 我没有不耐烦，您到底要不要查 is as rude as without."""
    spare_right_before: tuple[Phrase, ...] = ()
    """Words that make it harmless when nothing lies between: 我大声一点 is no order."""
    spare_after: tuple[Phrase, ...] = ()
    """Words later in the sentence that make it harmless."""
    spare_clause_after: tuple[Phrase, ...] = ()
    """Words that do so only near it and in the same clause: …送上电，好吗 asks nothing."""
    new_digits: bool = False
    """Only if a number in the turn was not said by the caller before: what was given is only repeated."""
    over: float | None = None
    """For the measured kinds: a hit when the measure is greater."""
    under: float | None = None
    """For the measured kinds: a hit when the measure is less."""
    examples: tuple[tuple[bool, str], ...] = ()
    """For a likeness: sentences, and whether each is rude."""
    note: str = ""
    """Why it is so; where the number is from."""
