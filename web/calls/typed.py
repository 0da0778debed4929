"""What people type of a call, masked as the call's own words are."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from recordings.errors import SealBroken
from recordings.originals import originals_of_call
from recordings.sealing import Seal
from triage.privacy.masking import Said, redact, redact_again, said_in
from web.parts import parts


def masked(s: Session, call_id: str, text: str) -> str:
    """A correction of the call's words without personal data: what shows itself, and what was said and is masked there.

    As it is where the settings turn masking off.
    """
    seal = parts().seal
    return text if seal is None else redact(text, _said(s, call_id, seal)).text


def masking(s: Session, call_id: str) -> Callable[[str], str]:
    """Makes of what people write about the call the same without what was said in it and is masked there.

    Other numbers stay: where to ring instead is often what a note is for, and is written down nowhere else.
    """
    seal = parts().seal
    said = set() if seal is None else _said(s, call_id, seal)
    return lambda text: redact_again(text, said).text


def _said(s: Session, call_id: str, seal: Seal) -> set[Said]:
    """The personal data that was said in a call; none without the key: what shows itself is masked all the same."""
    known: set[Said] = set()
    try:
        for _, original in originals_of_call(s, call_id):
            known |= said_in(str(seal.open(original.sealed).get("text", "")))
    except SealBroken:
        pass
    return known
