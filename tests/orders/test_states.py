"""A case moves as its work does, and in no other way."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from orders.cases import cases, describe_case, known_case, move_case, newest_of, standing, urgent_among
from orders.commitments import Promised
from orders.errors import CaseUnknown, MoveRefused
from orders.states import MOVES, CaseState, check_move, next_states
from recordings import ledger
from recordings.tables import Transcript, Triage

REPAIR = [CaseState.DISPATCHED, CaseState.ARRIVED, CaseState.RESTORED, CaseState.CLOSED]


def test_a_repair_goes_from_open_to_closed_and_every_step_is_in_the_timeline(archive, case, now):
    with archive.session() as s:
        assert known_case(s, case).state == "open"
        for step, state in enumerate(REPAIR, 1):
            move_case(s, case, state, now + timedelta(minutes=step), by="王芳")
        moved = known_case(s, case)
        assert moved.state == "closed"
        assert moved.handled_at == now + timedelta(minutes=3), "handled when power was back, not when it was closed"
        steps = [event.detail for event in moved.call.events if event.kind == "case-moved"]
    assert [step["state"] for step in steps] == ["dispatched", "arrived", "restored", "closed"]
    assert {step["by"] for step in steps} == {"王芳"}


def test_what_was_not_solved_is_taken_up_anew(archive, case, now):
    with archive.session() as s:
        for state in (CaseState.DONE, CaseState.OPEN):
            moved = move_case(s, case, state, now)
    assert (moved.state, moved.handled_at) == ("open", None)


def test_every_move_that_is_not_named_is_refused_with_those_there_are():
    for state in CaseState:
        for to in set(CaseState) - MOVES[state]:
            with pytest.raises(MoveRefused) as refused:
                check_move(100001, state, to)
            assert f"case 100001 is {state} and cannot become {to}" in str(refused.value)
            assert all(way in str(refused.value) for way in next_states(state))


def test_a_refused_move_changes_nothing(archive, case, now):
    with pytest.raises(MoveRefused, match="dispatched, done"), archive.session() as s:
        move_case(s, case, CaseState.CLOSED, now)
    with archive.reading() as s:
        found = known_case(s, case)
        assert (found.state, [e.kind for e in found.call.events]) == ("open", ["rang", "case-opened"])


@pytest.mark.parametrize("number", [0, -1, 99, 2**40])
def test_a_number_that_is_no_case_is_named(archive, number):
    with pytest.raises(CaseUnknown, match=str(number)), archive.reading() as s:
        known_case(s, number)


def test_what_a_call_taught_is_kept_with_its_case(archive, case, now):
    with archive.session() as s:
        describe_case(s, case, contact="13800000001", district="2", urgent=True)
    with archive.reading() as s:
        found = known_case(s, case)
    assert (found.contact, found.district, found.urgent, found.promised, found.promised_at) == (
        "13800000001", "2", True, "", None
    )  # fmt: skip


def test_a_caller_is_recognised_by_the_newest_case_that_is_not_closed(archive, case, now):
    with archive.session() as s:
        other = ledger.open_case(s, call_id="call-1", flow="billing", at=now)
        for number in (case, other):
            describe_case(s, number, contact="13800000001")
        for state in (CaseState.DONE, CaseState.CLOSED):
            move_case(s, other, state, now)
        assert newest_of(s, "13800000001", now).number == case
        assert newest_of(s, "13800000001", now + timedelta(days=1)) is None, "too long ago"
        assert newest_of(s, "13900000000", now) is None
        assert newest_of(s, "", now) is None, "withheld"
        for state in REPAIR:
            move_case(s, case, state, now)
        assert newest_of(s, "13800000001", now).state == "closed"


def test_a_promise_is_late_only_while_it_is_not_kept(archive, case, now):
    with archive.session() as s:
        describe_case(s, case, promised=Promised.ARRIVAL, promised_at=now)
        assert not standing(s, case).late(now)
        assert standing(s, case).late(now + timedelta(seconds=1))
        for state in (CaseState.DISPATCHED, CaseState.ARRIVED):
            move_case(s, case, state, now)
        assert not standing(s, case).late(now + timedelta(hours=1))


def test_a_case_is_urgent_by_key_or_by_what_the_machine_heard(archive, case, now):
    with archive.session() as s:
        assert (urgent_among(s, [case]), cases(s, urgent=True)) == (set(), [])
        ledger.request_recording(s, call_id="call-1", side="caller", recording_id="r", at=now)
        heard = Transcript(recording_id="r", model="m", made_at=now, text="电线断了", turns=[])
        s.add(heard)
        s.flush()
        said = {"category": "repair", "confidence": 0.9, "urgency": "urgent"}
        s.add(Triage(call_id="call-1", transcript_id=heard.id, made_at=now, **said))
    with archive.reading() as s:
        assert urgent_among(s, [case, 999]) == {case}
        assert [each.number for each in cases(s, urgent=True)] == [case]
    with archive.session() as s:
        told = ledger.open_case(s, call_id="call-1", flow="repair", at=now)
        s.scalars(select(Triage)).one().urgency = "normal"
        describe_case(s, told, urgent=True)
    with archive.reading() as s:
        assert urgent_among(s, [case, told]) == {told}
