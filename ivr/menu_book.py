"""What a menu file says, once it is read: menus, branches, and when they are open."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ivr.hours import Hours

KEYS = frozenset("0123456789*#")
ACTIONS = frozenset({"again", "back", "english"})
ALWAYS: Mapping[str, str] = {"0": "person", "*": "back"}
"""Keys that mean the same in every menu, whether or not the menu names them."""


@dataclass(frozen=True, slots=True)
class Gate:
    """When a menu or a branch is open, and what happens otherwise."""

    hours: Hours
    outside: str
    """Where callers go outside the hours: a menu, a flow, or 'back'."""
    prompt: str = ""
    """What they hear before that; nothing when empty."""


@dataclass(frozen=True, slots=True)
class Menu:
    """One menu: what is said, and where each key leads."""

    name: str
    prompt: str
    keys: Mapping[str, str]
    """Key → flow name, menu name, 'again', 'back' or 'english'."""
    gate: Gate | None = None


@dataclass(frozen=True, slots=True)
class Script:
    """What a flow says around the caller's message."""

    describe: str
    """Prompt before the tone."""
    next: str
    """Prompt after the case number: what happens now."""
    limit: float
    """Longest message in seconds."""
    gate: Gate | None = None


@dataclass(frozen=True, slots=True)
class Announcement:
    """A branch that only says something."""

    prompt: str
    then: Literal["back", "goodbye"]
    """What follows: the menu again, or the end of the call."""
    gate: Gate | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A flow of ours that looks something up and tells it: what it says is not the menu file's."""

    gate: Gate | None = None


@dataclass(frozen=True, slots=True)
class MenuBook:
    """All menus, scripts, announcements and answers of a menu file."""

    first: str
    menus: Mapping[str, Menu]
    scripts: Mapping[str, Script]
    announcements: Mapping[str, Announcement] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    english: str = ""
    """The key that chooses English, in the notice and in the first menu; none when empty."""

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that a key can lead to, menus first."""
        return (*self.menus, *self.scripts, *self.announcements, *self.answers)

    def gate(self, name: str) -> Gate | None:
        """The opening hours of a menu or flow; None when it is always open, or no such thing."""
        found = self.menus.get(name) or self.scripts.get(name) or self.announcements.get(name) or self.answers.get(name)
        return found.gate if found else None

    @property
    def hours(self) -> tuple[Hours, ...]:
        """All opening hours that are used, by name."""
        gates = (self.gate(name) for name in self.names)
        return tuple({gate.hours.name: gate.hours for gate in gates if gate}.values())
