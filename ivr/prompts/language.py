"""The languages that the hotline speaks."""

from enum import StrEnum
from pathlib import Path


class Language(StrEnum):
    """A language, by the name of its folder of prompts."""

    MANDARIN = "zh"
    """What callers hear who choose nothing, and whatever another language lacks."""
    ENGLISH = "en"

    @property
    def shipped(self) -> Path:
        """The prompts that come with Lianxin: catalogue.toml and one <id>.wav each."""
        return Path(__file__).parent / self.value

    def within(self, own: Path | None) -> Path | None:
        """The utility's own recordings in this language: the folder itself for Mandarin, `en` in it for English."""
        if own is None or self is Language.MANDARIN:
            return own
        return folder if (folder := own / self.value).is_dir() else None
