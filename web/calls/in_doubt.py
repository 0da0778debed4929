"""From one call to the next that waits for a person's word."""

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from web.calls.filters import Filters
from web.calls.queries import neighbours, page_of_calls
from web.parts import parts

desk = Blueprint("in_doubt", __name__)


@desk.get("/calls/<call_id>/next-in-doubt", endpoint="next")
def next_in_doubt(call_id: str) -> Response:
    """The next older call in doubt, or else the newest one; the list where none is left. 404 for no call."""
    filters, zone = Filters(unsure=True), parts().zone
    with parts().archive.reading() as s:
        _, older = neighbours(s, call_id, filters, zone)
        others = () if older else page_of_calls(s, filters, zone).rows
    found = older or next((row.id for row in others if row.id != call_id), "")
    if not found:
        flash(parts().text.pair("call.none-in-doubt"))
        return redirect(url_for("calls.list"))
    return redirect(url_for("calls.call", call_id=found, unsure="1"))
