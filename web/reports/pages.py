"""The page of the day's figures, and its tables as files."""

from datetime import date, timedelta

from flask import Blueprint, Response, abort, render_template, request

from web.days import day_of
from web.parts import now, parts
from web.reports.gathered import DayReport, report_of_day
from web.reports.tables import TABLES
from web.taking_away import hand_out, kind_of

desk = Blueprint("reports", __name__)

A_DAY = timedelta(days=1)


@desk.get("/reports", endpoint="day")
def day_of_calls() -> str:
    """What people called about on a day, beside the week before, and what was promised for it."""
    day, today, report = _asked()
    return render_template(
        "reports.html",
        report=report,
        figures=report.figures,
        zone=parts().zone,
        today=today,
        earlier=day - A_DAY,
        later=day + A_DAY if day < today else None,
    )


@desk.get("/reports/<table>.<kind>", endpoint="export")
def export(table: str, kind: str) -> Response:
    """One table of the page as CSV or XLSX. 404 for a table that there is not, 400 for another kind of file."""
    if table not in TABLES:
        abort(404)
    wanted = kind_of(kind)
    day, _, report = _asked()
    heads, rows = TABLES[table](report, parts().text, parts().zone)
    return hand_out(wanted, f"{table}-{day}", heads, rows, f"{table} of {day} as {kind}")


def _asked() -> tuple[date, date, DayReport]:
    """The day of the address, a coming one taken for today; today; and the report. Raises FilterUnknown."""
    zone, at = parts().zone, now()
    today = at.astimezone(zone).date()
    day = min(day_of(request.args, "day", today), today)
    with parts().archive.reading() as s:
        return day, today, report_of_day(s, day, zone, at)
