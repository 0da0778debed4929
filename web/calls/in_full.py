"""Who reads and hears a call as it was: whoever has the right for all calls, and the owner of its case for that one."""

from flask_login import current_user
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from recordings.tables import Case
from web.session.rights import Right


def in_full(s: Session, call_id: str) -> bool:
    """Whether the reader may know what is masked for others in this call.

    The first-inquiry owner of its case must send a crew to an address, so they may. A program never gets it by that:
    its token would have to be for it, and none can be.
    """
    if current_user.may(Right.ORIGINALS):
        return True
    owned = exists().where(Case.call_id == call_id, Case.owner_id == current_user.id)
    return current_user.may(Right.OWN_ORIGINALS) and bool(s.scalar(select(owned)))
