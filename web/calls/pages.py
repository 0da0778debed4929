"""The list of calls, the page of one call, and its correction."""

from itertools import groupby

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from recordings.call_state import CallState
from recordings.corrections import correct_category
from recordings.saved_filters import NAME_LENGTH, filters_of
from triage.facts.fact import FactKind
from triage.verdict import Category
from web.calls.coming_back import back_to_call, check_address, place_in_list
from web.calls.excerpt import excerpt
from web.calls.facets import recent_days
from web.calls.filters import LONGEST_SEARCH, Filters
from web.calls.in_full import in_full
from web.calls.judged import judged
from web.calls.opening import sheet_of_call
from web.calls.queries import last_word, neighbours, page_of_calls
from web.calls.sheet import Sheet
from web.calls.undoing import undo_of
from web.cases.queries import cases_of_call
from web.errors import CategoryUnknown
from web.looking import note_looking
from web.model_note import model_note
from web.parts import now, parts

desk = Blueprint("calls", __name__)
desk.before_request(check_address)

MAIN = (Category.REPAIR, Category.BILLING, Category.COMPLAINT)
"""The three that the hotline must tell apart; they come first and have keys of their own."""
REST = tuple(category for category in Category if category not in MAIN)


@desk.get("/")
def home() -> Response:
    """The list of calls is where an agent begins."""
    return redirect(url_for("calls.list"))


@desk.get("/calls", endpoint="list")
def list_of_calls() -> str:
    """One page of the list, newest first."""
    filters = Filters.parse(request.args)
    place = place_in_list()
    with parts().archive.reading() as s:
        page = page_of_calls(s, filters, parts().zone, **place)
        today = now().astimezone(parts().zone).date()
        recent = recent_days(s, filters, parts().zone, today)
        note = model_note(s, now())
        kept = filters_of(s, current_user.id)
    return render_template(
        "calls.html",
        page=page,
        days=[(day, list(rows)) for day, rows in groupby(page.rows, lambda row: row.started_at.date())],
        today=today,
        recent=recent,
        filters=filters,
        address=filters.address() | place,
        note=note,
        categories=MAIN + REST,
        states=tuple(CallState),
        kept=kept,
        name_length=NAME_LENGTH,
        longest_search=LONGEST_SEARCH,
        marked=excerpt,
    )


@desk.get("/calls/<call_id>", endpoint="call")
def one_call(call_id: str) -> str:
    """Everything about one call. 404 when there is none."""
    filters = Filters.parse(request.args)
    with parts().archive.reading() as s:
        sheet = sheet_of_call(s, call_id, filters, parts().zone)
        machine_audit = judged(s, call_id)
        cases = cases_of_call(s, call_id, now(), parts().zone)
        newer, older = neighbours(s, call_id, filters, parts().zone)
        note = model_note(s, now())
        whole = in_full(s, call_id)
    note_looking(parts().archive, current_user.id, "viewed", call_id, now())
    return render_template(
        "call.html",
        call=sheet,
        in_full=whole,
        judged=machine_audit,
        cases=cases,
        newer=newer,
        older=older,
        filters=filters,
        address=filters.address() | place_in_list(),
        note=note,
        main=MAIN,
        rest=REST,
        start=_moment(sheet),
        undo=undo_of(sheet, current_user.id, current_user.name),
        fact_kinds=tuple(FactKind),
    )


@desk.post("/calls/<call_id>/category")
def correct(call_id: str) -> Response:
    """Keep a person's word on the category; the one that holds already changes nothing. 400 for no category.

    Whoever was overtaken by a colleague is told so.
    """
    wanted = request.form.get("category", "")
    if wanted not in set(Category):
        raise CategoryUnknown(wanted)
    with parts().archive.session() as s:
        known = last_word(s, call_id)
        changed = known is None or known.after != wanted
        text = parts().text
        if known and changed and request.form.get("seen", known.after) != known.after:
            said = text[f"category.{known.after}"]
            flash(text.pair("triage.quicker", name=known.user.name, category=said))
        if changed:
            correct_category(s, call_id, current_user.id, wanted, now())
    flash(text.pair("triage.saved" if changed else "triage.unchanged", category=text[f"category.{wanted}"]))
    return back_to_call(call_id, "category")


def _moment(sheet: Sheet) -> float | None:
    """The second of the call that the address asks for, ?t=12.5; None for none, or one that the call does not have."""
    try:
        wanted = float(request.args.get("t", ""))
    except ValueError:
        return None
    return wanted if sheet.talk and 0 <= wanted <= sheet.talk.seconds else None
