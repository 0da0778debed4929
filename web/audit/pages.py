"""The audit, newest first, for an admin to look through."""

from flask import Blueprint, render_template, request
from sqlalchemy import select

from recordings.tables import Audit, User
from web.errors import FilterUnknown
from web.parts import parts

desk = Blueprint("audit", __name__)

PAGE = 100
"""Rows on one page."""
LONGEST = 80
"""Characters of what is looked for."""


@desk.get("/audit", endpoint="list")
def list_of_rows() -> str:
    """A page of the audit; of one user, or about one thing, where the address names it."""
    who, about = request.args.get("user", "").strip()[:LONGEST], request.args.get("target", "").strip()[:LONGEST]
    wanted = select(Audit, User.name).outerjoin(User, User.id == Audit.user_id).order_by(Audit.id.desc())
    if who:
        wanted = wanted.where(User.name == who)
    if about:
        wanted = wanted.where(Audit.target == about)
    if before := _row():
        wanted = wanted.where(Audit.id < before)
    with parts().archive.reading() as s:
        rows = [
            (row.id, row.at.astimezone(parts().zone), name or "", row.action, row.target)
            for row, name in s.execute(wanted.limit(PAGE + 1))
        ]
    older = rows[PAGE - 1][0] if len(rows) > PAGE else 0
    return render_template("audit.html", rows=rows[:PAGE], older=older, who=who, about=about)


def _row() -> int:
    """The row before which the page ends; 0 for the newest. Raises FilterUnknown."""
    value = request.args.get("before", "")
    if value and not (value.isascii() and value.isdecimal() and len(value) < 16):
        raise FilterUnknown("before", value)
    return int(value or 0)
