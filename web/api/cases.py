"""Cases for programs: what waits, one by its number, moving one on."""

from collections.abc import Sequence

from flask import request
from flask_login import current_user
from pydantic import BaseModel, ConfigDict
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from orders.cases import find_case, move_case
from orders.errors import CaseUnknown, MoveRefused
from orders.states import CaseState, next_states
from recordings.tables import Case, Listed
from web.api.shapes import Cases, CaseShape
from web.errors import CaseMissing, CaseMovedOn, FilterUnknown
from web.parts import now, parts

PAGE = 100
"""Cases in one answer."""


class MoveBody(BaseModel):
    """Where a case goes."""

    model_config = ConfigDict(extra="forbid")
    state: CaseState


def list_of_cases() -> Cases:
    """Cases, newest first; of one state where the address names it. Raises FilterUnknown."""
    wanted = select(Case).options(joinedload(Case.owner)).order_by(Case.number.desc())
    if state := request.args.get("state", ""):
        if state not in set(CaseState):
            raise FilterUnknown("state", state)
        wanted = wanted.where(Case.state == state)
    if before := request.args.get("before", ""):
        wanted = wanted.where(Case.number < int(before))
    with parts().archive.reading() as s:
        found = s.scalars(wanted.limit(PAGE + 1)).all()
        shown = _shown(s, found[:PAGE])
    return Cases(cases=shown, older=shown[-1].number if len(found) > PAGE else None)


def one_case(number: int) -> CaseShape:
    """Raises CaseMissing."""
    with parts().archive.reading() as s:
        found = find_case(s, number)
        if found is None:
            raise CaseMissing(number)
        return _shown(s, [found])[0]


def move(number: int, body: MoveBody) -> CaseShape:
    """Move a case on, once. Raises CaseMissing, and CaseMovedOn when it cannot go there from where it is."""
    try:
        with parts().archive.session() as s:
            move_case(s, number, body.state, now(), by=current_user.name)
    except CaseUnknown:
        raise CaseMissing(number) from None
    except MoveRefused as error:
        raise CaseMovedOn(str(error)) from None
    return one_case(number)


def _shown(s: Session, found: Sequence[Case]) -> list[CaseShape]:
    calls = select(Listed.call_id, Listed.category, Listed.urgent).where(Listed.call_id.in_([c.call_id for c in found]))
    known = {call_id: (category, urgent) for call_id, category, urgent in s.execute(calls)}
    zone, shown = parts().zone, []
    for case in found:
        category, urgent = known.get(case.call_id, ("", False))
        shown.append(
            CaseShape(
                number=case.number,
                call_id=case.call_id,
                opened_at=case.opened_at.astimezone(zone),
                category=category,
                state=case.state,
                moves=[state.value for state in next_states(CaseState(case.state))],
                urgent=case.urgent or urgent,
                district=case.district,
                contact=case.contact,
                promised=case.promised,
                promised_at=case.promised_at.astimezone(zone) if case.promised_at else None,
                owner=case.owner.name if case.owner else "",
            )
        )
    return shown
