"""Every branch of the residents' flows, with real calls to one hotline."""

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ivr.prompts.pieces import clock, moment
from orders.cases import move_case
from orders.outages import add_outage, end_outage
from orders.states import CaseState
from recordings import ledger
from recordings.tables import Case
from tests.telephony.residents import closed, dials, newest

pytestmark = pytest.mark.asyncio(loop_scope="module")
HERE = ZoneInfo("Asia/Shanghai")


PROMISES = {"1": ["number.40", "digit.5"], "2": ["number.90"], "3": ["number.100", "number.20"]}
"""Minutes until a crew comes, as they are said, by the key of the district."""


async def reports(hotline, key):
    """A fault in that district, told in no words at all."""
    caller = await dials(hotline, f"1{key}2")
    await caller.begins_to_hear("repair.describe")
    await caller.press("#")
    await caller.hears("tone.beep")
    await caller.press("#")
    await caller.hears("case.number")
    await caller.press("#")
    await caller.begins_to_hear("case.repeat")
    await caller.press("#")
    await caller.hears_sentence("repair.promise", *PROMISES[key], "repair.promise-end")
    await caller.hang_up()


async def test_a_report_is_promised_a_crew_by_the_kind_of_its_area(hotline):
    before = len(hotline.calls())
    await asyncio.gather(*(reports(hotline, key) for key in PROMISES))
    calls = (await hotline.settled(number=before + 3))[before:]
    cases = {case.district: case for call in calls for case in call.cases}
    for key, minutes in {"1": 45, "2": 90, "3": 120}.items():
        case = cases[key]
        assert (case.state, case.urgent, case.promised) == ("open", False, "arrival")
        assert case.promised_at - case.opened_at == pytest.approx(timedelta(minutes=minutes), abs=timedelta(seconds=3))
    assert [e.detail["extent"] for call in calls for e in call.events if e.kind == "fault-extent"] == ["many"] * 3


async def test_danger_is_warned_of_and_jumps_the_queue_even_if_the_caller_says_no_more(hotline):
    caller = await dials(hotline, "1")
    await caller.begins_to_hear("repair.danger-key")
    await caller.press("8")
    await caller.was_cut_off("repair.danger-key")
    await caller.begins_to_hear("repair.danger")
    await caller.press("#")
    await caller.hears("repair.danger")
    await caller.begins_to_hear("repair.describe")
    await caller.hang_up()
    (case,) = (await closed(hotline)).cases
    assert case.urgent


async def test_a_known_outage_is_told_first_and_reporting_is_offered_all_the_same(hotline):
    with hotline.archive.session() as s:
        now = datetime.now(HERE)
        back = now.replace(hour=15, minute=0) + timedelta(days=1)
        outage = add_outage(s, district="2", since=now, expected_back=back, area="河东村").id
    try:
        caller = await dials(hotline, "12")
        await caller.hears("outage.known-part")
        await caller.hears("outage.fault")
        await caller.hears_sentence("outage.back", "when.tomorrow", "clock.afternoon", "clock.3", "outage.back-end")
        await caller.begins_to_hear("repair.report-anyway")
        await caller.press("2")
        await caller.hears("repair.informed")
        await caller.hears("goodbye")
        await caller.ended()
        call = await closed(hotline)
        assert (call.outcome, call.cases) == ("informed", [])
        caller = await dials(hotline, "12")
        await caller.begins_to_hear("outage.known-part")
        await caller.press("#")
        await caller.begins_to_hear("repair.report-anyway")
        await caller.press("1")
        await caller.begins_to_hear("repair.how-many")
        await caller.press("1")
        await caller.begins_to_hear("repair.describe")
        await caller.hang_up()
    finally:
        with hotline.archive.session() as s:
            end_outage(s, outage, datetime.now(UTC))


async def test_a_complaint_is_told_by_when_somebody_calls_back(hotline):
    caller = await dials(hotline, "4")
    await caller.begins_to_hear("complaint.describe")
    await caller.press("#")
    await caller.hears("tone.beep")
    await caller.press("#")
    await caller.begins_to_hear("case.number")
    await caller.hears("complaint.next", limit=40)
    by = newest(hotline).cases[0].promised_at.astimezone(HERE)
    await caller.hears_sentence("progress.contact", "when.tomorrow", *clock(by.time()), "progress.contact-end")
    await caller.hears("goodbye")
    await caller.ended()
    (case,) = (await closed(hotline)).cases
    assert case.promised == "contact"
    assert case.promised_at - case.opened_at == pytest.approx(timedelta(hours=24), abs=timedelta(seconds=3))


def a_report_of_before(hotline, promised: datetime) -> int:
    """Number of a case for which a crew is on the way, of somebody who cannot be told by their telephone."""
    now = datetime.now(UTC)
    with hotline.archive.session() as s:
        ledger.open_call(s, call_id="before", channel_id="-", node="main", caller="", line="95598", at=now)
        number = ledger.open_case(s, call_id="before", flow="repair", at=now)
        ledger.close_call(s, "before", outcome="reported", at=now)
        case = s.get_one(Case, number)
        case.promised, case.promised_at = "arrival", promised
        move_case(s, number, CaseState.DISPATCHED, now)
        for known in s.query(Case):
            known.contact = ""
    return number


async def test_progress_by_number_tells_the_state_and_the_promise_and_late_ones_are_chased(hotline):
    later = datetime.now(UTC) + timedelta(minutes=30)
    number = a_report_of_before(hotline, later)
    caller = await dials(hotline, "31")
    await caller.begins_to_hear("progress.number")
    await caller.press("999999#")
    await caller.hears("progress.unknown")
    await caller.begins_to_hear("progress.number-again")
    await caller.press(f"{number}#")
    await caller.hears("progress.dispatched")
    by = moment(later.astimezone(HERE), datetime.now(HERE))
    await caller.hears_sentence("progress.arrival", *by, "progress.arrival-end")
    with hotline.archive.session() as s:
        s.get(Case, number).promised_at = datetime.now(UTC) - timedelta(minutes=1)
    await caller.begins_to_hear("progress.after")
    await caller.press("1")
    await caller.begins_to_hear("progress.number")
    await caller.press(f"{number}#")
    await caller.hears("progress.late")
    await caller.hang_up()
    await closed(hotline)


async def test_notices_tell_what_is_off_and_what_will_be_and_nothing_where_there_is_nothing(hotline):
    with hotline.archive.session() as s:
        ahead = datetime.now(UTC) + timedelta(days=2)
        add_outage(s, district="3", since=ahead, expected_back=ahead + timedelta(hours=2), cause="planned")
    caller = await dials(hotline, "53")
    await caller.hears("outage.ahead")
    await caller.hears("outage.until")
    await caller.begins_to_hear("outage.after")
    await caller.press("*")
    await caller.begins_to_hear("menu.main")
    await caller.press("51")
    await caller.hears("outage.none")
    await caller.hears("goodbye", limit=40)
    await caller.ended()
    assert (await closed(hotline)).outcome == "informed"


async def test_business_takes_a_message_under_its_own_name(hotline):
    caller = await dials(hotline, "32")
    await caller.begins_to_hear("service.describe")
    await caller.press("#")
    await caller.hears("tone.beep")
    await caller.press("#")
    await caller.begins_to_hear("case.number")
    await caller.hang_up()
    assert [case.flow for case in (await closed(hotline)).cases] == ["service"]


async def test_whoever_presses_nothing_in_a_flow_still_comes_to_the_tone(hotline):
    caller = await dials(hotline, "1")
    await caller.hears("repair.danger-key")
    await caller.hears("repair.danger-key", limit=40)
    await caller.hears("repair.how-many", limit=40)
    await caller.hears("repair.describe", limit=60)
    await caller.hang_up()
