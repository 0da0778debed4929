"""`lianxin vocabulary`: the utility's own words, which transcripts write as they are."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

app = typer.Typer(help="The utility's own words: places, districts, staff terms.", no_args_is_help=True)


@app.callback()
def _vocabulary() -> None:
    """Words that sound like one of these are written as these; what was heard is kept beside them."""


@app.command()
def add(words: Annotated[list[str], typer.Argument(help="Words of 2 to 20 Chinese characters.")]) -> None:
    """Add words. Recordings that are heard from now on use them, without a restart.

    Example: lianxin vocabulary add 阳光花园 城关供电所
    """
    from recordings.vocabulary import add_word

    with _books() as session:
        new = sum(add_word(session, word, datetime.now(UTC)) for word in words)
    typer.echo(f"{new} words added, {len(words) - new} were there.")


@app.command("import")
def import_words(file: Annotated[Path, typer.Argument(help="A text file in UTF-8, a word on each line.")]) -> None:
    """Add every word of a file, or none when one of them will not do; the line is named. # begins a remark.

    Example: lianxin vocabulary import places.txt
    """
    from recordings.errors import WordRefused
    from recordings.vocabulary import add_word

    try:
        lines = file.read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise WordRefused(f"{file}: is no UTF-8 text; save it as UTF-8") from error
    new = all_of_them = 0
    with _books() as session:
        for number, line in enumerate(lines, 1):
            if word := line.partition("#")[0].strip():
                try:
                    new += add_word(session, word, datetime.now(UTC))
                except WordRefused as error:
                    raise WordRefused(f"{file}, line {number}: {error}; nothing was added") from error
                all_of_them += 1
                session.flush()
    typer.echo(f"{new} words added, {all_of_them - new} were there.")


@app.command()
def remove(word: Annotated[str, typer.Argument(help="The word.")]) -> None:
    """Forget a word. What was written by it stays as it is.

    Example: lianxin vocabulary remove 阳光花园
    """
    from recordings.vocabulary import remove_word

    with _books() as session:
        remove_word(session, word)
    typer.echo(f"{word} is forgotten.")


@app.command("list")
def list_words() -> None:
    """Print every word, one a line.

    Example: lianxin vocabulary list
    """
    from recordings.vocabulary import all_words

    with _books() as session:
        for word in all_words(session):
            typer.echo(word)


@contextmanager
def _books() -> "Iterator[Session]":
    from lianxin.compose import open_archive
    from lianxin.settings import Settings

    archive = open_archive(Settings())
    with archive.session() as session:
        yield session
    archive.close()
