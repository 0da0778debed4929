"""What people changed of the settings in the console: the newest word counts, and every one stays."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from recordings.errors import AmendmentRefused
from recordings.one_line import one_line
from recordings.retention import Terms
from recordings.tables import Amendment

LONGEST_TERM = 36500
"""Days for which a call can be kept."""
DEAREST = -100
"""Points that a rule can cost: the whole sheet."""
Kind = Literal["rule", "terms", "model", "menu"]
ModelFor = Literal["model", "second_model"]
"""What a model is for, as the settings call it: to hear a call when it has ended, or to hear it again."""


def amend_rule(
    s: Session, rule_id: str, *, points: int, off: bool, reason: str, user_id: int, at: datetime
) -> Amendment:
    """Let a rule cost other points, or not be asked, in every call judged from now on.

    Raises AmendmentRefused without a reason, and when the points are not between -100 and 0.
    """
    if not DEAREST <= points <= 0:
        raise AmendmentRefused(f"{points} points: a rule costs between {DEAREST} and 0")
    return _amend(s, "rule", rule_id, {"points": points, "off": off}, reason, user_id, at)


def amend_terms(s: Session, terms: Terms, *, reason: str, user_id: int, at: datetime) -> Amendment:
    """Keep calls for other terms. Raises AmendmentRefused without a reason, and for what `check_terms` refuses."""
    check_terms(terms)
    value = {"days": terms.days, "by_category": dict(terms.by_category)}
    return _amend(s, "terms", "", value, reason, user_id, at)


def amend_model(s: Session, use: ModelFor, model: str, *, reason: str, user_id: int, at: datetime) -> Amendment:
    """Hear with another model, by name or folder, or with none (""). Raises AmendmentRefused without a reason."""
    return _amend(s, "model", use, {"model": model}, reason, user_id, at)


def amend_menu(s: Session, text: str, *, reason: str, user_id: int, at: datetime) -> Amendment:
    """Let callers meet another menu, given as a menu file says it. Raises AmendmentRefused without a reason."""
    return _amend(s, "menu", "", {"text": text}, reason, user_id, at)


def check_terms(terms: Terms) -> None:
    """Raise AmendmentRefused for a term of less than a day, or of more than a century."""
    for days in (terms.days, *terms.by_category.values()):
        if not 0 < days <= LONGEST_TERM:
            raise AmendmentRefused(f"{days} days: a call is kept between 1 day and {LONGEST_TERM}")


def withdraw(s: Session, kind: Kind, name: str, *, reason: str, user_id: int, at: datetime) -> Amendment:
    """Let the file hold again. Raises AmendmentRefused without a reason."""
    return _amend(s, kind, name, {}, reason, user_id, at)


def amendments(s: Session, kind: Kind) -> Mapping[str, Amendment]:
    """What holds instead of the files, by name."""
    newest = select(func.max(Amendment.id)).where(Amendment.kind == kind).group_by(Amendment.name)
    rows = s.scalars(select(Amendment).where(Amendment.id.in_(newest)).options(joinedload(Amendment.user)))
    return {row.name: row for row in rows if row.value}


def terms_in_force(s: Session, of_the_file: Terms) -> Terms:
    """For how long calls are kept: as somebody said in the console, else as the settings say."""
    said = amendments(s, "terms").get("")
    return Terms(said.value["days"], said.value["by_category"]) if said else of_the_file


def models_said(s: Session) -> dict[str, str]:
    """Which models hear instead of those of the settings, by what they are for (`ModelFor`)."""
    return {use: str(row.value["model"]) for use, row in amendments(s, "model").items()}


def menu_said(s: Session) -> str | None:
    """What the menu file would say if it were the one in use; None while the file itself is."""
    said = amendments(s, "menu").get("")
    return str(said.value["text"]) if said else None


def _amend(
    s: Session, kind: Kind, name: str, value: dict[str, Any], reason: str, user_id: int, at: datetime
) -> Amendment:
    reason = one_line(reason)
    if not 0 < len(reason) <= 200:
        raise AmendmentRefused("say why, in 1 to 200 characters: others will want to know")
    row = Amendment(kind=kind, name=name, value=value, reason=reason, user_id=user_id, at=at)
    s.add(row)
    return row
