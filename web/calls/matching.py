"""Which calls the filters want, as SQL. What counts is the newest of rows that are never changed."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, or_, select
from sqlalchemy import String as SqlString
from sqlalchemy.orm import aliased

from recordings.corrections import category_of_call
from recordings.tables import Call, Case, Leg, Recording, Transcript, Triage
from web.calls.filters import Filters
from web.calls.state import state_of_call
from web.calls.terms import number_of


def matching(filters: Filters, zone: ZoneInfo) -> Select[str]:
    """The ids of all calls for which the filters hold, in no order."""
    wanted = select(Call.id)
    if filters.category:
        wanted = wanted.where(category_of_call() == filters.category.value)
    if filters.day:
        midnight = datetime.combine(filters.day, time(), zone)
        next_midnight = datetime.combine(filters.day + timedelta(days=1), time(), zone)
        wanted = wanted.where(Call.started_at >= midnight, Call.started_at < next_midnight)
    if filters.state:
        wanted = wanted.where(state_of_call() == filters.state.value)
    if filters.urgent:
        wanted = wanted.where(_urgency() == "urgent")
    for term in filters.terms:
        wanted = wanted.where(_mentions(term))
    return wanted


def _urgency() -> ScalarSelect[str]:
    """The machine's newest word on the urgency, over Call."""
    newest = select(Triage.urgency).where(Triage.call_id == Call.id).order_by(Triage.id.desc()).limit(1)
    return newest.correlate(Call).scalar_subquery()


def _mentions(term: str) -> ColumnElement[bool]:
    """True of a Call whose newest transcripts, case number or caller hold the term; '%' and '_' mean themselves."""
    newer = aliased(Transcript)
    newest = select(func.max(newer.id)).where(newer.recording_id == Transcript.recording_id).correlate(Transcript)
    # Passages are joined by commas that nobody said: a search must find words on both sides of one.
    text = func.replace(Transcript.text, "，", "")
    said = (
        select(Transcript.id)
        .join(Recording)
        .join(Leg)
        .where(Leg.call_id == Call.id, Transcript.id == newest.scalar_subquery())
        .where(text.icontains(term, autoescape=True))
        .correlate(Call)
    )
    number = number_of(term)
    numbered = select(Case.number).where(Case.call_id == Call.id).correlate(Call)
    numbered = numbered.where(Case.number.cast(SqlString).contains(number, autoescape=True))
    return or_(said.exists(), numbered.exists(), Call.caller.contains(number, autoescape=True))
