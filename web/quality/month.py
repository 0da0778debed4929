"""A month's praise and warnings, as a page and as a file; and how one agent did over the weeks."""

from datetime import timedelta

from flask import Blueprint, Response, render_template, request

from recordings.examples import examples
from recordings.marks_of_agents import MarkedCall
from recordings.tables import User
from web.days import month_of, next_month
from web.errors import UserMissing
from web.parts import now, parts
from web.quality.sheets_file import sheets_file
from web.quality.standings import standings_of
from web.quality.weeks import Week, weeks_of
from web.table_file import Cell
from web.taking_away import hand_out, kind_of

desk = Blueprint("standings", __name__)

COLUMNS = ("month.agent", "month.reviewed", "month.mean", "month.fatal", "month.open", "month.lost", "month.standing")


@desk.get("/quality/month", endpoint="page")
def page() -> str:
    """Whom to praise before everybody, whom to speak with alone, and what the team can learn."""
    zone, today = parts().zone, now().astimezone(parts().zone).date()
    first = month_of(request.args, today)
    with parts().archive.reading() as s:
        standings = standings_of(s, first, zone, parts().quality)
        good, bad = examples(s, "good", 10), examples(s, "bad", 10)
    later = next_month(first)
    return render_template(
        "quality_month.html",
        first=first,
        standings=standings,
        good=good,
        bad=bad,
        terms=parts().quality,
        zone=zone,
        earlier=(first - timedelta(days=1)).replace(day=1),
        later=later if later <= today else None,
        tab="month",
    )


@desk.get("/quality/month/export.<kind>", endpoint="export")
def export(kind: str) -> Response:
    """The same as CSV or XLSX. 400 for another kind of file."""
    wanted, text = kind_of(kind), parts().text
    first = month_of(request.args, now().astimezone(parts().zone).date())
    with parts().archive.reading() as s:
        standings = standings_of(s, first, parts().zone, parts().quality)
    rows: list[tuple[Cell, ...]] = [
        (
            each.agent,
            each.reviewed,
            None if each.mean is None else round(each.mean, 1),
            each.fatal,
            each.open,
            "、".join(text.zh(f"item.{item}") for item, _ in each.lost),
            text.zh(f"standing.{each.standing}"),
        )
        for each in standings
    ]
    heads = [text.zh(column) for column in COLUMNS]
    return hand_out(wanted, f"quality-{first:%Y-%m}", heads, rows, f"month {first:%Y-%m} as {kind}")


@desk.get("/quality/agents/<int:user_id>", endpoint="agent")
def agent(user_id: int) -> str:
    """An agent's weeks and sheets. 404 for nobody."""
    user, weeks, calls = _how_did(user_id)
    return render_template("quality_agent.html", who=user, weeks=weeks, calls=calls, zone=parts().zone, tab="month")


@desk.get("/quality/agents/<int:user_id>.<kind>", endpoint="sheets")
def sheets(user_id: int, kind: str) -> Response:
    """The sheets of an agent as CSV or XLSX. 404 for nobody, 400 for another kind of file."""
    user, _, calls = _how_did(user_id)
    return sheets_file(kind, f"sheets-{user_id}", calls, f"sheets of {user.name}")


def _how_did(user_id: int) -> tuple[User, tuple[Week, ...], tuple[MarkedCall, ...]]:
    with parts().archive.reading() as s:
        user = s.get(User, user_id)
        if user is None:
            raise UserMissing(user_id)
        return user, *weeks_of(s, user_id, parts().zone, now())
