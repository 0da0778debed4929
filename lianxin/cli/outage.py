"""`lianxin outage`: where power is off, as callers hear it."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from lianxin.cli.books import books

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

app = typer.Typer(help="Known outages, as callers hear them.", no_args_is_help=True)


class Why(StrEnum):
    """Why power is off; see `orders.outages.Cause`."""

    FAULT = "fault"
    PLANNED = "planned"
    WEATHER = "weather"
    OTHER = "other"


@app.callback()
def _outage() -> None:
    """Known outages, as callers hear them."""


@app.command()
def add(
    district: Annotated[str, typer.Argument(help="Key or name of the district.")],
    area: Annotated[str, typer.Option(help="Which streets or villages; all of the district when not given.")] = "",
    cause: Annotated[Why, typer.Option(help="Why power is off.")] = Why.FAULT,
    since: Annotated[str, typer.Option(help="Since when, such as 14:30 or 2026-03-05 08:00; now when not given.")] = "",
    back: Annotated[str, typer.Option(help="When power is expected, likewise; unknown when not given.")] = "",
) -> None:
    """Note an outage. Callers of that district hear of it from then on.

    Example: lianxin outage add 城区 --area 解放路 --back 18:00
    """
    from orders.outages import add_outage

    with books(create=True) as (session, zone):
        now = datetime.now(zone)
        outage = add_outage(
            session,
            district=_key(session, district),
            area=area,
            cause=cause.value,
            since=_moment(since, now) if since else now,
            expected_back=_moment(back, now) if back else None,
        )
        number = outage.id
    print(f"Outage {number} is noted.")


@app.command("list")
def list_outages(
    ended: Annotated[bool, typer.Option("--all", help="Those that have ended, too.")] = False,
) -> None:
    """Show the outages that are on or planned.

    Example: lianxin outage list
    """
    from rich.console import Console
    from rich.table import Table

    from orders.outages import outages

    table = Table("number", "district", "area", "cause", "since", "expected back", "ended")
    with books() as (session, zone):
        for one in outages(session, ended=ended):
            times = (
                f"{at.astimezone(zone):%Y-%m-%d %H:%M}" if at else ""
                for at in (one.since, one.expected_back, one.ended_at)
            )
            table.add_row(str(one.id), one.place.name, one.area or "all of it", one.cause, *times)
    Console(highlight=False, markup=False, soft_wrap=True).print(table)


@app.command()
def end(number: Annotated[int, typer.Argument(help="The outage's number, as `lianxin outage list` shows it.")]) -> None:
    """Power is back: callers hear no more of it.

    Example: lianxin outage end 3
    """
    from orders.outages import end_outage

    with books() as (session, zone):
        outage = end_outage(session, number, datetime.now(zone))
        ended = outage.ended_at
    print(f"Outage {number} in {outage.place.name} ended at {ended.astimezone(zone):%H:%M}." if ended else "")


def _key(session: "Session", district: str) -> str:
    """The key of a district given by key or name; as it was given when there is none, to be refused."""
    from orders.districts import all_districts

    return next((place.key for place in all_districts(session) if place.name == district.strip()), district)


def _moment(text: str, now: datetime) -> datetime:
    """A time of today, or a day with or without a time, in the utility's zone."""
    for form in ("%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d"):
        try:
            found = datetime.strptime(text.strip(), form).replace(tzinfo=now.tzinfo)
        except ValueError:
            continue
        return found.replace(year=now.year, month=now.month, day=now.day) if form == "%H:%M" else found
    raise typer.BadParameter(f"{text!r} is no time; write 14:30, or 2026-03-05 14:30")
