"""Who looked at what, in the audit; and who is about to change something."""

from datetime import datetime, timedelta

from flask import request
from flask_login import current_user
from sqlalchemy import select

from recordings.archive import Archive
from recordings.tables import Audit
from web.parts import now, parts
from web.session.rights import ROUTES, Right

ONE_LOOK = timedelta(minutes=10)
"""How long looking at the same thing counts as one time; whoever goes on is written down again."""
TOLD_ELSEWHERE = frozenset({Right.NONE, Right.SELF})
"""Rights whose forms write their own line: signing in and out, and one's password."""
TARGET_LENGTH = 80
"""Characters that the database keeps of what was looked at or changed."""


def note_looking(archive: Archive, user_id: int, action: str, target: str, at: datetime) -> None:
    """Write down that somebody looks at or hears something, unless it was written a moment ago."""
    action += _program()
    noted = select(Audit.id).where(
        Audit.target == target, Audit.at > at - ONE_LOOK, Audit.user_id == user_id, Audit.action == action
    )
    with archive.reading() as s:
        known = s.scalar(noted.limit(1))
    if known is None:
        archive.note(Audit(at=at, user_id=user_id, action=action, target=target))


def _program() -> str:
    """Which token it is that works in the person's name; empty for the person."""
    return f" token-{current_user.token}" if current_user.token else ""


def note_changing() -> None:
    """Before a form is taken: who sends it, which one, and what about. Nothing is changed without a line of it."""
    endpoint = request.endpoint
    if request.method != "POST" or endpoint is None or ROUTES.get(endpoint, Right.NONE) in TOLD_ELSEWHERE:
        return
    about = " ".join(str(value) for value in (request.view_args or {}).values())
    action = endpoint + _program()
    parts().archive.note(Audit(at=now(), user_id=current_user.id, action=action, target=about[:TARGET_LENGTH]))
