"""`lianxin account`: what became of every recording."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from recordings.accounting import Account


def account(
    json: Annotated[bool, typer.Option("--json", help="Print it as JSON, for a program to read.")] = False,
    contents: Annotated[
        bool, typer.Option("--contents", help="Read every stored file and compare it with its SHA-256; takes long.")
    ] = False,
) -> None:
    """Print how many recordings were requested, stored, absent and failed, and why; exit 1 when that does not add up.

    Example: lianxin account --json
    """
    from datetime import UTC, datetime

    from lianxin.compose import open_archive
    from lianxin.settings import Settings
    from recordings.accounting import account as draw_up

    archive = open_archive(Settings(), create=False)
    with archive.reading() as session:
        books = draw_up(session, archive.store, datetime.now(UTC), contents=contents)
    archive.close()
    print(as_json(books)) if json else _print_table(books)
    if not books.adds_up:
        raise typer.Exit(1)


def as_json(books: "Account") -> str:
    """The account as a JSON object of its fields and `adds_up`."""
    import json
    from dataclasses import asdict

    return json.dumps(asdict(books) | {"adds_up": books.adds_up}, ensure_ascii=False, indent=2)


def _print_table(books: "Account") -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("recordings", "number", title="What became of every recording")
    table.columns[1].justify = "right"
    for name in ("requested", "stored", "absent", "failed"):
        table.add_row(name, str(getattr(books, name)))
    table.add_row("in progress", str(books.in_progress))
    console = Console(highlight=False, soft_wrap=True)
    console.print(table)
    for reason in books.reasons:
        console.print(f"{reason.count} × {reason.state}: {reason.reason}", markup=False)
    for problem in books.problems:
        console.print(problem, style="red", markup=False)
    console.print("It adds up." if books.adds_up else "It does not add up.")
