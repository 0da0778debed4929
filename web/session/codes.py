"""The second step of signing in: a one-time code, for whoever set one up."""

from typing import cast

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from flask_login import login_user
from werkzeug.wrappers import Response

from recordings.second_factor import passes
from recordings.tables import Audit, User
from web.parts import now, parts
from web.session.guard import within
from web.session.lockout import Lockout
from web.session.person import Person, person_of

desk = Blueprint("codes", __name__)

HALFWAY = "halfway"
"""Where the cookie keeps who gave the right password: id, stamp, and since when."""
PATIENCE = 300
"""Seconds from the password to the code."""
LONGEST = 40
"""Characters; recovery codes have ten."""


def wait_for_code(user: User, wanted: str) -> Response:
    """On to the second step for somebody whose password was right."""
    session.clear()
    session[HALFWAY] = [user.id, person_of(user, 0).stamp, int(now().timestamp())]
    return redirect(url_for("codes.ask", next=wanted), 303)


@desk.get("/sign-in/code", endpoint="ask")
def ask() -> str | Response:
    """The form for the code; back to the first step for whoever did not give the password, or long ago."""
    if _halfway() is None:
        return redirect(url_for("session.sign_in", next=request.args.get("next", "")))
    return render_template("code.html", wanted=request.args.get("next", ""), trouble="")


@desk.post("/sign-in/code", endpoint="enter")
def enter() -> tuple[str, int] | Response:
    """Let in whoever has the code; 401 for a wrong one, 429 after too many, whatever addresses they came from."""
    wanted, address, person = request.form.get("next", ""), request.remote_addr or "", _halfway()
    if person is None:
        return redirect(url_for("session.sign_in", next=wanted), 303)
    lockout = cast(Lockout, current_app.extensions["lianxin.lockout"])
    # Counted apart from passwords: the right password must not forgive wrong codes.
    if not lockout.admits(f"code of {person.id}", f"codes of {person.id}"):
        return _page("sign-in.locked", wanted), 429
    with parts().archive.session() as s:
        user = s.get_one(User, person.id)
        right = passes(s, user, request.form.get("code", "")[:LONGEST], now())
        action = "signed-in" if right else "code-refused"
        s.add(Audit(at=now(), user_id=user.id, action=action, target=address))
    if not right:
        return _page("code.wrong", wanted), 401
    lockout.passed(f"code of {person.id}", f"codes of {person.id}")
    session.clear()
    session.permanent = True
    login_user(person_of(user, int(now().timestamp())))
    return redirect(within(wanted), 303)


def _halfway() -> Person | None:
    """Who gave the right password just now, if nothing about the user changed since."""
    kept = session.get(HALFWAY)
    if not isinstance(kept, list) or len(kept) != 3 or now().timestamp() - kept[2] > PATIENCE:
        return None
    with parts().archive.reading() as s:
        user = s.get(User, kept[0])
    if user is None or user.disabled:
        return None
    person = person_of(user, 0)
    return person if person.stamp == kept[1] else None


def _page(text_id: str, wanted: str) -> str:
    return render_template("code.html", wanted=wanted, trouble=parts().text.pair(text_id))
