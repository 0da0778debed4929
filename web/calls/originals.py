"""What was said, word for word, for those with the right; reading it is written down first."""

from flask import Blueprint, render_template
from flask_login import current_user
from sqlalchemy import select

from recordings.originals import originals_of_call
from recordings.tables import Call
from web.calls.in_full import in_full
from web.errors import CallMissing
from web.looking import note_looking
from web.parts import now, parts

desk = Blueprint("originals", __name__)


@desk.get("/calls/<call_id>/original", endpoint="call")
def original(call_id: str) -> str:
    """The words of a call before masking. 404 when there is no such call, or its words are not for the reader."""
    seal = parts().seal
    with parts().archive.reading() as s:  # A call of another district is not found.
        if s.scalar(select(Call.id).where(Call.id == call_id)) is None or not in_full(s, call_id):
            raise CallMissing(call_id)
        found = [(each.id, each.leg.side, kept.sealed) for each, kept in originals_of_call(s, call_id)]
    note_looking(parts().archive, current_user.id, "original-read", call_id, now())
    recordings = [(name, side, seal.open(sealed)["turns"]) for name, side, sealed in found] if seal else []
    return render_template("original.html", call_id=call_id, recordings=recordings)
