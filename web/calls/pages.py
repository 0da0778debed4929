"""The list of calls, the page of one call, and its correction."""

from itertools import groupby
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from recordings.call_state import CallState
from recordings.corrections import correct_category
from recordings.saved_filters import NAME_LENGTH, filters_of
from triage.verdict import Category
from web.calls.excerpt import excerpt
from web.calls.filters import LONGEST_SEARCH, Filters
from web.calls.in_full import in_full
from web.calls.judged import judged
from web.calls.opening import sheet_of_call
from web.calls.queries import last_word, neighbours, page_of_calls
from web.errors import CategoryUnknown
from web.looking import note_looking
from web.model_note import model_note
from web.parts import now, parts

desk = Blueprint("calls", __name__)

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
    place = _place()
    with parts().archive.reading() as s:
        page = page_of_calls(s, filters, parts().zone, **place)
        note = model_note(s, now())
        kept = filters_of(s, current_user.id)
    return render_template(
        "calls.html",
        page=page,
        days=[(day, list(rows)) for day, rows in groupby(page.rows, lambda row: row.started_at.date())],
        today=now().astimezone(parts().zone).date(),
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
        newer, older = neighbours(s, call_id, filters, parts().zone)
        note = model_note(s, now())
        whole = in_full(s, call_id)
    note_looking(parts().archive, current_user.id, "viewed", call_id, now())
    return render_template(
        "call.html",
        call=sheet,
        in_full=whole,
        judged=machine_audit,
        newer=newer,
        older=older,
        filters=filters,
        address=filters.address() | _place(),
        note=note,
        main=MAIN,
        rest=REST,
    )


@desk.post("/calls/<call_id>/category")
def correct(call_id: str) -> Response:
    """Keep a person's word on the category; the one that holds already changes nothing. 400 for no category."""
    filters = Filters.parse(request.args)
    wanted = request.form.get("category", "")
    if wanted not in set(Category):
        raise CategoryUnknown(wanted)
    with parts().archive.session() as s:
        changed = last_word(s, call_id) != wanted
        if changed:
            correct_category(s, call_id, current_user.id, wanted, now())
    text = parts().text
    flash(text.pair("triage.saved" if changed else "triage.unchanged", category=text[f"category.{wanted}"]))
    address: dict[str, Any] = {"call_id": call_id, **filters.address(), **_place()}
    return redirect(url_for("calls.call", **address, _anchor="category"), 303)


def _place() -> dict[str, str]:
    """Which page of the list the reader came from, as it stands in the address; nothing for the newest."""
    return {name: request.args[name] for name in ("after", "before") if request.args.get(name)}
