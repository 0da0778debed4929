"""What a person says a call is about, beside what the machine said. Nothing is overwritten."""

from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from recordings.ledger import call_of, log_event
from recordings.tables import Call, Case, Correction, Triage

CATEGORY = "category"
"""The field that a correction of the category names."""


def current_category(call: Call) -> str:
    """The newest word: a person's, or else the machine's; empty while nobody said anything."""
    by_people = [correction.after for correction in call.corrections if correction.field == CATEGORY]
    by_machine = [verdict.category for verdict in call.verdicts]
    return (by_people or by_machine or [""])[-1]


def category_of_call() -> ColumnElement[str]:
    """The same in SQL, as an expression over Call: for filters, and for lists that load nothing else."""
    by_people = (
        select(Correction.after)
        .where(Correction.call_id == Call.id, Correction.field == CATEGORY)
        .order_by(Correction.id.desc())
        .limit(1)
        .correlate(Call)
        .scalar_subquery()
    )
    by_machine = (
        select(Triage.category)
        .where(Triage.call_id == Call.id)
        .order_by(Triage.id.desc())
        .limit(1)
        .correlate(Call)
        .scalar_subquery()
    )
    return func.coalesce(by_people, by_machine, "")


def urgency_of_call() -> ColumnElement[str]:
    """How urgent the machine took a call to be, in SQL, as an expression over Call; empty while it said nothing."""
    newest = select(Triage.urgency).where(Triage.call_id == Call.id).order_by(Triage.id.desc()).limit(1)
    return func.coalesce(newest.correlate(Call).scalar_subquery(), "")


def case_is_urgent() -> ColumnElement[bool]:
    """Whether a case is urgent, in SQL, over Case and its Call: told by key, or heard in what was said."""
    return Case.urgent | (urgency_of_call() == "urgent")


def correct_category(s: Session, call_id: str, user_id: int, category: str, at: datetime) -> Correction:
    """Note what a person says the call is about; agreeing with the machine is a word of its own. Raises CallUnknown.

    Which categories there are is for the caller to check.
    """
    call = call_of(s, call_id)
    correction = Correction(
        call_id=call_id, user_id=user_id, made_at=at, field=CATEGORY, before=current_category(call), after=category
    )
    s.add(correction)
    s.flush()
    s.expire(call, ["corrections"])
    log_event(s, call_id, "category-corrected", at, before=correction.before, after=category)
    return correction
