"""The pages of the system: models, rules and terms; the menu; health."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from recordings.tables import Heartbeat
from web.errors import NothingToRestore
from web.parts import now, parts
from web.system.insight import Insight
from web.table_file import Cell
from web.taking_away import hand_out, kind_of

desk = Blueprint("system", __name__)

RULE_COLUMNS = ("setup.rule", "setup.name", "setup.item", "setup.points")


@desk.get("/system", endpoint="page")
def page() -> str:
    """Which model hears, what the classifier learnt from, which rules hold, for how long calls are kept."""
    with parts().archive.reading() as s:
        beats = s.scalars(select(Heartbeat).order_by(Heartbeat.name)).all()
    return render_template(
        "system.html", overview=_insight().overview(), beats=beats, at=now(), zone=parts().zone, tab="system"
    )


@desk.get("/system/menu", endpoint="menu")
def menu() -> str:
    """The menu as callers meet it."""
    return render_template("system_menu.html", menu=_insight().menu(), tab="menu")


@desk.get("/system/health", endpoint="health")
def health() -> str:
    """Every part, looked at now, and the mend for what is wrong."""
    return render_template("system_health.html", notices=_insight().health(), tab="health")


@desk.post("/system/classifier/restore", endpoint="restore")
def restore() -> AnyResponse:
    """Put the classifier before the last lesson back."""
    try:
        labels = _insight().restore_classifier()
    except NothingToRestore:
        flash(parts().text.pair("setup.nothing-before"))
    else:
        flash(parts().text.pair("setup.restored", labels=labels))
    return redirect(url_for("system.page"), 303)


@desk.get("/system/rules.<kind>", endpoint="rules")
def rules(kind: str) -> Response:
    """The rules as CSV or XLSX."""
    wanted, text = kind_of(kind), parts().text
    rows: list[list[Cell]] = [
        [rule.id, rule.zh, text.zh(f"item.{rule.item}"), text.zh("quality.fatal") if rule.fatal else rule.points]
        for rule in _insight().overview().rules
    ]
    return hand_out(wanted, "rules", [text.zh(column) for column in RULE_COLUMNS], rows, f"rules as {kind}")


def _insight() -> Insight:
    """What the composition handed in; 404 where it handed in nothing."""
    if (insight := parts().insight) is None:
        abort(404)
    return insight
