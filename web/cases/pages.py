"""The list of cases, moving one on, taking one as one's own, and promising by when."""

from datetime import datetime

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from orders.cases import LATEST, known_case, move_case, promise_by
from orders.commitments import Promised
from orders.errors import CaseUnknown, MoveRefused, PromiseRefused
from orders.states import CaseState
from recordings.ledger import log_event
from web import times
from web.cases.queries import PAGE, View, count_by_view, rows_of_cases
from web.errors import CaseMissing, FilterUnknown
from web.parts import now, parts
from web.table_file import Cell
from web.taking_away import MOST, hand_out, kind_of
from web.text import Phrase, Text

desk = Blueprint("cases", __name__)

COLUMNS = (
    "list.case", "list.time", "list.category", "call.urgent", "supply.district", "list.caller", "report.promised",
    "report.due", "work.owner", "list.state", "list.id",
)  # fmt: skip


@desk.get("/cases", endpoint="list")
def list_of_cases() -> str:
    """The cases of a view, the most pressing first."""
    view, at = _view(), now()
    with parts().archive.reading() as s:
        rows = rows_of_cases(s, view, current_user.id, at, parts().zone)
        counts = count_by_view(s, current_user.id, at)
    shown = {"rows": rows, "view": view, "views": tuple(View), "counts": counts, "most": PAGE}
    return render_template("cases.html", promises=tuple(Promised), **shown)


@desk.get("/cases/export.<kind>", endpoint="export")
def export(kind: str) -> Response:
    """The cases of a view as CSV or XLSX. 400 for another kind of file."""
    wanted, view, text = kind_of(kind), _view(), parts().text
    with parts().archive.reading() as s:
        found = rows_of_cases(s, view, current_user.id, now(), parts().zone, MOST)
    rows: list[list[Cell]] = [
        [
            row.number,
            f"{row.opened_at:%Y-%m-%d %H:%M}",
            text.zh(f"category.{row.category}") if row.category else text.named("flow", row.flow),
            text.zh("call.urgent") if row.urgent else "",
            row.district,
            row.contact,
            text.named("promised", row.promised),
            f"{row.promised_at:%Y-%m-%d %H:%M}" if row.promised_at else "",
            row.owner,
            text.zh(f"case-state.{row.state}"),
            row.call_id,
        ]
        for row in found
    ]
    return hand_out(wanted, f"cases-{view}", [text.zh(column) for column in COLUMNS], rows, f"cases {view} as {kind}")


@desk.post("/cases/<int:number>/move", endpoint="move")
def move(number: int) -> AnyResponse:
    """Move a case on. Who comes second sees what the first did, and nothing is moved twice."""
    view, text = _view(), parts().text
    try:
        to = CaseState(request.form.get("state", ""))
    except ValueError:
        raise FilterUnknown("state", request.form.get("state", "")) from None
    try:
        with parts().archive.session() as s:
            move_case(s, number, to, now(), by=current_user.name)
    except CaseUnknown:
        raise CaseMissing(number) from None
    except MoveRefused:
        flash(text.pair("work.moved-before", number=str(number)))
    else:
        flash(text.pair("work.moved", number=str(number), state=text[f"case-state.{to}"]))
    return _back(view, number)


@desk.post("/cases/<int:number>/take", endpoint="take")
def take(number: int) -> AnyResponse:
    """Become the owner of a case that has none. The first who asks is it, and stays it."""
    view, text = _view(), parts().text
    try:
        with parts().archive.session() as s:
            found = known_case(s, number)
            owner = found.owner.name if found.owner else ""
            if not owner:
                found.owner_id = current_user.id
                log_event(s, found.call_id, "case-taken", now(), case=number, by=current_user.name)
    except CaseUnknown:
        raise CaseMissing(number) from None
    if owner and owner != current_user.name:
        flash(text.pair("work.taken-before", number=str(number), owner=owner))
    else:
        flash(text.pair("work.taken", number=str(number)))
    return _back(view, number)


@desk.post("/cases/<int:number>/promise", endpoint="promise")
def promise(number: int) -> AnyResponse:
    """Write down what the caller was promised in talk; a promise that stands there already stays."""
    view, text, at = _view(), parts().text, now().astimezone(parts().zone)
    try:
        with parts().archive.session() as s:
            known_case(s, number)  # One that is not there is not found, whatever was typed.
            what, by = _promised(request.form.get("what", ""), request.form.get("by", ""), at)
            promise_by(s, number, what, by, at, user=current_user.name)
    except CaseUnknown:
        raise CaseMissing(number) from None
    except PromiseRefused:
        flash(text.pair("work.promise-refused", number=str(number), days=LATEST.days))
    else:
        flash(text.pair("work.promise-kept", number=str(number), promise=_said(text, what, by)))
    return _back(view, number)


def _promised(what: str, by: str, now: datetime) -> tuple[Promised, datetime]:
    """What was promised, and by when on the utility's clock. Raises PromiseRefused for what is neither."""
    try:
        return Promised(what), datetime.strptime(by, times.TYPED).replace(tzinfo=now.tzinfo)
    except ValueError:
        raise PromiseRefused(f"{what[:20]!r} by {by[:20]!r} is no promise; choose both") from None


def _said(text: Text, what: Promised, by: datetime) -> Phrase:
    time = times.told(by)
    return Phrase(text.zh(f"case-promise.{what}", time=time), text.en(f"case-promise.{what}", time=time))


def _view() -> View:
    """The view of the address, the waiting ones when it names none. Raises FilterUnknown."""
    value = request.args.get("view", "")
    try:
        return View(value) if value else View.WAITING
    except ValueError:
        raise FilterUnknown("view", value) from None


def _back(view: View, number: int) -> AnyResponse:
    return redirect(url_for("cases.list", view=view.value, _anchor=f"case-{number}"), 303)
