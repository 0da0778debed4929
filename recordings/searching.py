"""Words in the search index, as SQL: FTS5 on SQLite, plain patterns elsewhere, which are slower and find the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import BigInteger, ColumnElement, Text, and_, bindparam, column, literal_column, or_, table, text

from recordings.search_words import runs, signs, sounds_of

CALL_WORDS = table(
    "call_words", column("rowid", BigInteger), column("said", Text), column("sounds", Text), column("numbers", Text)
)
"""The index: a row for each of `listed` that has words, its rowid the id there."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a search; a call must hold every one."""

    word: str
    number: str
    """The same as it stands in numbers of callers and cases."""

    def places(self) -> list[tuple[str, list[str]]]:
        """Where it may stand: a column of the index, and the units that must follow each other there."""
        wanted = [("said", signs(self.word)), ("sounds", sounds_of(self.word)), ("numbers", signs(self.number))]
        return [(where, units) for where, units in wanted if units]


def holds(dialect: str, terms: Sequence[Term]) -> ColumnElement[bool]:
    """True of a row of CALL_WORDS that holds every term, on a database of that dialect."""
    if dialect != "sqlite":
        return and_(*(or_(*(_pattern(where, units) for where, units in term.places())) for term in terms))
    query = " AND ".join(f"({' OR '.join(_fts(*place) for place in term.places())})" for term in terms)
    return text("call_words MATCH :words").bindparams(bindparam("words", query, unique=True))  # type: ignore[return-value]


def _fts(where: str, units: list[str]) -> str:
    """A phrase of FTS5's query language, https://www.sqlite.org/fts5.html#full_text_query_syntax."""
    return f'{where}:"{units[0]}"*' if len(units) == 1 else f'{where}:"{runs(units)}"'


def _pattern(where: str, units: list[str]) -> ColumnElement[bool]:
    padded = literal_column(f"' ' || call_words.{where} || ' '", Text)
    wanted = f" {units[0]}" if len(units) == 1 else f" {runs(units)} "
    return padded.contains(wanted, autoescape=True)
