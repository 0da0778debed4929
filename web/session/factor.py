"""Setting up one-time codes for oneself, and doing without them again."""

import segno
from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_login import current_user, login_user
from markupsafe import Markup
from werkzeug.wrappers import Response

from recordings import second_factor, users
from recordings.tables import SecondFactor, User
from web.parts import now, parts
from web.session.person import person_of

desk = Blueprint("factor", __name__)


@desk.get("/second-factor", endpoint="page")
def page() -> str:
    """The picture for the telephone, or that it is set up."""
    return _page()


@desk.post("/second-factor", endpoint="confirm")
def confirm() -> tuple[str, int] | str:
    """Take the first code; the page shows the recovery codes, and only this once. 400 for a wrong one."""
    with parts().archive.session() as s:
        user = s.get_one(User, current_user.id)
        codes = second_factor.confirm(s, user, "".join(request.form.get("code", "").split())[:10], now())
        if codes:
            users.end_sessions(user)
    if not codes:
        return _page("two-step.wrong"), 400
    login_user(person_of(user, current_user.signed_in))
    return render_template("factor.html", codes=codes, on=True, picture="", secret="", trouble="", must=False)


@desk.post("/second-factor/remove", endpoint="remove")
def remove() -> tuple[str, int] | Response:
    """Do without again; asks for the password, for a console may be left open. 400 when it is wrong."""
    with parts().archive.reading() as s:
        user = s.get_one(User, current_user.id)
    if not users.verify_password(user, request.form.get("password", "")[:200]):
        return _page("password.current-wrong"), 400
    with parts().archive.session() as s:
        second_factor.remove(s, s.get_one(User, current_user.id), now())
    session.modified = True
    flash(parts().text.pair("two-step.removed"))
    return redirect(url_for("factor.page"), 303)


def _page(trouble: str = "") -> str:
    factor, secret = _begun()
    picture = Markup(_picture(secret)) if factor.confirmed_at is None else ""
    return render_template(
        "factor.html",
        codes=(),
        on=factor.confirmed_at is not None,
        picture=picture,
        secret=" ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        trouble=parts().text.pair(trouble) if trouble else "",
        must=current_user.role in parts().second_factor,
    )


def _begun() -> tuple[SecondFactor, str]:
    """The factor and what the telephone is to know."""
    with parts().archive.reading() as s:
        known = s.get_one(User, current_user.id).second_factor
        if known is not None:
            return known, second_factor.secret_of(s, known)
    with parts().archive.session() as s:
        begun = second_factor.begin(s, s.get_one(User, current_user.id), now())
        return begun, second_factor.secret_of(s, begun)


def _picture(secret: str) -> str:
    """The code that a telephone's camera reads, as an SVG element."""
    code = segno.make(second_factor.address_of(secret, current_user.name), error="m")
    return code.svg_inline(scale=5, border=4, light="#fff", dark="#000", title=parts().text.both("two-step.picture"))
