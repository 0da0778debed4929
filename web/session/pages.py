"""Signing in, signing out, and changing the password."""

from typing import cast

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from flask_login import current_user, login_user, logout_user
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response

from recordings import users
from recordings.tables import Audit, User
from web.error_pages import stale_form
from web.parts import now, parts
from web.session.codes import wait_for_code
from web.session.guard import within
from web.session.lockout import Lockout
from web.session.person import person_of

desk = Blueprint("session", __name__)

LONGEST_PASSWORD = 200
"""Characters; hashing more would only let strangers keep us busy."""


@desk.get("/sign-in")
def sign_in() -> str | Response:
    """The form, or on to the calls for whoever is signed in already."""
    wanted = request.args.get("next", "")
    if current_user.is_authenticated:
        return redirect(within(wanted))
    return render_template("sign_in.html", wanted=wanted, trouble="", given="")


@desk.post("/sign-in")
def enter() -> tuple[str, int] | Response:
    """Let in whoever knows the password; 401 for who does not, 429 after too many tries."""
    name, wanted = _given()
    secret, address = request.form.get("password", ""), request.remote_addr or ""
    if not _lockout().admits(name, address):
        return _refused("sign-in.locked", name, wanted), 429
    with parts().archive.reading() as s:
        user = users.user_by_name(s, name)
    right = users.verify_password(user, secret[:LONGEST_PASSWORD])
    with parts().archive.session() as s:
        # What was typed as a name is not kept: tired people type their password there.
        halfway = user is not None and person_of(user, 0).has_factor
        action = ("password-passed" if halfway else "signed-in") if right else "sign-in-refused"
        s.add(Audit(at=now(), user_id=user.id if user else None, action=action, target=address))
    if user is None or not right:
        return _refused("sign-in.wrong", name, wanted), 401
    _lockout().passed(name, address)
    if halfway:
        return wait_for_code(user, wanted)
    session.clear()
    session.permanent = True
    login_user(person_of(user, int(now().timestamp())))
    return redirect(within(wanted), 303)


@desk.errorhandler(CSRFError)
def grown_old(error: CSRFError) -> tuple[str, int]:
    """The sign-in form once more for who left it open for longer than its token holds; only the password is lost."""
    if request.endpoint != "session.enter":
        return stale_form(error)
    return _refused("sign-in.stale", *_given()), 400


@desk.post("/sign-out")
def sign_out() -> Response:
    """End every session of this person: a cookie that somebody copied is worth nothing any more."""
    with parts().archive.session() as s:
        users.end_sessions(s.get_one(User, current_user.id))
        s.add(Audit(at=now(), user_id=current_user.id, action="signed-out", target=request.remote_addr or ""))
    logout_user()
    session.clear()
    return redirect(url_for("session.sign_in"), 303)


@desk.get("/password")
def password() -> str:
    """The form for a new password."""
    return render_template("password.html", trouble="", least=users.PASSWORD_LENGTH)


@desk.post("/password")
def change_password() -> tuple[str, int] | Response:
    """Take the new password; every session of the old one ends but this. 400 with the reason when it will not do.

    429 after too many guesses at the current one: whoever finds a console open shall not find out its password.
    """
    address = request.remote_addr or ""
    if not _lockout().admits(current_user.name, address):
        return _unchanged("sign-in.locked"), 429
    current, new, again = (request.form.get(field, "") for field in ("current", "new", "again"))
    with parts().archive.reading() as s:
        user = users.user_by_name(s, current_user.name)
    known = users.verify_password(user, current[:LONGEST_PASSWORD])
    if known:
        _lockout().passed(current_user.name, address)
    trouble = _trouble(known, current, new, again)
    if trouble:
        return _unchanged(trouble), 400
    with parts().archive.session() as s:
        user = s.get_one(User, current_user.id)
        users.set_password(user, new)
        s.add(Audit(at=now(), user_id=user.id, action="password-changed"))
    login_user(person_of(user, current_user.signed_in))
    flash(parts().text.pair("password.saved"))
    return redirect(url_for("calls.list"), 303)


def _trouble(known: bool, current: str, new: str, again: str) -> str:
    """The id of what is wrong with a new password, or ''."""
    if not known:
        return "password.current-wrong"
    if len(new) < users.PASSWORD_LENGTH:
        return "password.too-short"
    if len(new) > LONGEST_PASSWORD:
        return "password.too-long"
    if new != again:
        return "password.differ"
    return "password.same" if new == current else ""


def _given() -> tuple[str, str]:
    """The name in the sign-in form, no longer than names are, and the page that was wanted."""
    return request.form.get("name", "").strip()[: users.NAME_LENGTH], request.form.get("next", "")


def _lockout() -> Lockout:
    return cast(Lockout, current_app.extensions["lianxin.lockout"])


def _unchanged(text_id: str) -> str:
    text = parts().text.pair(text_id, least=users.PASSWORD_LENGTH, most=LONGEST_PASSWORD)
    return render_template("password.html", trouble=text, least=users.PASSWORD_LENGTH)


def _refused(text_id: str, name: str, wanted: str) -> str:
    return render_template("sign_in.html", wanted=wanted, trouble=parts().text.pair(text_id), given=name)
