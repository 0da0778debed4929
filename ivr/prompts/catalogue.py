"""The catalogue of prompts: id to text and audio, the utility's own recordings first."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ivr.prompts.errors import CatalogueInvalid, OwnFolderMissing, PromptMissing
from ivr.prompts.language import Language

SHIPPED = Language.MANDARIN.shipped
"""The Mandarin prompts that come with Lianxin: catalogue.toml and one <id>.wav each."""


@dataclass(frozen=True)
class Note:
    """One note of a melody, or a rest of 0 hertz."""

    hertz: float
    seconds: float


@dataclass(frozen=True)
class Tone:
    """A sound that is made, not said: a sine of so many hertz and seconds, or a melody."""

    hertz: float
    seconds: float
    melody: tuple[Note, ...] = ()
    """Notes one after the other, instead of the sine."""


@dataclass(frozen=True)
class Prompt:
    """One thing a caller can hear. `say` is its line with the readings that a synthetic voice needs in braces."""

    id: str
    say: str
    tone: Tone | None = None

    @property
    def text(self) -> str:
        """The line as people read it."""
        return re.sub(r"\{[^}]*\}", "", self.say)


class Catalogue:
    """All prompts by id. Made once at start and only read afterwards."""

    def __init__(
        self,
        folder: Path,
        prompts: Mapping[str, Prompt],
        own: Path | None = None,
        of_own: frozenset[str] = frozenset(),
    ) -> None:
        self.folder = folder
        self.own = own
        self.prompts = dict(prompts)
        self.of_own = of_own
        """Ids whose text the utility wrote in its own catalogue."""

    @classmethod
    def load(cls, folder: Path = SHIPPED, own: Path | None = None) -> "Catalogue":
        """Read `folder/catalogue.toml`, and over it `own/catalogue.toml` if there is one.

        Raises CatalogueInvalid, OwnFolderMissing.
        """
        if own is not None and not own.is_dir():
            raise OwnFolderMissing(own)
        prompts = _read(folder / "catalogue.toml")
        added = _read(own / "catalogue.toml") if own is not None and (own / "catalogue.toml").exists() else {}
        return cls(folder, prompts | added, own, frozenset(added))

    def __contains__(self, prompt_id: object) -> bool:
        return prompt_id in self.prompts

    def __iter__(self) -> Iterator[Prompt]:
        """In the order of the catalogue."""
        return iter(self.prompts.values())

    @property
    def groups(self) -> frozenset[str]:
        """The first parts of all ids that have several: menu, case, digit, …"""
        return frozenset(prompt_id.partition(".")[0] for prompt_id in self.prompts if "." in prompt_id)

    def home(self, prompt_id: str) -> Path:
        """The folder where the prompt's text is, and its audio belongs."""
        return self.own if self.own is not None and prompt_id in self.of_own else self.folder

    def file(self, prompt_id: str) -> Path:
        """The catalogue file in which the prompt's text is, or should be."""
        return self.home(prompt_id) / "catalogue.toml"

    def prompt(self, prompt_id: str) -> Prompt:
        """Everything known of a prompt; raises PromptMissing."""
        if prompt_id not in self.prompts:
            raise PromptMissing(f"prompt {prompt_id} is not in {self.file(prompt_id)}; add its text there")
        return self.prompts[prompt_id]

    def text(self, prompt_id: str) -> str:
        """What the prompt says; raises PromptMissing."""
        return self.prompt(prompt_id).text

    def has_audio(self, prompt_id: str) -> bool:
        """Whether a WAV of that name is in one of the folders."""
        return any((place / f"{prompt_id}.wav").is_file() for place in filter(None, (self.own, self.folder)))

    def audio(self, prompt_id: str) -> Path:
        """The prompt's WAV, the utility's own recording first; raises PromptMissing."""
        self.prompt(prompt_id)
        places = [self.folder] if self.own is None else [self.own, self.folder]
        for place in places:
            file = place / f"{prompt_id}.wav"
            if file.is_file():
                return file
        raise PromptMissing(
            f"prompt {prompt_id} has no audio in {self.home(prompt_id)};"
            f" make it with: lianxin prompts build {prompt_id}"
        )


def _read(file: Path) -> dict[str, Prompt]:
    try:
        with file.open("rb") as opened:
            tables = tomllib.load(opened)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueInvalid(f"{file}: {error}; mend the file") from error
    return {prompt.id: prompt for prompt in _prompts(file, tables, "")}


def read_melody(written: str, beat: float) -> tuple[Note, ...]:
    """Notes as `C5 E5 - G5`: each lasts a beat of so many seconds, `-` holds the one before for another, `.` is a rest.

    Pitches are those of equal temperament with A4 at 440 Hz (ISO 16). Raises ValueError for what is no note.
    """
    notes: list[Note] = []
    for word in written.split():
        if word == "-" and notes:
            notes[-1] = Note(notes[-1].hertz, notes[-1].seconds + beat)
        elif word == ".":
            notes.append(Note(0.0, beat))
        elif found := re.fullmatch(r"([A-G])(#?)([2-7])", word):
            steps = {"C": -9, "D": -7, "E": -5, "F": -4, "G": -2, "A": 0, "B": 2}[found[1]] + len(found[2])
            notes.append(Note(440.0 * 2 ** (steps / 12 + int(found[3]) - 4), beat))
        else:
            raise ValueError(f"{word!r} is no note")
    return tuple(notes)


def _prompts(file: Path, tables: dict[str, Any], prefix: str) -> Iterator[Prompt]:
    """Walk the tables: a text, or a table with `text`, is a prompt; any other table is a group."""
    for key, value in tables.items():
        prompt_id = prefix + key
        if isinstance(value, str):
            yield Prompt(prompt_id, value)
        elif isinstance(value, dict) and "text" in value:
            yield _prompt(file, prompt_id, value)
        elif isinstance(value, dict):
            yield from _prompts(file, value, prompt_id + ".")
        else:
            raise CatalogueInvalid(
                f"{file}: {prompt_id} is neither a text nor a table with `text`; write one of the two"
            )


def _prompt(file: Path, prompt_id: str, table: dict[str, Any]) -> Prompt:
    """A prompt written as a table: a tone."""
    try:
        if "melody" in table:
            notes = read_melody(str(table["melody"]), float(table["beat"]))
            return Prompt(prompt_id, str(table["text"]), Tone(0.0, sum(note.seconds for note in notes), notes))
        return Prompt(prompt_id, str(table["text"]), Tone(float(table["hertz"]), float(table["seconds"])))
    except (KeyError, TypeError, ValueError) as error:
        raise CatalogueInvalid(
            f"{file}: {prompt_id} needs text, hertz and seconds, or text, melody and beat; write these"
        ) from error
