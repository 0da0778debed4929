"""The supervisor's view of the floor; its live part renews itself."""

from flask import Blueprint, Response, render_template

from web.floor.queries import AtWork, Floor, floor
from web.parts import now, parts
from web.table_file import Cell
from web.taking_away import hand_out, kind_of

desk = Blueprint("floor", __name__)

COLUMNS = ("scene.agent", "hall.extension", "scene.state", "scene.with", "scene.since", "scene.answered")


@desk.get("/floor")
def page() -> str:
    """The whole page."""
    return render_template("floor.html", **_shown())


@desk.get("/floor/now")
def live() -> str:
    """The part of the page that changes by itself."""
    return render_template("floor_live.html", **_shown())


@desk.get("/floor.<kind>", endpoint="export")
def export(kind: str) -> Response:
    """The agents of this moment, as the page has them, as CSV or XLSX. 400 for another kind of file."""
    wanted, zone, at = kind_of(kind), parts().zone, now()
    with parts().archive.reading() as s:
        rows = [_row(one) for one in floor(s, at, zone).seats]
    heads = [parts().text.zh(column) for column in COLUMNS]
    return hand_out(wanted, f"floor-{at.astimezone(zone):%Y%m%d-%H%M%S}", heads, rows, f"floor as {kind}")


def _row(one: AtWork) -> tuple[Cell, ...]:
    text, call = parts().text, one.in_hand
    caller = ""
    if call:
        caller = (call.caller or text.zh("hall.withheld")) if call.seen else text.zh("scene.hidden")
    return (
        one.seat.name,
        one.seat.extension,
        " ".join(filter(None, (text.zh(one.standing), text.named("pause", one.pause) if one.pause else ""))),
        caller,
        f"{one.since:%Y-%m-%d %H:%M}" if one.since else "",
        one.answered,
    )


def _shown() -> dict[str, object]:
    at, zone = now(), parts().zone
    with parts().archive.reading() as s:
        found: Floor = floor(s, at, zone)
    return {"floor": found, "at": at.astimezone(zone), "zone": zone}
