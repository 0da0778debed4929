"""`lianxin customers`: who has a meter, and what the bill says."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Customers and their bills, as callers hear them.", no_args_is_help=True)

SHOWN = 20
"""So many faulty rows are told on the terminal; --report keeps all."""


@app.callback()
def _customers() -> None:
    """Customers and their bills, as callers hear them."""


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(readable=False, help="CSV with a heading, in UTF-8 or GBK.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would be done, and write nothing.")] = False,
    report: Annotated[
        Path | None, typer.Option(readable=False, help="Write every faulty row's line and fault to this CSV file.")
    ] = None,
) -> None:
    """Take customers in: new ones are added, known ones brought up to date; the same file twice changes nothing.

    Columns: number 户号 and balance 余额 (in yuan), and as you have them phones 电话, district 片区, name 户名,
    address 地址, last_bill 上期电费, due_on 缴费截止日, price_step 阶梯. A faulty row is told with its line and
    passed over; the others are taken. Ends with 1 when there was one.

    Example: lianxin customers import bills.csv --dry-run
    """
    import csv
    from datetime import UTC, datetime

    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    from lianxin.compose import open_archive
    from lianxin.settings import Settings
    from orders.csv_rows import Fault, encoding_of, read_rows
    from orders.districts import all_districts
    from orders.importing import Tally, import_customers

    settings = Settings()
    encoding = encoding_of(file)
    archive = open_archive(settings)
    tally, faults = Tally(), list[Fault]()
    terminal = Console(stderr=True)
    columns = (TextColumn("customers"), BarColumn(), TaskProgressColumn())
    try:
        with archive.reading() as session:
            districts = {name: place.key for place in all_districts(session) for name in (place.key, place.name)}
        with (
            file.open("rb") as raw,
            Progress(*columns, console=terminal, transient=True, disable=not terminal.is_terminal) as bar,
        ):
            size = file.stat().st_size
            task = bar.add_task("", total=size)
            length = settings.orders.customer_number_length
            rows = read_rows(raw, file, encoding, length=length, districts=districts)
            session_of = archive.reading if dry_run else archive.session
            for latest, more in import_customers(session_of, rows, datetime.now(UTC), dry_run=dry_run):
                tally = latest
                faults += more
                bar.update(task, completed=size if raw.closed else raw.tell())
    finally:
        archive.close()
    if report is not None:
        with report.open("w", encoding="utf-8-sig", newline="") as opened:
            csv.writer(opened).writerows([("line", "fault"), *((fault.line, fault.why) for fault in faults)])
    for fault in faults[:SHOWN]:
        typer.echo(f"{file}, line {fault.line}: {fault.why}", err=True)
    if len(faults) > SHOWN:
        typer.echo(f"… and {len(faults) - SHOWN} more; --report faults.csv keeps all of them", err=True)
    would = "Nothing was written. Would be: " if dry_run else ""
    print(f"{would}{tally.added} added, {tally.changed} changed, {tally.unchanged} unchanged, {tally.faulty} faulty.")
    if faults:
        raise typer.Exit(1)
