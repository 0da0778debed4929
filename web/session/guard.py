"""Nobody sees a page but the signed-in: every page is closed unless it is named here."""

from flask import redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

OPEN = frozenset({"static", "session.sign_in", "session.enter"})
"""Endpoints for everybody."""
WITH_ONE_TIME_PASSWORD = OPEN | {"session.password", "session.change_password", "session.sign_out"}
"""Endpoints for a person who has yet to choose a password."""
PAGE_OF_FORM = {
    "calls.correct": "calls.call",
    "callbacks.ask": "calls.call",
    "cases.move": "cases.list",
    "cases.take": "cases.list",
    "notes.write": "calls.call",
    "session.change_password": "session.password",
}
"""Where a form stands, by the endpoint that takes it: there one goes on after signing in again."""


def guard() -> Response | None:
    """Send whoever is not signed in to sign in, and whoever has a one-time password to change it."""
    if request.endpoint is None or request.endpoint in OPEN:
        return None
    if not current_user.is_authenticated:
        return redirect(url_for("session.sign_in", next=_wanted()), 302 if request.method == "GET" else 303)
    if current_user.must_change_password and request.endpoint not in WITH_ONE_TIME_PASSWORD:
        return redirect(url_for("session.password"))
    return None


def _wanted() -> str | None:
    """The page that was asked for, or on which the form stood."""
    if request.method == "GET":
        return request.full_path.rstrip("?")
    page = PAGE_OF_FORM.get(request.endpoint or "")
    return url_for(page, **request.args.to_dict() | (request.view_args or {})) if page else None


def within(address: str) -> str:
    """The address when it is a page of this console, else the list of calls: signing in leads nowhere else."""
    inside = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if inside else url_for("calls.list")
