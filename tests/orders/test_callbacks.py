"""Who is called back, when, how often, and what becomes of the case."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from orders.callback_attempts import begin_attempt, end_attempt, note_answer, open_attempts
from orders.callback_rules import CallbackRules, check_address, number_of
from orders.callbacks import callback_by_id, callbacks_of_call, newest_callbacks, request_callback, request_due
from orders.cases import describe_case, known_case, move_case
from orders.errors import CallbackRefused, CaseUnknown
from orders.states import CaseState
from recordings import ledger

ZONE = ZoneInfo("Asia/Shanghai")


def rules(begin: str = "08:00", end: str = "20:00", tries: int = 3) -> CallbackRules:
    hours = (time.fromisoformat(begin), time.fromisoformat(end))
    return CallbackRules(timedelta(hours=24), tries, timedelta(minutes=60), *hours, ZONE)


def here(day: int, clock: str) -> datetime:
    """A moment of July in the utility's zone, in UTC."""
    return datetime.combine(date(2026, 7, day), time.fromisoformat(clock), ZONE).astimezone(UTC)


@pytest.mark.parametrize(
    ("begin", "end", "asked", "allowed"),
    [
        ("08:00", "20:00", here(1, "12:00"), here(1, "12:00")),
        ("08:00", "20:00", here(1, "08:00"), here(1, "08:00")),
        ("08:00", "20:00", here(1, "07:59"), here(1, "08:00")),
        ("08:00", "20:00", here(1, "20:00"), here(2, "08:00")),
        ("08:00", "20:00", here(1, "23:30"), here(2, "08:00")),
        ("08:00", "20:00", here(2, "00:10"), here(2, "08:00")),
        ("20:00", "02:00", here(1, "23:30"), here(1, "23:30")),
        ("20:00", "02:00", here(1, "12:00"), here(1, "20:00")),
        ("20:00", "02:00", here(1, "02:00"), here(1, "20:00")),
        ("00:00", "00:00", here(1, "03:00"), here(1, "03:00")),
    ],
)
def test_nobody_is_called_in_the_quiet_hours_of_where_they_live(begin, end, asked, allowed):
    assert rules(begin, end).allowed(asked) == allowed


def test_a_callback_in_the_quiet_hours_waits_for_the_morning_unless_somebody_insists(archive, case):
    with archive.session() as s:
        callback_id = request_callback(s, case, here(1, "22:00")).id
        assert begin_attempt(s, "a1", "main", rules(), here(1, "22:01")) is None
        assert begin_attempt(s, "a1", "main", rules(), here(2, "07:59")) is None
        request_callback(s, case, here(1, "22:02"), at_any_hour=True)
        assert begin_attempt(s, "a1", "main", rules(), here(1, "22:03")).id == callback_id


def test_who_is_not_reached_is_called_again_after_a_while_and_given_up_after_the_last_try(archive, case):
    noon = here(1, "12:00")
    with archive.session() as s:
        callback_id = request_callback(s, case, noon).id
        for number, result in enumerate(("busy", "no-answer", "machine")):
            at = noon + timedelta(minutes=60 * number)
            assert begin_attempt(s, f"a{number}", "main", rules(), at - timedelta(seconds=1)) is None
            begin_attempt(s, f"a{number}", "main", rules(), at)
            assert begin_attempt(s, "other", "main", rules(), at) is None, "nobody is called twice at a time"
            end_attempt(s, f"a{number}", result, rules(), at)
        callback = callback_by_id(s, callback_id)
        assert (callback.state, [a.result for a in callback.attempts]) == (
            "given-up", ["busy", "no-answer", "machine"]
        )  # fmt: skip
        tried = [event.detail["result"] for event in known_case(s, case).call.events if event.kind == "callback-tried"]
    assert tried == ["busy", "no-answer", "machine"]


def test_an_attempt_ends_once(archive, case):
    noon = here(1, "12:00")
    with archive.session() as s:
        request_callback(s, case, noon)
        begin_attempt(s, "a", "main", rules(), noon)
        assert [attempt.id for attempt in open_attempts(s, "main")] == ["a"]
        assert open_attempts(s, "elsewhere") == []
        end_attempt(s, "a", "answered", rules(), noon)
        end_attempt(s, "a", "lost", rules(), noon)
        assert open_attempts(s, "main") == []
        assert newest_callbacks(s)[0].state == "reached"


def test_due_is_whose_work_ended_a_day_ago_and_nobody_asked_about_since(archive, case):
    done = here(1, "12:00")
    with archive.session() as s:
        assert request_due(s, rules(), done) == [], "the work is not done"
        move_case(s, case, CaseState.DONE, done)
        assert request_due(s, rules(), done + timedelta(hours=23, minutes=59)) == []
        assert request_due(s, rules(), done + timedelta(hours=24)) == [case]
        assert request_due(s, rules(), done + timedelta(hours=25)) == [], "it is asked for once"
        move_case(s, case, CaseState.OPEN, done + timedelta(hours=30))
        move_case(s, case, CaseState.DONE, done + timedelta(hours=40))
        begin_attempt(s, "a", "main", rules(), done + timedelta(hours=24))
        end_attempt(s, "a", "answered", rules(), done + timedelta(hours=24))
        assert request_due(s, rules(), done + timedelta(hours=64)) == [case], "it was taken up anew, and done again"


def test_a_caller_whose_number_was_withheld_is_never_due_and_cannot_be_asked_for(archive, now):
    with archive.session() as s:
        ledger.open_call(s, call_id="c", channel_id="c", node="main", caller="", line="", at=now)
        number = ledger.open_case(s, call_id="c", flow="repair", at=now)
        move_case(s, number, CaseState.DONE, now)
        assert request_due(s, rules(), now + timedelta(days=2)) == []
        with pytest.raises(CallbackRefused, match="--to"):
            request_callback(s, number, now)
        assert request_callback(s, number, now, to="sip:phone@127.0.0.1:5070").to == "sip:phone@127.0.0.1:5070"


def test_the_number_to_call_back_wins_over_the_one_that_rang(archive, case):
    with archive.session() as s:
        assert number_of(known_case(s, case)) == "13800000001"
        describe_case(s, case, contact="0571-8765 4321")
        assert number_of(known_case(s, case)) == "057187654321"


@pytest.mark.parametrize(
    "address", ["", "13800000001", "sip:", "sip:a@b c", "sip:a@b,hotline", "sip:a@b/x", "sip:a@b;maddr=evil", "tel:1"]
)
def test_what_is_no_sip_address_is_refused(address):
    with pytest.raises(CallbackRefused, match="no SIP address"):
        check_address(address)


def test_a_case_that_is_not_there_is_named(archive, now):
    with pytest.raises(CaseUnknown, match="999"), archive.session() as s:
        request_callback(s, 999, now)


@pytest.mark.parametrize(
    ("state", "answer", "becomes"),
    [
        (CaseState.DONE, "solved", "closed"),
        (CaseState.DONE, "not-solved", "open"),
        (CaseState.DONE, "silent", "done"),
        (CaseState.DONE, "person", "done"),
        (CaseState.OPEN, "solved", "open"),
        (CaseState.OPEN, "not-solved", "open"),
    ],
)
def test_the_answer_moves_the_case(archive, case, now, state, answer, becomes):
    with archive.session() as s:
        if state is not CaseState.OPEN:
            move_case(s, case, state, now)
        callback = request_callback(s, case, now)
        note_answer(s, callback.id, "call-1", answer, now)
        assert (callback.answer, known_case(s, case).state) == (answer, becomes)
        assert callbacks_of_call(s, "call-1") == [callback]


def test_what_is_closed_for_good_and_yet_not_solved_gets_a_case_of_its_own(archive, case, now):
    with archive.session() as s:
        for state in (CaseState.DONE, CaseState.CLOSED):
            move_case(s, case, state, now)
        callback = request_callback(s, case, now)
        ids = {"call_id": "ours", "channel_id": "ours"}
        call = ledger.open_call(s, **ids, node="main", caller="1", line="95598", at=now, direction="out")
        note_answer(s, callback.id, "ours", "not-solved", now)
        s.refresh(call)
        assert [(each.flow, each.state) for each in call.cases] == [("repair", "open")]
        assert known_case(s, case).state == "closed"
