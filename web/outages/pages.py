"""The list of outages; noting one, correcting it, and saying that power is back."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from orders import outages
from orders.districts import all_districts
from orders.errors import DistrictUnknown, OutageRefused, OutageUnknown
from orders.outages import Cause
from recordings.tables import Outage
from web.errors import OutageMissing
from web.outages.form import OutageForm
from web.parts import now, parts
from web.table_file import Cell
from web.taking_away import hand_out, kind_of

desk = Blueprint("outages", __name__)

COLUMNS = ("supply.district", "supply.place", "supply.cause", "supply.began", "supply.back", "supply.back-since")
Page = AnyResponse | tuple[str, int]


@desk.get("/outages", endpoint="list")
def list_of_outages() -> str:
    """What is off and what is planned, soonest first; with `ended` all that ever was."""
    return _page(ended=request.args.get("ended") == "1")


@desk.get("/outages/export.<kind>", endpoint="export")
def export(kind: str) -> Response:
    """The list as CSV or XLSX; with `ended` all that ever was. 400 for another kind of file."""
    wanted, text, zone = kind_of(kind), parts().text, parts().zone

    def written(moment: datetime | None) -> str:
        return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}" if moment else ""

    with parts().archive.reading() as s:
        rows: list[list[Cell]] = [
            [
                outage.place.name,
                outage.area or text.zh("supply.whole"),
                text.zh(f"outage-cause.{outage.cause}"),
                written(outage.since),
                written(outage.expected_back),
                written(outage.ended_at),
            ]
            for outage in outages.outages(s, ended=request.args.get("ended") == "1")
        ]
    return hand_out(wanted, "outages", [text.zh(column) for column in COLUMNS], rows, f"outages as {kind}")


@desk.post("/outages", endpoint="add")
def add() -> Page:
    """Note an outage: callers of that district hear of it from then on. 400 with what is wrong."""
    return _write(0, lambda s, known: outages.add_outage(s, **known), "supply.added")


@desk.post("/outages/<int:outage_id>", endpoint="edit")
def edit(outage_id: int) -> Page:
    """Write an outage anew. 400 with what is wrong, and nothing changed."""
    return _write(outage_id, lambda s, known: outages.edit_outage(s, outage_id, **known), "supply.saved")


@desk.post("/outages/<int:outage_id>/end", endpoint="end")
def end(outage_id: int) -> AnyResponse:
    """Power is back: callers hear no more of it."""
    try:
        with parts().archive.session() as s:
            outages.end_outage(s, outage_id, now())
    except OutageUnknown:
        raise OutageMissing(outage_id) from None
    flash(parts().text.pair("supply.ended-now"))
    return redirect(url_for("outages.list"), 303)


def _write(outage_id: int, keep: Callable[[Session, dict[str, Any]], Outage], said: str) -> Page:
    form = OutageForm.typed(request.form)
    try:
        since, back = form.times(now().astimezone(parts().zone))
        known: dict[str, Any] = {"district": form.district, "area": form.area, "cause": form.cause, "since": since}
        with parts().archive.session() as s:
            kept = keep(s, known | {"expected_back": back}).id
    except OutageUnknown:
        raise OutageMissing(outage_id) from None
    except DistrictUnknown:
        return _page(form=form, of=outage_id, trouble=parts().text.pair("supply.which-district")), 400
    except OutageRefused:
        return _page(form=form, of=outage_id, trouble=parts().text.pair("supply.refused")), 400
    flash(parts().text.pair(said))
    return redirect(url_for("outages.list", _anchor=f"outage-{kept}"), 303)


def _page(*, ended: bool = False, form: OutageForm | None = None, of: int = 0, trouble: str = "") -> str:
    """The page; a form that was refused keeps what was typed: that of outage `of`, or of a new one."""
    zone = parts().zone
    with parts().archive.reading() as s:
        rows = [(outage, OutageForm.of(outage, zone)) for outage in outages.outages(s, ended=ended)]
        districts = all_districts(s)
    typed = {of: form} if form else {}
    return render_template(
        "outages.html", rows=rows, districts=districts, causes=tuple(Cause), typed=typed, trouble=trouble,
        ended=ended, blank=OutageForm(), zone=zone, at=now(),
    )  # fmt: skip
