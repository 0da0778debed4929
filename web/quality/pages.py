"""What a reviewer works through, and the sheet of one call to confirm or overrule."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from recordings.appeals import decide_appeal, open_appeals
from recordings.errors import ReviewOutdated, ReviewRefused
from recordings.examples import examples, keep_example
from recordings.reviews import write_review
from recordings.samples import to_review
from web.calls.filters import Filters
from web.calls.opening import sheet_of_call
from web.calls.typed import masking
from web.errors import FilterUnknown
from web.looking import note_looking
from web.parts import now, parts
from web.quality.examples_file import example_rows
from web.quality.marks_form import Filled, read_marks
from web.quality.queue_file import appeal_rows, waiting_rows
from web.quality.shown import SheetShown, sheet_shown
from web.quality.staff import staff
from web.taking_away import hand_out, kind_of

desk = Blueprint("judging", __name__)


@desk.get("/quality", endpoint="queue")
def queue() -> str:
    """What was drawn for the reader and waits, and appeals that wait for somebody else than their reviewer."""
    with parts().archive.reading() as s:
        waiting = to_review(s, current_user.id)
        appeals = open_appeals(s)
    return render_template("quality_queue.html", waiting=waiting, appeals=appeals, zone=parts().zone, tab="queue")


@desk.get("/quality/waiting.<kind>", endpoint="export")
def export(kind: str) -> Response:
    """What waits for the reader, as CSV or XLSX. 400 for another kind of file."""
    wanted = kind_of(kind)
    with parts().archive.reading() as s:
        heads, rows = waiting_rows(s, current_user.id)
    return hand_out(wanted, "to-mark", heads, rows, f"to mark as {kind}")


@desk.get("/quality/appeals.<kind>", endpoint="appeals")
def appeals_file(kind: str) -> Response:
    """Appeals that nobody has decided, as CSV or XLSX. 400 for another kind of file."""
    wanted = kind_of(kind)
    with parts().archive.reading() as s:
        heads, rows = appeal_rows(s)
    return hand_out(wanted, "appeals", heads, rows, f"appeals as {kind}")


@desk.get("/quality/calls/<call_id>", endpoint="sheet")
def sheet(call_id: str) -> str:
    """The sheet of a call beside its sound. 404 when no agent spoke in it or it was not judged."""
    return _page(call_id)


@desk.post("/quality/calls/<call_id>", endpoint="mark")
def mark(call_id: str) -> AnyResponse | tuple[str, int]:
    """Keep a person's marks. Who comes second sees what the first did, with the own marks still in the form."""
    filled, shown = _sent(call_id)
    agent = _number("agent") or None
    if filled.trouble:
        return _page(call_id, filled, "sheet.reasons"), 400
    try:
        with parts().archive.session() as s:
            write_review(
                s,
                call_id,
                current_user.id,
                filled.marks(masking(s, call_id)),
                now(),
                score_id=_number("score"),
                agent_id=agent if agent in {user.id for user in staff(s)} else shown.agent_id,
                seen=_number("seen"),
            )
    except ReviewOutdated:
        return _page(call_id, filled, "sheet.quicker"), 409
    except ReviewRefused:
        return _page(call_id, filled, "sheet.refused"), 409
    flash(parts().text.pair("sheet.saved"))
    if request.form.get("then") == "next":
        with parts().archive.reading() as s:
            waiting = to_review(s, current_user.id, most=1)
        if waiting:
            return redirect(url_for("judging.sheet", call_id=waiting[0][1].id), 303)
        return redirect(url_for("judging.queue"), 303)
    return _back(call_id)


@desk.post("/quality/calls/<call_id>/ruling", endpoint="decide")
def decide(call_id: str) -> AnyResponse | tuple[str, int]:
    """Decide about the open appeal: reject it, or uphold it with the marks of the form. Never by its first reviewer."""
    filled, _ = _sent(call_id)
    upheld = request.form.get("upheld") == "1"
    if upheld and filled.trouble:
        return _page(call_id, filled, "sheet.reasons"), 400
    try:
        with parts().archive.session() as s:
            mask = masking(s, call_id)
            reason, marks = mask(request.form.get("ruling", "")), filled.marks(mask) if upheld else None
            decide_appeal(s, call_id, current_user.id, reason, now(), marks=marks)
    except ReviewRefused:
        return _page(call_id, filled, "sheet.not-decided"), 409
    flash(parts().text.pair("sheet.decided"))
    return _back(call_id)


@desk.post("/quality/calls/<call_id>/example", endpoint="example")
def example(call_id: str) -> AnyResponse:
    """Make the call one that others learn from, or no longer one."""
    kind = request.form.get("kind", "")
    if kind not in ("good", "bad", ""):
        raise FilterUnknown("kind", kind)
    _sent(call_id)
    try:
        with parts().archive.session() as s:
            comment = masking(s, call_id)(request.form.get("comment", ""))
            keep_example(s, call_id, current_user.id, kind, comment, now())  # type: ignore[arg-type]
    except ReviewRefused:
        flash(parts().text.pair("sheet.example-refused"))
    return _back(call_id)


@desk.get("/quality/examples", endpoint="examples")
def examples_shown() -> str:
    """Good and bad calls, with what is to be learnt from them."""
    with parts().archive.reading() as s:
        good, bad = examples(s, "good"), examples(s, "bad")
    return render_template("quality_examples.html", good=good, bad=bad, zone=parts().zone, tab="examples")


@desk.get("/quality/examples.<kind>", endpoint="learning")
def learning(kind: str) -> Response:
    """The examples as CSV or XLSX; with their agents for those who see how all do. 400 for another kind of file."""
    wanted = kind_of(kind)
    with parts().archive.reading() as s:
        heads, rows = example_rows(s, named=current_user.may("team"))
    return hand_out(wanted, "examples", heads, rows, f"examples as {kind}")


def _sent(call_id: str) -> tuple[Filled, SheetShown]:
    """The form as it was sent, beside the sheet as it stands. Raises SheetMissing."""
    with parts().archive.reading() as s:
        shown = sheet_shown(s, call_id, parts().zone)
    return read_marks(request.form, shown.machine), shown


def _page(call_id: str, filled: Filled | None = None, trouble: str = "") -> str:
    with parts().archive.reading() as s:
        shown = sheet_shown(s, call_id, parts().zone)
        call = sheet_of_call(s, call_id, Filters(), parts().zone)
        people = staff(s)
    note_looking(parts().archive, current_user.id, "viewed", call_id, now())
    return render_template(
        "quality_sheet.html",
        sheet=shown,
        call=call,
        form=filled or shown.form,
        trouble=trouble,
        people=people,
        tab="queue",
        text_of=dict(request.form) if filled else {},
    )


def _number(name: str) -> int:
    written = request.form.get(name, "")
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 10 else 0


def _back(call_id: str) -> AnyResponse:
    address: dict[str, Any] = {"call_id": call_id}
    return redirect(url_for("judging.sheet", **address), 303)
