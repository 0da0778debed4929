"""Correcting what counts of a call: a fact is not so, is something else, or is missing."""

from flask import Blueprint, flash, request
from flask_login import current_user
from werkzeug.wrappers import Response

from recordings.errors import CallUnknown, FactRefused
from recordings.fact_words import LONGEST, newest_word, say_fact
from triage.facts.fact import FactKind
from triage.privacy.finding import Kind
from web.calls.coming_back import back_to_call, check_address
from web.calls.typed import masked
from web.errors import CallMissing, FactKindUnknown
from web.parts import now, parts

desk = Blueprint("correcting_facts", __name__)
desk.before_request(check_address)

KINDS = frozenset(kind.value for kind in (*FactKind, *Kind))


@desk.post("/calls/<call_id>/facts", endpoint="say")
def say(call_id: str) -> Response:
    """Keep a person's word on a fact: `said` names it, `text` is what it is; without `said` it is new.

    A button that says it all sends `instead` beside the text field: '' where there is no such fact. Whoever was
    overtaken by a colleague is told so.
    """
    kind, text = request.form.get("fact", ""), request.form.get("instead", request.form.get("text", ""))
    if kind not in KINDS:
        raise FactKindUnknown(kind)
    try:
        with parts().archive.session() as s:
            text = masked(s, call_id, text)
            said = request.form.get("said", "") or text
            known = newest_word(s, call_id, kind, said)
            changed = say_fact(s, call_id, current_user.id, kind, said, text, now(), new="said" not in request.form)
    except CallUnknown:
        raise CallMissing(call_id) from None
    except FactRefused:
        flash(parts().text.pair("facts.refused", most=LONGEST))
    else:
        if changed and known and request.form.get("seen", str(known.id)) != str(known.id):
            flash(parts().text.pair("facts.quicker", name=known.by, text=known.text or "—"))
        flash(parts().text.pair("facts.saved"))
    return back_to_call(call_id, "said")
