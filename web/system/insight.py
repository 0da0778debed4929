"""What the pages of the system show. The composition fills it in: this floor knows neither telephone nor recogniser."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Notice:
    """What was found about one part of the installation."""

    part: str
    state: str
    """well | note | wrong."""
    says: str
    """A sentence; for what is wrong it names the mend."""


@dataclass(frozen=True, slots=True)
class MenuPlace:
    """Where a key leads, and what comes after that."""

    key: str
    """Empty for the first menu, and for where callers go outside the hours."""
    name: str
    kind: str
    """menu | loop | elsewhere | information-back | information-end | message | answer | again | back | english."""
    said: str
    """What callers hear there first; empty where that depends."""
    limit: float = 0.0
    """Seconds that a message may last."""
    then: str = ""
    """What callers hear after their message."""
    hours: str = ""
    """When it is open; empty for always."""
    when_closed: str = ""
    """What callers hear outside the hours."""
    outside: bool = False
    """Whether callers come here because that above is closed."""
    branches: tuple["MenuPlace", ...] = ()


@dataclass(frozen=True, slots=True)
class MenuShown:
    """A menu, drawn."""

    file: str
    """Of the settings, which holds unless people said otherwise in the console."""
    text: str
    """What it says, as a menu file."""
    notice: str
    """The recording notice."""
    first: MenuPlace | None
    """None when it cannot be used."""
    remarks: Sequence[str]
    """What should be looked at."""
    trouble: str = ""
    """Why it cannot be used."""


@dataclass(frozen=True, slots=True)
class ModelShown:
    """A speech model that is there."""

    key: str
    """What the settings call it, and by what it is chosen: its name, or its folder."""
    name: str
    """What it calls itself."""
    used: bool
    """Whether it hears calls when they have ended, all or those of some flows."""
    again: bool
    """Whether it only hears them again, later."""
    trial: bool
    rate: int
    """Samples a second that it wants."""


@dataclass(frozen=True, slots=True)
class RuleShown:
    """A rule that calls are held against."""

    id: str
    zh: str
    en: str
    item: str
    points: int
    fatal: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """How the hotline is set up."""

    settings_file: str
    """The settings file in use; empty when there is none."""
    models: Sequence[ModelShown]
    model: str
    """Key of the one that hears a call when it has ended, unless its flow has one of its own."""
    second_model: str
    """Key of the one that hears it again; empty for none."""
    model_trouble: str
    """Why the model of the settings cannot be used; empty when it can."""
    labels: int
    """Corrections by people that the classifier has learnt from."""
    card: str
    """What the classifier in use was made from, as `lianxin train` wrote it down; empty before the first lesson."""
    can_restore: bool
    """Whether there is a classifier before that can be put back."""
    rules_folder: str
    rules: Sequence[RuleShown]
    rules_trouble: str
    days: int
    """Days for which a call is kept."""
    days_by_category: Mapping[str, int]


class Insight(Protocol):
    """What the composition tells the console of the rest of the hotline."""

    def overview(self) -> Overview:
        """How it is set up."""

    def menu(self, text: str | None = None) -> MenuShown:
        """Which key leads where, by the menu in use or by that text."""

    def health(self) -> Sequence[Notice]:
        """Every part looked at; takes some seconds."""

    def restore_classifier(self) -> int:
        """Put the classifier before the last lesson back; how many labels hold now. Raises NothingToRestore."""
