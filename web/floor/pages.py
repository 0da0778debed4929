"""The supervisor's view of the floor; its live part renews itself."""

from flask import Blueprint, render_template

from web.floor.queries import Floor, floor
from web.parts import now, parts

desk = Blueprint("floor", __name__)


@desk.get("/floor")
def page() -> str:
    """The whole page."""
    return render_template("floor.html", **_shown())


@desk.get("/floor/now")
def live() -> str:
    """The part of the page that changes by itself."""
    return render_template("floor_live.html", **_shown())


def _shown() -> dict[str, object]:
    at, zone = now(), parts().zone
    with parts().archive.reading() as s:
        found: Floor = floor(s, at, zone)
    return {"floor": found, "at": at.astimezone(zone), "zone": zone}
