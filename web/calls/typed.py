"""What people type of a call, masked as the call's own words are."""

from sqlalchemy.orm import Session

from recordings.errors import SealBroken
from recordings.originals import originals_of_call
from triage.privacy.masking import Said, redact, said_in
from web.parts import parts


def masked(s: Session, call_id: str, text: str) -> str:
    """The text without personal data: what shows itself, and what was said in the call and is masked there.

    As it is where the settings turn masking off.
    """
    seal = parts().seal
    if seal is None:
        return text
    known: set[Said] = set()
    try:
        for _, original in originals_of_call(s, call_id):
            known |= said_in(str(seal.open(original.sealed).get("text", "")))
    except SealBroken:
        pass  # Without the key nobody knows what was said; what shows itself is masked all the same.
    return redact(text, known).text
