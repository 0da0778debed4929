"""Nobody sees a page but the signed-in who may: from here on the archive shows what is theirs."""

from flask import abort, g, redirect, request, url_for
from flask_login import current_user, logout_user
from werkzeug.wrappers import Response

from web.errors import ScopeMissing, TokenMissing
from web.parts import now, parts
from web.session.idle import idle_too_long
from web.session.rights import API, ROUTES, Right

OPEN = frozenset(endpoint for endpoint, right in ROUTES.items() if right is Right.NONE)
"""Endpoints for everybody."""
WITH_ONE_TIME_PASSWORD = OPEN | {"session.password", "session.change_password", "session.sign_out"}
"""Endpoints for a person who has yet to choose a password."""
BY_ITSELF = frozenset({"live.stream", "queue.live", "floor.live", "waves.call"})
"""What a page asks for by itself: it does not count as somebody being there."""
WITHOUT_FACTOR = WITH_ONE_TIME_PASSWORD | {"factor.page", "factor.confirm"}
"""Endpoints for a person who has yet to set up one-time codes."""
PAGE_OF_FORM = {
    "calls.correct": "calls.call",
    "again.recording": "calls.call",
    "correcting_words.turn": "calls.call",
    "correcting_words.repair": "calls.call",
    "callbacks.ask": "calls.call",
    "cases.move": "cases.list",
    "cases.take": "cases.list",
    "cases.promise": "cases.list",
    "filters.save": "calls.list",
    "correcting_facts.say": "calls.call",
    "notes.write": "calls.call",
    "notes.withdraw": "calls.call",
    "judging.mark": "judging.sheet",
    "judging.decide": "judging.sheet",
    "judging.example": "judging.sheet",
    "samples.draw": "samples.list",
    "calibrations.open": "calibrations.list",
    "calibrations.mark": "calibrations.call",
    "scores.answer": "scores.sheet",
    "programs.make": "programs.page",
    "programs.revoke": "programs.page",
    "hooks.add": "programs.page",
    "hooks.remove": "programs.page",
    "hooks.retry": "hooks.page",
    "amending.rule": "system.page",
    "amending.terms": "system.page",
    "amending.model": "system.page",
    "amending.menu": "system.menu",
    "people.add": "people.list",
    "people.change": "people.list",
    "people.reset": "people.list",
    "people.drop_factor": "people.list",
    "system.restore": "system.page",
    "outages.add": "outages.list",
    "outages.edit": "outages.list",
    "outages.end": "outages.list",
    "queue.presence": "queue.page",
    "queue.wish": "queue.page",
    "session.change_password": "session.password",
}
"""Where a form stands, by the endpoint that takes it: there one goes on after signing in again."""


def guard() -> Response | None:
    """Send whoever is not signed in to sign in, and whoever has a one-time password to change it.

    404 for whoever may not come: a page that is not theirs is not there.
    """
    if not all(_can_be_an_id(value) for value in (request.view_args or {}).values()):
        abort(404)
    if request.endpoint is None or request.endpoint in OPEN:
        return None
    if request.blueprint == API:
        _check_token(request.endpoint)
        return None
    if not current_user.is_authenticated:
        return redirect(url_for("session.sign_in", next=_wanted()), 302 if request.method == "GET" else 303)
    if idle_too_long(now(), parts().idle, used=request.endpoint not in BY_ITSELF):
        logout_user()
        return redirect(url_for("session.sign_in", next=_wanted()), 302 if request.method == "GET" else 303)
    if not current_user.may_come(request.endpoint):
        abort(404)
    _limit_archive()
    if current_user.must_change_password and request.endpoint not in WITH_ONE_TIME_PASSWORD:
        return redirect(url_for("session.password"))
    if must_set_up_factor() and request.endpoint not in WITHOUT_FACTOR:
        return redirect(url_for("factor.page"))
    return None


def _can_be_an_id(value: object) -> bool:
    """Whether a database would take it: a text without a NUL, which PostgreSQL has not, or a number of 32 bits."""
    return value < 2**31 if isinstance(value, int) else "\0" not in str(value)


def must_set_up_factor() -> bool:
    """Whether whoever is signed in may go nowhere before one-time codes are set up."""
    return current_user.role in parts().second_factor and not current_user.has_factor


def _check_token(endpoint: str) -> None:
    """The same for a program. What there is in the API is no secret, so what its token is not for is a 403."""
    if not current_user.is_authenticated:
        raise TokenMissing
    if not current_user.may_come(endpoint):
        raise ScopeMissing(ROUTES.get(endpoint, ""))
    _limit_archive()


def _limit_archive() -> None:
    if current_user.districts:
        g.archive = parts().archive.limited_to(current_user.districts)


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
