"""Asking that a resident be called back. How far it has come stands on the page of the call."""

from flask import Blueprint, flash, request
from flask_login import current_user
from werkzeug.wrappers import Response

from orders.callbacks import request_callback
from orders.cases import find_case
from orders.errors import CallbackRefused
from web.calls.coming_back import back_to_call, check_address
from web.errors import CallMissing
from web.parts import now, parts

desk = Blueprint("callbacks", __name__)
desk.before_request(check_address)


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
    return back_to_call(call_id, "callbacks")
