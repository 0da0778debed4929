"""Prompts as Asterisk plays them, in the language of the caller."""

import wave
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from ivr.prompts.catalogue import Catalogue
from ivr.prompts.errors import PromptMissing
from ivr.prompts.language import Language
from ivr.prompts.spoken import Spoken, ids_of


class Sounds:
    """Media addresses and lengths of prompts."""

    def __init__(self, mandarin: Catalogue, english: Catalogue | None = None) -> None:
        self._mandarin = mandarin
        self._english = english

    def of(self, parts: Sequence[str | Spoken], language: Language = Language.MANDARIN) -> tuple[list[str], float]:
        """The media to play, in order, and how many seconds they last together.

        A prompt, or a number, that English lacks is said in Mandarin: never silence. Raises PromptMissing for an id
        that Mandarin lacks too, NumberOutOfRange.
        """
        files = [file for part in parts for file in self._files(part, language)]
        # Asterisk adds the ending itself, by the format that suits the line.
        return [f"sound:{file.resolve().with_suffix('')}" for file in files], sum(_seconds(file) for file in files)

    def _files(self, part: str | Spoken, language: Language) -> list[Path]:
        if language is Language.ENGLISH and self._english is not None:
            with suppress(PromptMissing):
                return _audio(part, self._english, language)
        return _audio(part, self._mandarin, Language.MANDARIN)


def _audio(part: str | Spoken, catalogue: Catalogue, language: Language) -> list[Path]:
    ids = [part] if isinstance(part, str) else ids_of(part, language)
    return [catalogue.audio(prompt_id) for prompt_id in ids]


@lru_cache(maxsize=1000)
def _seconds(file: Path) -> float:
    with wave.open(str(file)) as audio:
        return float(audio.getnframes() / audio.getframerate())
