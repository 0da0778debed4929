"""`lianxin audit-log`: who looked at, changed or took away what, and the proof that nobody touched it since."""

import sys
from typing import Annotated

import typer

app = typer.Typer(help="What everybody did in the console, sealed row by row.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print it as JSON, for a program to read.")]


@app.callback()
def _audit_log() -> None:
    """What everybody did in the console, sealed row by row."""


@app.command()
def verify(json: AsJson = False) -> None:
    """Prove that no row of the audit was changed, removed or slipped in; exit 1 and name the first that was.

    It ends with the hash of the newest row. Keep that elsewhere: whoever could rewrite the whole database could not
    make it come out the same.

    Example: lianxin audit-log verify
    """
    from json import dumps

    from lianxin.compose import open_archive
    from lianxin.settings import Settings
    from recordings.audit import verify as read_all

    archive = open_archive(Settings(), create=False)
    with archive.reading() as session:
        proof = read_all(session)
    archive.close()
    if json:
        print(dumps({"whole": proof.whole, "rows": proof.rows, "problem": proof.problem, "head": proof.head}))
    elif proof.whole:
        print(f"The audit is whole: {proof.rows} rows, the newest {proof.head}.")
    else:
        print(f"The audit is broken: {proof.problem}. {proof.rows} rows before that are sound.")
    if not proof.whole:
        raise typer.Exit(1)


@app.command()
def export() -> None:
    """Write the audit to standard output as CSV, oldest first, with every row's hash.

    Example: lianxin audit-log export > audit.csv
    """
    import csv

    from lianxin.compose import open_archive
    from lianxin.settings import Settings
    from recordings.audit import entries

    archive = open_archive(Settings(), create=False)
    writer = csv.writer(sys.stdout)
    writer.writerow(("row", "at", "user", "action", "target", "hash"))
    with archive.reading() as session:
        for row, name in entries(session):
            writer.writerow((row.id, row.at.isoformat(), name, row.action, row.target, row.hash))
    archive.close()
