"""Having a recording tried again that was set aside."""

from flask import Blueprint, flash
from werkzeug.wrappers import Response

from recordings import stages
from recordings.errors import CallUnknown
from recordings.ledger import call_of
from web.calls.coming_back import back_to_call, check_address
from web.errors import CallMissing
from web.parts import now, parts

desk = Blueprint("again", __name__)
desk.before_request(check_address)


@desk.post("/calls/<call_id>/recordings/<recording_id>/again", endpoint="recording")
def recording(call_id: str, recording_id: str) -> Response:
    """Put it back to where it failed; one that is not set aside stays as it is. 404 for none of this call."""
    try:
        with parts().archive.session() as s:
            legs = call_of(s, call_id).legs
            if recording_id not in {each.id for leg in legs for each in leg.recordings}:
                raise CallMissing(call_id)
            taken_up = stages.take_up_again(s, recording_id, now())
    except CallUnknown:
        raise CallMissing(call_id) from None
    flash(parts().text.pair("recording.taken-up" if taken_up else "recording.not-aside"))
    return back_to_call(call_id, "category")
