"""Prompts as Asterisk plays them."""

import wave
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from ivr.prompts.catalogue import Catalogue


class Sounds:
    """Media addresses and lengths of prompts."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def of(self, prompts: Sequence[str]) -> tuple[list[str], float]:
        """The media to play, in order, and how many seconds they last together.

        Raises PromptMissing for an unknown id.
        """
        files = [self._catalogue.audio(prompt) for prompt in prompts]
        # Asterisk adds the ending itself, by the format that suits the line.
        return [f"sound:{file.resolve().with_suffix('')}" for file in files], sum(_seconds(file) for file in files)


@lru_cache(maxsize=1000)
def _seconds(file: Path) -> float:
    with wave.open(str(file)) as audio:
        return float(audio.getnframes() / audio.getframerate())
