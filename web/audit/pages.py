"""The audit, newest first, for an admin to look through."""

from flask import Blueprint, Response, render_template, request
from sqlalchemy import Select, select

from recordings.tables import Audit, User
from web.errors import FilterUnknown
from web.parts import parts
from web.taking_away import MOST, hand_out, kind_of

desk = Blueprint("audit", __name__)

PAGE = 100
"""Rows on one page."""
LONGEST = 80
"""Characters of what is looked for."""
COLUMNS = ("done.row", "done.when", "done.who", "done.what", "done.code", "done.about")


@desk.get("/audit", endpoint="list")
def list_of_rows() -> str:
    """A page of the audit; of one user, or about one thing, where the address names it."""
    who, about = _asked()
    wanted = _wanted(who, about)
    if before := _row():
        wanted = wanted.where(Audit.id < before)
    with parts().archive.reading() as s:
        rows = [
            (row.id, row.at.astimezone(parts().zone), name or "", name_of(row.action), row.action, row.target)
            for row, name in s.execute(wanted.limit(PAGE + 1))
        ]
    older = rows[PAGE - 1][0] if len(rows) > PAGE else 0
    return render_template("audit.html", rows=rows[:PAGE], older=older, who=who, about=about)


@desk.get("/audit/export.<kind>", endpoint="export")
def export(kind: str) -> Response:
    """The same as CSV or XLSX, the newest 20 000 rows, each with its hash. 400 for another kind of file."""
    wanted, (who, about), zone, text = kind_of(kind), _asked(), parts().zone, parts().text
    with parts().archive.reading() as s:
        rows = [
            (
                row.id,
                f"{row.at.astimezone(zone):%Y-%m-%d %H:%M:%S}",
                name or "",
                text.zh(did) if (did := name_of(row.action)) in text else "",
                row.action,
                row.target,
                row.hash,
            )
            for row, name in s.execute(_wanted(who, about).limit(MOST))
        ]
    heads = [*(text.zh(column) for column in COLUMNS), "SHA-256"]
    return hand_out(wanted, "audit", heads, rows, f"audit as {kind}")


def name_of(action: str) -> str:
    """The id of what an action is called; with which token it was done is not part of it."""
    return "did." + action.partition(" ")[0].replace(".", "-").replace("_", "-")


def _asked() -> tuple[str, str]:
    """Whose rows, and about what, as the address says."""
    who, about = (request.args.get(name, "").strip()[:LONGEST] for name in ("user", "target"))
    return who, about


def _wanted(who: str, about: str) -> Select[Audit, str]:
    wanted = select(Audit, User.name).outerjoin(User, User.id == Audit.user_id).order_by(Audit.id.desc())
    if who:
        wanted = wanted.where(User.name == who)
    return wanted.where(Audit.target == about) if about else wanted


def _row() -> int:
    """The row before which the page ends; 0 for the newest. Raises FilterUnknown."""
    value = request.args.get("before", "")
    if value and not (value.isascii() and value.isdecimal() and len(value) < 16):
        raise FilterUnknown("before", value)
    return int(value or 0)
