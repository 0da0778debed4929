"""Changing models, rules of quality, and for how long calls are kept, in the console; the files stay as they are."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, request, url_for
from flask_login import current_user

from recordings import amendments
from recordings.errors import AmendmentRefused
from recordings.retention import Terms, count_due
from triage.verdict import Category
from web.errors import RuleUnknown
from web.parts import now, parts
from web.system.pages import Page, drawn_menu, file_terms, known_rules, menu_page, overview, page_with

desk = Blueprint("amending", __name__)


@desk.post("/system/rules/<rule_id>", endpoint="rule")
def amend_rule(rule_id: str) -> Page:
    """Switch a rule off or on, or let it cost other points; with `back`, as its file says. 400 with what is wrong."""
    rule = next((rule for rule in known_rules() if rule.id == rule_id), None)
    if rule is None:
        raise RuleUnknown(rule_id)
    form, by = request.form, {"user_id": current_user.id, "at": now()}
    points = rule.points if rule.fatal else _whole(form.get("points", ""))
    try:
        if points is None:
            raise AmendmentRefused("points are a whole number between -100 and 0")
        with parts().archive.session() as s:
            if "back" in form:
                amendments.withdraw(s, "rule", rule_id, reason=form.get("reason", ""), **by)
            else:
                off = form.get("off") == "1"
                amendments.amend_rule(s, rule_id, points=points, off=off, reason=form.get("reason", ""), **by)
    except AmendmentRefused:
        return page_with(trouble=parts().text.pair("setup.rule-refused"), of=rule_id), 400
    flash(parts().text.pair("setup.rule-saved"))
    return redirect(url_for("system.page", _anchor=f"rule-{rule_id}"), 303)


@desk.post("/system/terms", endpoint="terms")
def amend_terms() -> Page:
    """Keep calls for other terms; with `back`, as the settings say. 400 with what is wrong.

    Terms by which more calls would go at the next purge are asked about first: nothing brings a call back.
    """
    form, by = request.form, {"user_id": current_user.id, "at": now()}
    back, reason = "back" in form, form.get("reason", "")
    terms = file_terms() if back else _typed_terms(form)
    try:
        if terms is None:
            raise AmendmentRefused("days are whole numbers")
        amendments.check_terms(terms)
        more = _more_due(terms)
        if more > 0 and form.get("sure") != str(more):
            return page_with(asked=more, of="terms")
        with parts().archive.session() as s:
            if back:
                amendments.withdraw(s, "terms", "", reason=reason, **by)
            else:
                amendments.amend_terms(s, terms, reason=reason, **by)
    except AmendmentRefused:
        return page_with(trouble=parts().text.pair("setup.terms-refused"), of="terms"), 400
    flash(parts().text.pair("setup.terms-saved"))
    return redirect(url_for("system.page", _anchor="kept"), 303)


@desk.post("/system/model", endpoint="model")
def amend_model() -> Page:
    """Hear with another model; with `back`, with those of the settings. 400 with what is wrong.

    Whoever changes one of the two leaves the other as it is.
    """
    form, by = request.form, {"user_id": current_user.id, "at": now()}
    reason, insight = form.get("reason", ""), overview()
    held: dict[amendments.ModelFor, str] = {"model": insight.model, "second_model": insight.second_model}
    there = {model.key for model in insight.models}
    try:
        with parts().archive.session() as s:
            if "back" in form:
                for use in amendments.models_said(s):
                    amendments.withdraw(s, "model", use, reason=reason, **by)
            else:
                for use, model in held.items():
                    wanted = form.get(use, "")
                    if wanted not in (there if use == "model" else there | {""}):
                        raise AmendmentRefused(f"there is no model {wanted} here")
                    if wanted != model:
                        amendments.amend_model(s, use, wanted, reason=reason, **by)
    except AmendmentRefused:
        return page_with(trouble=parts().text.pair("setup.model-refused"), of="model"), 400
    flash(parts().text.pair("setup.model-saved"))
    return redirect(url_for("system.page", _anchor="ears"), 303)


@desk.post("/system/menu", endpoint="menu")
def amend_menu() -> Page:
    """Let the next callers meet another menu; with `back`, that of the file; with `try`, only draw it.

    400 with what is wrong, and with everything that was typed.
    """
    form, by = request.form, {"user_id": current_user.id, "at": now()}
    back = "back" in form
    text = "\n".join(form.get("text", "").splitlines()) + "\n"
    shown = drawn_menu(text)
    if "try" in form:
        return menu_page(shown, tried=True)
    try:
        if not back and shown.trouble:
            raise AmendmentRefused(shown.trouble)
        with parts().archive.session() as s:
            if back:
                amendments.withdraw(s, "menu", "", reason=form.get("reason", ""), **by)
            else:
                amendments.amend_menu(s, text, reason=form.get("reason", ""), **by)
    except AmendmentRefused:
        return menu_page(shown, tried=True, refused=parts().text.pair("menu.refused")), 400
    flash(parts().text.pair("menu.saved"))
    return redirect(url_for("system.menu"), 303)


def _more_due(terms: Terms) -> int:
    """How many calls more than now the next purge would remove."""
    zone = parts().zone
    today = now().astimezone(zone).date()
    with parts().archive.reading() as s:
        in_force = amendments.terms_in_force(s, file_terms())
        return count_due(s, terms, today, zone) - count_due(s, in_force, today, zone)


def _typed_terms(form: Mapping[str, str]) -> Terms | None:
    """The terms of the form; None when something is no number. A category left empty is kept as all others are."""
    typed = {each.value: form.get(f"days-{each}", "").strip() for each in Category}
    days = {name: _whole(text) for name, text in typed.items() if text}
    everything = _whole(form.get("days", ""))
    known = {name: number for name, number in days.items() if number is not None}
    return None if everything is None or len(known) < len(days) else Terms(everything, known)


def _whole(text: str) -> int | None:
    text = text.strip().replace("−", "-")
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdecimal() and len(digits) < 6 else None
