"""The same calls before several reviewers, each without the others' marks; then how far they agree."""

from datetime import timedelta

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import selectinload
from werkzeug.wrappers import Response as AnyResponse

from quality.sampling import Candidate, draw
from recordings.calibrations import calibration_of, calibrations, open_calibration, reviews_in, write_calibrating
from recordings.errors import ReviewRefused
from recordings.samples import judged_calls
from recordings.tables import Call
from web.calls.filters import Filters
from web.calls.opening import sheet_of_call
from web.calls.typed import masking
from web.days import begin_of, day_of
from web.errors import CallMissing
from web.looking import note_looking
from web.parts import now, parts
from web.quality.agreeing import agreements
from web.quality.marks_form import Filled, begun, read_marks
from web.quality.shown import sheet_shown
from web.quality.staff import judges
from web.table_file import Cell
from web.taking_away import hand_out, kind_of

desk = Blueprint("calibrations", __name__)

MOST = 50
"""Calls of one calibration."""
A_MONTH = timedelta(days=30)


@desk.get("/quality/calibrations", endpoint="list")
def list_of_calibrations() -> str:
    """The form to begin one, and the newest ones."""
    return _list()


@desk.post("/quality/calibrations", endpoint="open")
def begin() -> AnyResponse | tuple[str, int]:
    """Draw calls of some days by seed and put them before the chosen reviewers. 400 with what is wrong."""
    zone, today = parts().zone, now().astimezone(parts().zone).date()
    first, last = day_of(request.form, "from", today - A_MONTH), day_of(request.form, "to", today)
    many, seed = _number("many"), _number("seed")
    with parts().archive.session() as s:
        people = {user.id for user in judges(s)} & {_int(value) for value in request.form.getlist("reviewer")}
        judged = judged_calls(s, begin_of(first, zone), begin_of(last + timedelta(days=1), zone))
        calls = draw([Candidate(call.call_id, str(call.agent_id or "")) for call in judged], min(many, MOST), seed)
        try:
            opened = open_calibration(s, current_user.id, request.form.get("name", ""), calls, people, now())
        except ReviewRefused:
            return _list("calibration.refused"), 400
    return redirect(url_for("calibrations.one", calibration_id=opened.id), 303)


@desk.get("/quality/calibrations.<kind>", endpoint="known")
def known(kind: str) -> Response:
    """The newest ones, as CSV or XLSX. 400 for another kind of file."""
    wanted, text = kind_of(kind), parts().text
    with parts().archive.reading() as s:
        rows: list[list[Cell]] = [
            [
                f"{each.made_at.astimezone(parts().zone):%Y-%m-%d %H:%M}",
                each.name,
                len(each.calls),
                "、".join(who.user.name for who in each.reviewers),
                each.id,
            ]
            for each in calibrations(s)
        ]
    columns = ("list.time", "calibration.name", "calibration.of-calls", "sample.reviewers", "calibration.number")
    return hand_out(wanted, "calibrations", [text.zh(column) for column in columns], rows, f"calibrations as {kind}")


@desk.get("/quality/calibrations/<int:calibration_id>", endpoint="one")
def one(calibration_id: int) -> str:
    """What the reader has yet to mark, and once that is done how far all agree. 404 when there is none."""
    with parts().archive.reading() as s:
        found = calibration_of(s, calibration_id)
        given = reviews_in(s, calibration_id)
        calls = [call.call_id for call in found.calls]
        wanted = select(Call).where(Call.id.in_(calls)).options(selectinload(Call.cases))
        known = {call.id: call for call in s.scalars(wanted)}
    people = [who.user_id for who in found.reviewers]
    mine = current_user.id in people
    left = [call for call in calls if mine and (call, current_user.id) not in given]
    done = {who.user.name: sum((call, who.user_id) in given for call in calls) for who in found.reviewers}
    result = None if left else agreements(calls, people, given)
    return render_template(
        "quality_calibration.html", found=found, calls=calls, known=known, left=left, mine=mine, done=done,
        result=result, given=given, tab="calibrations", zone=parts().zone,
    )  # fmt: skip


@desk.get("/quality/calibrations/<int:calibration_id>/agreement.<kind>", endpoint="export")
def export(calibration_id: int, kind: str) -> Response:
    """How far all agree, as CSV or XLSX. 404 for whoever still has calls to mark: nobody sees others' marks before."""
    wanted, text = kind_of(kind), parts().text
    with parts().archive.reading() as s:
        found = calibration_of(s, calibration_id)
        given = reviews_in(s, calibration_id)
    calls, people = [call.call_id for call in found.calls], [who.user_id for who in found.reviewers]
    if current_user.id in people and any((call, current_user.id) not in given for call in calls):
        abort(404)
    result = agreements(calls, people, given)
    rows: list[list[Cell]] = [
        [text.zh("sheet.fatal" if line.item == "fatal" else f"item.{line.item}"), line.same, result.calls, line.kappa]
        for line in result.lines
    ]
    heads = [*(text.zh(name) for name in ("calibration.item", "calibration.same", "calibration.of-calls")), "κ"]
    return hand_out(wanted, f"calibration-{calibration_id}", heads, rows, f"calibration {calibration_id} as {kind}")


@desk.get("/quality/calibrations/<int:calibration_id>/calls/<call_id>", endpoint="call")
def call(calibration_id: int, call_id: str) -> str:
    """One of its calls to mark, with the machine's findings and nobody else's marks."""
    return _call(calibration_id, call_id)


@desk.post("/quality/calibrations/<int:calibration_id>/calls/<call_id>", endpoint="mark")
def mark(calibration_id: int, call_id: str) -> AnyResponse | tuple[str, int]:
    """Keep the reader's marks in the calibration."""
    with parts().archive.reading() as s:
        filled = read_marks(request.form, sheet_shown(s, call_id, parts().zone).machine)
    if filled.trouble:
        return _call(calibration_id, call_id, filled), 400
    try:
        with parts().archive.session() as s:
            write_calibrating(s, calibration_id, call_id, current_user.id, filled.marks(masking(s, call_id)), now())
    except ReviewRefused:
        flash(parts().text.pair("calibration.marked-before"))
    return redirect(url_for("calibrations.one", calibration_id=calibration_id), 303)


def _call(calibration_id: int, call_id: str, filled: Filled | None = None) -> str:
    with parts().archive.reading() as s:
        found = calibration_of(s, calibration_id)
        if call_id not in {one.call_id for one in found.calls}:
            raise CallMissing(call_id)
        shown, opened = sheet_shown(s, call_id, parts().zone), sheet_of_call(s, call_id, Filters(), parts().zone)
    note_looking(parts().archive, current_user.id, "viewed", call_id, now())
    return render_template(
        "quality_calibrating.html", found=found, sheet=shown, call=opened, form=filled or begun(shown.machine),
        trouble="sheet.reasons" if filled else "", tab="calibrations",
    )  # fmt: skip


def _list(trouble: str = "") -> str:
    today = now().astimezone(parts().zone).date()
    with parts().archive.reading() as s:
        known, people = calibrations(s), judges(s)
    return render_template(
        "quality_calibrations.html", known=known, people=people, trouble=trouble, zone=parts().zone,
        first=request.form.get("from", (today - A_MONTH).isoformat()), last=request.form.get("to", today.isoformat()),
        many=request.form.get("many", "10"), seed=request.form.get("seed", f"{today:%Y%m%d}"), most=MOST,
        tab="calibrations",
    )  # fmt: skip


def _int(written: str) -> int:
    written = written.strip()
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 10 else 0


def _number(name: str) -> int:
    return _int(request.form.get(name, ""))
