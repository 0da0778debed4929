"""Correcting what the machine heard: a whole turn, or one word that the vocabulary put right."""

from collections.abc import Sequence

from flask import Blueprint, flash, request
from flask_login import current_user
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from recordings.errors import CallUnknown, TextRefused, TurnUnknown
from recordings.tables import Turn
from recordings.turn_texts import LONGEST, correct_turn, corrected_turns, turn_of
from web.calls.aligning import aligned
from web.calls.coming_back import back_to_call, check_address
from web.calls.typed import masked
from web.errors import CallMissing, RepairUnknown, TurnMissing
from web.parts import now, parts

desk = Blueprint("correcting_words", __name__)
desk.before_request(check_address)

SHOWN = 60
"""Characters of a colleague's words that are said back."""


@desk.post("/calls/<call_id>/turns/<int:turn_id>/text", endpoint="turn")
def correct(call_id: str, turn_id: int) -> Response:
    """Keep what a person heard in a turn; personal data in it is masked as in the rest.

    A button that says it all sends `instead` beside the text field. Whoever was overtaken by a colleague is told so,
    and nothing of either is lost.
    """
    with parts().archive.session() as s:
        known = corrected_turns(s, call_id).get(turn_id)
        changed = _keep(s, call_id, turn_id, request.form.get("instead", request.form.get("text", "")))
    if changed and known and str(known.id) != request.form.get("seen", ""):
        flash(parts().text.pair("words.quicker", name=known.user.name, text=known.after[:SHOWN]))
    return _answer(call_id, turn_id, changed)


@desk.post("/calls/<call_id>/turns/<int:turn_id>/repair", endpoint="repair")
def repair(call_id: str, turn_id: int) -> Response:
    """Take back what the vocabulary put right in word number `at`, or put it right again: `to` says which."""
    with parts().archive.session() as s:
        turn = _turn(s, call_id, turn_id)
        shown, at = _shown(s, call_id, turn), request.form.get("at", "")
        place = int(at) if at.isascii() and at.isdecimal() and len(at) < 6 else -1
        word = turn.words[place] if 0 <= place < len(turn.words) else {}
        to = request.form.get("to", "")
        if "heard" not in word or to not in ("heard", "word"):
            raise RepairUnknown(at)
        shown[place] = word[to]
        changed = _keep(s, call_id, turn_id, "".join(shown))
    return _answer(call_id, turn_id, changed)


def _turn(s: Session, call_id: str, turn_id: int) -> Turn:
    try:
        return turn_of(s, call_id, turn_id)
    except TurnUnknown:
        raise TurnMissing(turn_id) from None
    except CallUnknown:
        raise CallMissing(call_id) from None


def _shown(s: Session, call_id: str, turn: Turn) -> list[str]:
    words: Sequence[str] = [word["word"] for word in turn.words]
    fix = corrected_turns(s, call_id).get(turn.id)
    return list(aligned(words, fix.after) if fix else words)


def _keep(s: Session, call_id: str, turn_id: int, text: str) -> bool | None:
    """Whether it changed anything; None when it cannot be kept. Raises CallMissing, TurnMissing."""
    _turn(s, call_id, turn_id)
    text = masked(s, call_id, text)
    try:
        return correct_turn(s, call_id, turn_id, current_user.id, text, now())
    except TextRefused:
        return None


def _answer(call_id: str, turn_id: int, changed: bool | None) -> Response:
    said = "words.refused" if changed is None else "words.saved" if changed else "words.unchanged"
    flash(parts().text.pair(said, most=LONGEST))
    return back_to_call(call_id, f"turn-{turn_id}")
