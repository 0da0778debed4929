"""Which rules calls are held against."""

from collections.abc import Sequence
from pathlib import Path

from lianxin.places import CONFIG
from lianxin.settings import Settings
from quality.rulebook import Rulebook

EXAMPLES = CONFIG / "quality" / "examples"
"""Written dialogues, good and bad, in folders of their own."""


def rules_folder(settings: Settings) -> Path:
    """The folder of the settings, or ours."""
    return settings.quality.rules.expanduser() if settings.quality.rules else CONFIG / "quality"


def load_rules(settings: Settings, files: Sequence[Path] = ()) -> Rulebook:
    """The rules of these files, or those that are in use. Raises RulesInvalid."""
    return Rulebook.load(files) if files else Rulebook.of_folder(rules_folder(settings))
