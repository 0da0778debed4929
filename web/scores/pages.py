"""An agent's own sheets: how one does, each call's marks with their reasons, and an answer to them."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from recordings.appeals import answer_review
from recordings.errors import ReviewOutdated, ReviewRefused
from recordings.marks_of_agents import unanswered_calls
from web.calls.filters import Filters
from web.calls.opening import sheet_of_call
from web.calls.typed import masking
from web.days import month_of
from web.errors import FilterUnknown, SheetMissing
from web.looking import note_looking
from web.parts import now, parts
from web.quality.sheets_file import sheets_file
from web.quality.shown import sheet_shown
from web.quality.standings import standings_of
from web.quality.weeks import weeks_of

desk = Blueprint("scores", __name__)


@desk.get("/scores", endpoint="list")
def list_of_scores() -> str:
    """One's own weeks and sheets, and who is praised this month; warnings are for nobody but whom they concern."""
    zone = parts().zone
    first = month_of({}, now().astimezone(zone).date())
    with parts().archive.reading() as s:
        weeks, calls = weeks_of(s, current_user.id, zone, now())
        unanswered = unanswered_calls(s, current_user.id)
    with parts().archive.limited_to(()).reading() as s:
        standings = standings_of(s, first, zone, parts().quality)
    return render_template(
        "scores.html",
        weeks=weeks,
        calls=calls,
        unanswered=unanswered,
        praised=[each.agent for each in standings if each.standing == "praise"],
        mine=next((each for each in standings if each.agent_id == current_user.id), None),
        zone=zone,
    )


@desk.get("/scores.<kind>", endpoint="export")
def export(kind: str) -> Response:
    """All one's own sheets that the page lists, as CSV or XLSX. 400 for another kind of file."""
    with parts().archive.reading() as s:
        calls = {*weeks_of(s, current_user.id, parts().zone, now())[1], *unanswered_calls(s, current_user.id)}
    return sheets_file(kind, "my-scores", calls, "own sheets")


@desk.get("/scores/<call_id>", endpoint="sheet")
def sheet(call_id: str) -> str:
    """The marks of one's own call. 404 for another's, or one that nobody has reviewed."""
    return _page(call_id)


@desk.post("/scores/<call_id>", endpoint="answer")
def answer(call_id: str) -> Response | tuple[str, int]:
    """Acknowledge the review that counts, or appeal against it with a reason."""
    _page(call_id)  # Somebody else's is not there, whatever is sent.
    kind, written = request.form.get("answer", ""), request.form.get("review", "")
    if kind not in ("acknowledged", "appealed"):
        raise FilterUnknown("answer", kind)
    review = int(written) if written.isascii() and written.isdecimal() and len(written) < 10 else 0
    try:
        with parts().archive.session() as s:
            text = masking(s, call_id)(request.form.get("text", ""))
            answer_review(s, call_id, review, current_user.id, now(), appeal=kind == "appealed", text=text)
    except ReviewOutdated:
        return _page(call_id, "own-scores.outdated"), 409
    except ReviewRefused:
        return _page(call_id, "own-scores.refused"), 409
    flash(parts().text.pair(f"own-scores.{kind}"))
    return redirect(url_for("scores.sheet", call_id=call_id), 303)


def _page(call_id: str, trouble: str = "") -> str:
    with parts().archive.reading() as s:
        shown = sheet_shown(s, call_id, parts().zone)
        if not shown.reviews or shown.agent_id != current_user.id:
            raise SheetMissing(call_id)
        call = sheet_of_call(s, call_id, Filters(), parts().zone)
    note_looking(parts().archive, current_user.id, "viewed", call_id, now())
    text = request.form.get("text", "")
    return render_template("scores_sheet.html", sheet=shown, call=call, trouble=trouble, text=text)
