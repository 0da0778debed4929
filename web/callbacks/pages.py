"""Asking that a resident be called back. How far it has come stands on the page of the call."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from orders.callbacks import request_callback
from orders.cases import find_case
from orders.errors import CallbackRefused
from web.calls.filters import Filters
from web.errors import CallMissing
from web.parts import now, parts

desk = Blueprint("callbacks", __name__)


@desk.post("/calls/<call_id>/callbacks", endpoint="ask")
def ask(call_id: str) -> Response:
    """Write down that the resident of a case is to be called back. 404 for a case that is not the call's.

    Asking again while one waits changes nothing. The controller makes the call, outside the quiet hours.
    """
    written = request.form.get("case", "")
    number = int(written) if written.isascii() and written.isdigit() and len(written) < 10 else 0
    try:
        with parts().archive.session() as s:
            case = find_case(s, number)
            if case is None or case.call_id != call_id or not parts().calls_back:
                raise CallMissing(call_id)
            request_callback(s, number, now(), user_id=current_user.id)
    except CallbackRefused:
        flash(parts().text.pair("callback.no-number"))
    place = {name: request.args[name] for name in ("after", "before") if request.args.get(name)}
    address: dict[str, Any] = {"call_id": call_id, **Filters.parse(request.args).address(), **place}
    return redirect(url_for("calls.call", **address, _anchor="callbacks"), 303)
