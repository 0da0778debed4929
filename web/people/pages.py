"""The list of users, and everything that an admin says of one."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from recordings import second_factor, users
from recordings.errors import UserExists, UserRefused
from recordings.tables import Audit, District, User
from web.errors import UserMissing
from web.parts import now, parts
from web.table_file import Cell
from web.taking_away import hand_out, kind_of

desk = Blueprint("people", __name__)

COLUMNS = ("staff.name", "staff.role", "staff.districts", "staff.off", "staff.since", "two-step.title")


@desk.get("/people", endpoint="list")
def list_of_people() -> str:
    """Everybody who may sign in, or might again, with a form for each and one for a new one."""
    return _page()


@desk.get("/people/export.<kind>", endpoint="export")
def export(kind: str) -> Response:
    """Everybody, with role and districts, as CSV or XLSX. 400 for another kind of file."""
    wanted, text = kind_of(kind), parts().text
    with parts().archive.reading() as s:
        names = {row.key: row.name for row in s.scalars(select(District))}
        rows: list[list[Cell]] = [
            [
                user.name,
                text.named("role", user.role),
                "、".join(names.get(limit.district, limit.district) for limit in user.districts),
                text.zh("staff.off") if user.disabled else "",
                f"{user.created_at.astimezone(parts().zone):%Y-%m-%d %H:%M}",
                text.zh("staff.two-step") if user.second_factor and user.second_factor.confirmed_at else "",
            ]
            for user in s.scalars(select(User).order_by(User.disabled, User.name))
        ]
    return hand_out(wanted, "people", [text.zh(column) for column in COLUMNS], rows, f"people as {kind}")


@desk.post("/people", endpoint="add")
def add() -> tuple[str, int] | str:
    """Let somebody sign in; the page shows the one-time password, and only this once. 400 with what is wrong."""
    name, role = request.form.get("name", ""), request.form.get("role", "")
    password = users.one_time_password()
    try:
        with parts().archive.session() as s:
            user = users.add_user(s, name=name, role=role, password=password, must_change_password=True, at=now())
            s.flush()
            s.add(Audit(at=now(), user_id=current_user.id, action="user-added", target=user.name))
            users.set_districts(s, user.name, request.form.getlist("district"), now())
    except UserExists:
        return _page(trouble="staff.exists"), 400
    except UserRefused:
        return _page(trouble="staff.refused"), 400
    return _page(whose=user.name, password=password)


@desk.post("/people/<int:user_id>", endpoint="change")
def change(user_id: int) -> AnyResponse:
    """Give a user a role, districts, and whether to sign in; oneself only districts, for somebody must stay admin."""
    role, enabled = request.form.get("role", ""), request.form.get("enabled") == "1"
    try:
        with parts().archive.session() as s:
            user = _user(s, user_id)
            if user.id != current_user.id:
                users.set_role(s, user.name, role, now())
                if user.disabled is enabled:
                    (users.enable_user if enabled else users.disable_user)(s, user.name, now())
            users.set_districts(s, user.name, request.form.getlist("district"), now())
    except UserRefused:
        flash(parts().text.pair("staff.refused"))
    else:
        flash(parts().text.pair("staff.saved", name=user.name))
    return redirect(url_for("people.list", _anchor=f"user-{user_id}"), 303)


@desk.post("/people/<int:user_id>/password", endpoint="reset")
def reset(user_id: int) -> str:
    """Give a user a one-time password in place of a forgotten one; the page shows it, and only this once."""
    with parts().archive.session() as s:
        user = _user(s, user_id)
        password = users.reset_password(s, user.name, now())
    return _page(whose=user.name, password=password)


@desk.post("/people/<int:user_id>/second-factor", endpoint="drop_factor")
def drop_factor(user_id: int) -> AnyResponse:
    """Take away the one-time codes of somebody whose telephone is lost, and end the sessions."""
    with parts().archive.session() as s:
        user = _user(s, user_id)
        if second_factor.remove(s, user, now()):
            users.end_sessions(user)
    flash(parts().text.pair("staff.factor-removed", name=user.name))
    return redirect(url_for("people.list", _anchor=f"user-{user_id}"), 303)


def _user(s: Session, user_id: int) -> User:
    user = s.get(User, user_id)
    if user is None:
        raise UserMissing(user_id)
    return user


def _page(**said: str) -> str:
    with parts().archive.reading() as s:
        people = s.scalars(select(User).order_by(User.disabled, User.name)).all()
        districts = s.scalars(select(District).order_by(District.key)).all()
    given = {"whose": "", "password": "", "trouble": ""} | said
    return render_template("people.html", people=people, districts=districts, roles=users.ROLES, **given)
