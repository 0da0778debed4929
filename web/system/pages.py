"""The pages of the system: models, rules and terms; the menu; health."""

from collections.abc import Sequence

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from recordings.amendments import amendments, terms_in_force
from recordings.retention import Terms
from recordings.tables import Heartbeat
from triage.verdict import Category
from web.errors import NothingToRestore
from web.parts import now, parts
from web.system.insight import Insight, MenuShown, Overview, RuleShown
from web.table_file import Cell
from web.taking_away import hand_out, kind_of

desk = Blueprint("system", __name__)
Page = AnyResponse | str | tuple[str, int]

RULE_COLUMNS = ("setup.rule", "setup.name", "setup.item", "setup.points", "setup.changed")


@desk.get("/system", endpoint="page")
def page() -> str:
    """Which model hears, what the classifier learnt from, which rules hold, for how long calls are kept."""
    return page_with()


@desk.get("/system/menu", endpoint="menu")
def menu() -> str:
    """The menu as callers meet it."""
    return menu_page(drawn_menu())


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
    """The rules as they hold, as CSV or XLSX."""
    wanted, text = kind_of(kind), parts().text
    with parts().archive.reading() as s:
        said = amendments(s, "rule")
        rows: list[list[Cell]] = []
        for rule in known_rules():
            value = said[rule.id].value if rule.id in said else {"points": rule.points, "off": False}
            cost = text.zh("setup.off") if value["off"] else text.zh("quality.fatal") if rule.fatal else value["points"]
            why = said[rule.id].reason if rule.id in said else ""
            rows.append([rule.id, rule.zh, text.zh(f"item.{rule.item}"), cost, why])
    return hand_out(wanted, "rules", [text.zh(column) for column in RULE_COLUMNS], rows, f"rules as {kind}")


def page_with(*, trouble: str = "", asked: int = 0, of: str = "") -> str:
    """The page; a form that was refused or is asked about keeps what was typed: `of` a rule, terms, or model."""
    seen = overview()
    with parts().archive.reading() as s:
        beats = s.scalars(select(Heartbeat).order_by(Heartbeat.name)).all()
        terms = terms_in_force(s, _terms_of(seen))
        return render_template(
            "system.html", overview=seen, beats=beats, at=now(), zone=parts().zone, tab="system",
            terms=terms, terms_said=amendments(s, "terms").get(""), said=amendments(s, "rule"),
            models_said=sorted(amendments(s, "model").values(), key=lambda said: said.id),
            categories=tuple(Category), trouble=trouble, asked=asked, of=of,
            typed=request.form if of else MultiDict[str, str](),
        )  # fmt: skip


def menu_page(shown: MenuShown, *, refused: str = "", tried: bool = False) -> str:
    """The page with that menu: the one in use, or one that is only tried."""
    with parts().archive.reading() as s:
        return render_template(
            "system_menu.html", menu=shown, said=amendments(s, "menu").get(""), zone=parts().zone, tab="menu",
            refused=refused, tried=tried, reason=request.form.get("reason", "") if tried else "",
        )  # fmt: skip


def drawn_menu(text: str | None = None) -> MenuShown:
    """The menu in use, or what that text would be; 404 where nobody can tell."""
    return _insight().menu(text)


def overview() -> Overview:
    """How the hotline is set up; 404 where nobody can tell."""
    return _insight().overview()


def known_rules() -> Sequence[RuleShown]:
    """The rules of the files."""
    return overview().rules


def file_terms() -> Terms:
    """For how long calls are kept by the settings."""
    return _terms_of(overview())


def _terms_of(overview: Overview) -> Terms:
    return Terms(overview.days, overview.days_by_category)


def _insight() -> Insight:
    """What the composition handed in; 404 where it handed in nothing."""
    if (insight := parts().insight) is None:
        abort(404)
    return insight
