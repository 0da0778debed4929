"""The way back to a call's page from what was sent from it, with the reader's filters and place in the list."""

from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from web.calls.filters import Filters


def check_address() -> None:
    """Before anything is kept, say what is wrong with the filters that the form came with. Raises FilterUnknown."""
    if request.method == "POST":
        Filters.parse(request.args)


def back_to_call(call_id: str, anchor: str) -> Response:
    """To that part of the call's page. Raises FilterUnknown."""
    address: dict[str, Any] = {"call_id": call_id, **Filters.parse(request.args).address(), **place_in_list()}
    return redirect(url_for("calls.call", **address, _anchor=anchor), 303)


def place_in_list() -> dict[str, str]:
    """Which page of the list the reader came from, as it stands in the address; nothing for the newest."""
    return {name: request.args[name] for name in ("after", "before") if request.args.get(name)}
