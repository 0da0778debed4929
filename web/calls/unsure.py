"""Calls that wait for a person's word because the machine was not sure."""

from sqlalchemy import ColumnElement, func, select

from recordings.tables import Listed, Triage

SURE_FROM = 0.7
"""The confidence from which a category may stand without a second look: below it one in three is wrong."""


def unsure() -> ColumnElement[bool]:
    """Over the list of calls: words were said, the newest verdict is not sure, and no person has spoken yet."""
    newest = select(func.max(Triage.id)).where(Triage.call_id == Listed.call_id).correlate(Listed).scalar_subquery()
    doubtful = select(Triage.id).where(Triage.id == newest, Triage.confidence < SURE_FROM).correlate(Listed).exists()
    return (Listed.by_person == "") & (Listed.said != "") & doubtful
