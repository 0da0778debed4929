"""`lianxin callback`: call a resident back about a case."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recordings.archive import Archive
    from recordings.tables import Callback

LOOK = 0.5
"""Seconds between two looks at how far it has come."""
PATIENCE = 15.0
"""Seconds in which the controller should take it up."""


def callback(
    case: Annotated[
        int | None, typer.Argument(metavar="[CASE]", help="The case number, as the caller was told.")
    ] = None,
    to: Annotated[str, typer.Option(help="A SIP address to call in place of the resident, for a trial.")] = "",
    due: Annotated[bool, typer.Option("--due", help="Call everybody back who is due.")] = False,
    at_any_hour: Annotated[bool, typer.Option("--at-any-hour", help="Call in the quiet hours too.")] = False,
    wait: Annotated[bool, typer.Option("--wait/--no-wait", help="Wait and tell how it goes.")] = True,
    show: Annotated[
        bool, typer.Option("--list", help="Only show callbacks that wait, and what became of the last.")
    ] = False,
) -> None:
    """Call a resident back: say who calls and why, ask whether it is solved, and write down the answer.

    The controller makes the call; this command asks for it and tells how it goes. Nobody is called in the quiet
    hours (callback.begin, callback.end), unless asked to. Ends with 1 when the resident was not reached.

    Example: lianxin callback 100017
    """
    from datetime import UTC, datetime

    from lianxin.calling_back import NoWayOut, rules, way_out_lacks
    from lianxin.compose import open_archive
    from lianxin.settings import Settings
    from orders.callbacks import newest_callbacks, request_callback, request_due

    if (case is None) == (not due and not show):
        raise typer.BadParameter("give a case number, or --due, or --list")
    settings = Settings()
    archive = open_archive(settings, create=False)
    try:
        if show:
            with archive.reading() as session:
                _print_list(newest_callbacks(session))
            return
        if lacking := way_out_lacks(settings, to=to):
            raise NoWayOut(lacking)
        now = datetime.now(UTC)
        with archive.session() as session:
            if case is None:
                numbers = request_due(session, rules(settings), now)
                wanted = [request_callback(session, number, now, at_any_hour=at_any_hour).id for number in numbers]
            else:
                wanted = [request_callback(session, case, now, to=to, at_any_hour=at_any_hour).id]
        if not wanted:
            typer.echo("Nobody is due to be called back.")
            return
        allowed = rules(settings).allowed(now)
        if allowed != now and not at_any_hour:
            local = allowed.astimezone(rules(settings).zone)
            typer.echo(
                f"{len(wanted)} callback(s) noted. It is quiet hours: they are made from {local:%m-%d %H:%M} on."
            )
        elif not wait:
            typer.echo(f"{len(wanted)} callback(s) noted; the controller makes them.")
        elif not _follow(archive, wanted):
            raise typer.Exit(1)
    finally:
        archive.close()


def _follow(archive: "Archive", wanted: list[int]) -> bool:
    """Tell how the callbacks go until each has had an attempt; whether all residents were reached."""
    import time

    from orders.callbacks import callback_by_id

    told: dict[int, str] = {}
    begun = time.monotonic()
    while True:
        with archive.reading() as session:
            found = [callback_by_id(session, callback_id) for callback_id in wanted]
            news = {one.id: _state(one) for one in found}
        for one in found:
            if told.get(one.id) != news[one.id]:
                typer.echo(f"{one.case_number}: {news[one.id]}")
        told = news
        if all(any(attempt.ended_at for attempt in one.attempts) and one.state != "calling" for one in found):
            return all(one.state == "reached" for one in found)
        if time.monotonic() - begun > PATIENCE and not any(one.attempts for one in found):
            typer.echo(
                "The controller does not take it up; is it running? See: lianxin doctor. The request stays.", err=True
            )
            return False
        time.sleep(LOOK)


def _state(callback: "Callback") -> str:
    """How far a callback has come, in words."""
    results = ", ".join(
        attempt.result or "on the line" if attempt.call_id else attempt.result or "ringing"
        for attempt in callback.attempts
    )
    words = {"waiting": "waits", "calling": "is being made", "reached": "reached", "given-up": "given up"}[
        callback.state
    ]
    again = f", again from {callback.due_at:%H:%M} UTC on" if callback.attempts and callback.state == "waiting" else ""
    said = f"; the answer: {callback.answer}" if callback.answer else ""
    return f"{words}{again}{f' ({results})' if results else ''}{said}"


def _print_list(callbacks: "Iterable[Callback]") -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("case", "asked for (UTC)", "state")
    for one in callbacks:
        table.add_row(str(one.case_number), f"{one.requested_at:%Y-%m-%d %H:%M}", _state(one))
    Console(highlight=False).print(table)
