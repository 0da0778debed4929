"""A month's praise and warnings, as a page and as a file; and how one agent did over the weeks."""

from datetime import timedelta

from flask import Blueprint, Response, render_template, request
from flask_login import current_user

from recordings.examples import examples
from recordings.tables import Audit, User
from web.errors import FilterUnknown, UserMissing
from web.parts import now, parts
from web.quality.days import month_of, next_month
from web.quality.standings import standings_of
from web.quality.weeks import weeks_of
from web.table_file import Cell, Kind, table_file

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
    if kind not in set(Kind):
        raise FilterUnknown("kind", kind)
    wanted, text = Kind(kind), parts().text
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
    file = table_file(wanted, [text.zh(column) for column in COLUMNS], rows)
    with parts().archive.session() as s:
        s.add(Audit(at=now(), user_id=current_user.id, action="exported", target=f"month {first:%Y-%m} as {kind}"))
    answer = Response(file, content_type=wanted.media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="quality-{first:%Y-%m}.{kind}"'
    return answer


@desk.get("/quality/agents/<int:user_id>", endpoint="agent")
def agent(user_id: int) -> str:
    """An agent's weeks and sheets. 404 for nobody."""
    with parts().archive.reading() as s:
        user = s.get(User, user_id)
        if user is None:
            raise UserMissing(user_id)
        weeks, calls = weeks_of(s, user_id, parts().zone, now())
    return render_template(
        "quality_agent.html", who=user.name, weeks=weeks, calls=calls, zone=parts().zone, tab="month"
    )
