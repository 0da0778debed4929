"""`lianxin case`: what callers were given a number for, and how far it is."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from lianxin.cli.books import books

if TYPE_CHECKING:
    from orders.states import CaseState
    from recordings.tables import Case

app = typer.Typer(help="Cases: what callers were given a number for.", no_args_is_help=True)

Number = Annotated[int, typer.Argument(metavar="CASE", help="The case number, as the caller was told.")]
State = Annotated[str, typer.Option(help="open, dispatched, arrived, restored, done or closed.")]


@app.callback()
def _case() -> None:
    """Cases: what callers were given a number for."""


@app.command("list")
def list_cases(
    state: State = "",
    urgent: Annotated[bool, typer.Option("--urgent", help="Only urgent ones.")] = False,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only those whose promise is past and not kept.")] = False,
    most: Annotated[int, typer.Option(min=1, max=10000, help="How many at most.")] = 50,
) -> None:
    """Show cases, the newest first.

    Example: lianxin case list --overdue
    """
    from rich.console import Console
    from rich.table import Table

    from orders.cases import cases, urgent_among

    table = Table("case", "flow", "opened", "state", "urgent", "promised", "owner")
    with books() as (session, zone):
        wanted = _state(state) if state else None
        now = datetime.now(UTC) if overdue else None
        found = cases(session, state=wanted, urgent=urgent, overdue_at=now, limit=most)
        pressing = urgent_among(session, [case.number for case in found])
        for case in found:
            opened = f"{case.opened_at.astimezone(zone):%Y-%m-%d %H:%M}"
            owner = case.owner.name if case.owner else ""
            table.add_row(
                str(case.number),
                case.flow,
                opened,
                case.state,
                "yes" if case.number in pressing else "",
                _promise(case, zone),
                owner,
            )
    Console(highlight=False, markup=False, soft_wrap=True).print(table)


@app.command()
def show(number: Number) -> None:
    """Show one case, and where it can be moved.

    Example: lianxin case show 100017
    """
    from orders.cases import known_case, urgent_among
    from orders.states import CaseState, next_states

    with books() as (session, zone):
        case = known_case(session, number)
        told = {
            "case": str(case.number),
            "flow": case.flow,
            "opened": f"{case.opened_at.astimezone(zone):%Y-%m-%d %H:%M:%S}",
            "state": case.state,
            "urgent": "yes" if urgent_among(session, [number]) else "no",
            "promised": _promise(case, zone) or "nothing",
            "district": case.district or "not known",
            "customer number": case.customer_number or "not known",
            "call back": case.contact or "withheld",
            "owner": case.owner.name if case.owner else "nobody",
            "call": case.call_id,
            "can become": ", ".join(next_states(CaseState(case.state))) or "nothing else",
        }
    for name, value in told.items():
        print(f"{name + ':':<17}{value}")


@app.command()
def move(number: Number, state: Annotated[str, typer.Argument(help="Where to; see `lianxin case show`.")]) -> None:
    """Move a case on. A move that cannot be is refused, with those that can.

    Example: lianxin case move 100017 dispatched
    """
    from orders.cases import move_case

    with books() as (session, _):
        case = move_case(session, number, _state(state), datetime.now(UTC), by="lianxin case")
    print(f"Case {case.number} is {case.state}.")


def _state(text: str) -> "CaseState":
    from orders.states import CaseState

    try:
        return CaseState(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no state; choose one of {', '.join(CaseState)}") from None


def _promise(case: "Case", zone: ZoneInfo) -> str:
    return f"{case.promised} by {case.promised_at.astimezone(zone):%m-%d %H:%M}" if case.promised_at else ""
