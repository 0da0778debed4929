"""Keeping the filter of the list under a name, and letting go of it."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from recordings.errors import FilterRefused
from recordings.saved_filters import MOST, NAME_LENGTH, remove_filter, save_filter
from web.calls.filters import Filters
from web.parts import now, parts

desk = Blueprint("filters", __name__)


@desk.post("/calls/filters", endpoint="save")
def save() -> Response:
    """Keep the filter of the address, for oneself or for everybody."""
    filters = Filters.parse(request.args)
    name, shared = request.form.get("name", ""), request.form.get("shared") == "1"
    try:
        with parts().archive.session() as s:
            kept, was_shared = save_filter(s, current_user.id, name, filters.address(), shared=shared, at=now())
    except FilterRefused:
        flash(parts().text.pair("filter.refused", longest=NAME_LENGTH, most=MOST))
    else:
        withdrawn = was_shared and not shared
        said = "filter.withdrawn" if withdrawn else "filter.saved" if was_shared is None else "filter.replaced"
        flash(parts().text.pair(said, name=kept.name))
    return _back(filters)


@desk.post("/calls/filters/<int:filter_id>/remove", endpoint="remove")
def remove(filter_id: int) -> Response:
    """Let go of a filter of one's own. 404 for somebody else's."""
    with parts().archive.session() as s:
        if not remove_filter(s, current_user.id, filter_id):
            abort(404)
    flash(parts().text.pair("filter.removed"))
    return _back(Filters.parse(request.args))


def _back(filters: Filters) -> Response:
    address: dict[str, Any] = {**filters.address()}
    return redirect(url_for("calls.list", **address), 303)
