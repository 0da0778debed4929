"""Samples are drawn by seed and land with reviewers; the month says whom to praise; calibrations show agreement."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from recordings import users
from recordings.tables import Audit, Callback, Case, Sampled, Survey
from tests.web.quality_calls import hire, judged_call
from tests.web.test_marking import fields, marks

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
YEARS_AGO = NOON - timedelta(days=900)
DAYS = {"from": "2026-03-01", "to": "2026-03-31"}


@pytest.fixture
def desk(archive, exchange, someone):
    """Zhao and Li (old hands) and Xin (new) take calls; Qian and Sun judge, Ban watches over all."""
    hire(archive, YEARS_AGO, zhao="agent", li2="agent")
    hire(archive, NOON, xin="agent")
    ids = hire(archive, NOON, qian="qa", sun="qa", ban="supervisor")
    people = {"ids": ids}
    for name in ("qian", "sun", "ban", "zhao"):
        people[name] = someone()
        people[name].signs_in(name)
    return people


def draws(judge, ids, share="10", seed="7", **more):
    page = "/quality/samples"
    return judge.client.post(
        page,
        data={"csrf_token": token(judge, page), **DAYS, "share": share, "seed": seed, "reviewer": ids, **more},
        follow_redirects=True,
    )


def token(judge, page):
    return re.search(r'name="csrf_token" value="([^"]+)"', judge.sees(page))[1]


def drawn(archive):
    with archive.reading() as s:
        rows = s.scalars(select(Sampled).order_by(Sampled.id)).all()
        return [(row.sample_id, row.call_id, row.why, row.reviewer_id) for row in rows]


def test_a_sample_takes_what_must_be_heard_and_a_share_of_each_agent(desk, exchange, archive):
    calls = [judged_call(exchange, agent) for agent in ("zhao", "li2") for _ in range(10)]
    fatal = judged_call(exchange, "zhao", lost={"wording": 10}, fatal=True)
    fresh = judged_call(exchange, "xin")
    unhappy, unsatisfied, glad = (judged_call(exchange, "li2") for _ in range(3))
    with archive.session() as s:
        li = users.known_user(s, "li2").id
        s.add_all(
            Survey(call_id=call, user_id=li, score=score, at=NOON) for call, score in ((unsatisfied, 3), (glad, 1))
        )
        case = s.scalars(select(Case).where(Case.call_id == unhappy)).one()
        s.add(Callback(case_number=case.number, requested_at=NOON, due_at=NOON, state="reached", answer="not-solved"))
    ids = [desk["ids"]["qian"], desk["ids"]["sun"]]
    assert "25 通里抽了 7 通" in draws(desk["qian"], ids).text
    draws(desk["qian"], ids)
    draws(desk["qian"], ids, seed="8")
    rows = drawn(archive)
    first, again, other = ([row[1:3] for row in rows if row[0] == number] for number in (1, 2, 3))
    assert first == again
    assert first != other
    musts = {(fatal, "fatal"), (fresh, "new-agent"), (unhappy, "dissatisfied"), (unsatisfied, "dissatisfied")}
    assert musts <= set(first)
    assert (glad, "dissatisfied") not in first
    by_chance = [call for call, why in first if why == "share"]
    assert len({calls.index(call) // 10 for call in by_chance if call in calls}) == 2
    assert sorted(row[3] for row in rows if row[0] == 1).count(ids[0]) in (3, 4)


def test_what_was_drawn_waits_with_its_reviewer_until_somebody_marks_it(desk, exchange):
    call = judged_call(exchange, "zhao", lost={"wording": 10}, fatal=True)
    draws(desk["qian"], [desk["ids"]["sun"]])
    assert call not in desk["qian"].sees("/quality")
    page = desk["sun"].sees("/quality")
    assert f"/quality/calls/{call}" in page
    assert "一票否决" in page
    answer = desk["sun"].sends(
        f"/quality/calls/{call}", **fields(desk["sun"].sees(f"/quality/calls/{call}")), fatal="1", then="next"
    )
    assert "没有要评的通话" in answer.text
    assert re.search(r"<td[^>]*>1</td><td[^>]*>1</td></tr>", desk["qian"].sees("/quality/samples"))


@pytest.mark.parametrize("wrong", [{"share": "101"}, {"seed": "x"}, {"from": "2026-04-02"}, {"reviewer": []}])
def test_a_draw_that_cannot_be_says_so_and_keeps_what_was_typed(desk, exchange, archive, wrong):
    judged_call(exchange, "zhao")
    answer = draws(desk["qian"], [desk["ids"]["sun"]], **({"share": "33"} | wrong))
    assert answer.status_code == 400
    assert "没有抽" in answer.text
    assert f'value="{wrong.get("share", "33")}"' in answer.text
    assert drawn(archive) == []


def test_the_month_praises_and_warns_and_leaves_out_what_is_under_appeal(desk, exchange, archive):
    for _ in range(3):
        marks(desk["qian"], judged_call(exchange, "zhao"))
    marks(desk["qian"], judged_call(exchange, "li2", lost={"wording": 10}, fatal=True), fatal="1")
    disputed = judged_call(exchange, "zhao", lost={"wording": 10}, fatal=True)
    marks(desk["qian"], disputed, fatal="1")
    warned = desk["ban"].sees("/quality/month?month=2026-03")
    assert warned.count("is-warn") == 2
    page = desk["zhao"].sees(f"/scores/{disputed}")
    desk["zhao"].sends(f"/scores/{disputed}", review=fields(page)["review"], answer="appealed", text="是居民说的")
    page = desk["ban"].sees("/quality/month?month=2026-03")
    assert (page.count("is-praise"), page.count("is-warn")) == (1, 1)
    assert "还没有评过" in desk["ban"].sees("/quality/month?month=2026-02")
    file = desk["ban"].client.get("/quality/month/export.csv?month=2026-03").get_data()
    rows = list(csv.reader(io.StringIO(file.decode("utf-8-sig"))))
    assert [(row[0], row[1], row[2], row[3], row[4], row[6]) for row in rows[1:]] == [
        ("zhao", "3", "100.0", "0", "1", "表扬"),
        ("li2", "1", "0.0", "1", "0", "提醒"),
    ]
    assert desk["ban"].client.get("/quality/month/export.xlsx?month=2026-03").get_data().startswith(b"PK")
    desk["ban"].sees("/quality/month/export.pdf", status=400)
    desk["ban"].sees("/quality/month?month=tomorrow", status=400)
    with archive.reading() as s:
        assert s.scalars(select(Audit.target).where(Audit.action == "exported")).first() == "month 2026-03 as csv"


def test_warnings_are_for_nobody_else_to_see(desk, exchange):
    now = datetime.now(UTC)
    for _ in range(3):
        marks(desk["qian"], judged_call(exchange, "li2", at=now))
    marks(desk["qian"], judged_call(exchange, "zhao", lost={"wording": 10}, fatal=True, at=now), fatal="1")
    page = desk["zhao"].sees("/scores")
    assert "本月表扬：li2" in page
    assert "提醒" in page
    li = desk["zhao"].sees("/quality/examples")
    assert "提醒" not in li
    desk["zhao"].sees("/quality/month", status=404)


def test_an_agents_weeks_are_a_table(desk, exchange):
    call = judged_call(exchange, "zhao", lost={"wording": 10}, at=datetime.now(UTC))
    marks(desk["qian"], call, **{"points-wording": "5", "reason-wording": "一半"})
    page = desk["ban"].sees("/quality/month")
    address = re.search(r'href="(/quality/agents/\d+)"', page)[1]
    assert re.search(r"1 通</span>.*</th><td>95</td><td>90</td>", desk["ban"].sees(address))
    desk["ban"].sees("/quality/agents/9999", status=404)


def test_a_calibration_is_marked_blind_and_shows_how_far_all_agree(desk, exchange, archive):
    calls = [judged_call(exchange, "zhao", lost={"wording": lost}) for lost in (0, 5, 10)]
    ids = [desk["ids"]["qian"], desk["ids"]["sun"]]
    page = "/quality/calibrations"
    sent = {"csrf_token": token(desk["qian"], page), **DAYS, "many": "5", "seed": "1", "reviewer": ids}
    assert desk["qian"].client.post(page, data=sent | {"name": " "}).status_code == 400
    assert desk["qian"].client.post(page, data=sent | {"name": "三月", "reviewer": ids[:1]}).status_code == 400
    opened = desk["qian"].client.post(page, data=sent | {"name": "三月校准"}, follow_redirects=True).text
    assert "等您评的" in opened
    assert 'Call 1</span></a> <span class="quiet">3月2日 12:01</span>' in opened

    def give(judge, call, wording):
        address = f"/quality/calibrations/1/calls/{call}"
        given = {"points-wording": wording, "reason-wording": "我的看法"}
        return judge.sends(address, **(fields(judge.sees(address)) | given))

    for call, wording in zip(calls, ("10", "5", "0"), strict=True):
        give(desk["qian"], call, wording)
    assert "0 通" in desk["qian"].sees("/quality/calibrations/1")
    for call, wording in zip(calls, ("10", "5", "5"), strict=True):
        assert "我的看法" not in desk["sun"].sees(f"/quality/calibrations/1/calls/{call}")
        give(desk["sun"], call, wording)
    result = desk["sun"].sees("/quality/calibrations/1")
    # Qian 10 5 0, Sun 10 5 5: two of three agree, by chance (1·1 + 1·2 + 1·0) / 9 = 1/3; κ = (2/3 − 1/3) / (2/3).
    assert re.search(r"Polite wording</span></th><td>2 / 3</td><td>0\.50</td>", result)
    assert re.search(r"Opening</span></th><td>3 / 3</td><td><abbr", result)
    first = r'href="/calls/call0001">3月2日 12:01</a> <span class="quiet number">100001</span></th><td>100</td>'
    assert re.search(first, result), "a call is called by its time and its case"
    assert ">call0001<" not in result + opened
    assert "您已经评过" in give(desk["sun"], calls[0], "0").text
    assert "还没有评过" in desk["ban"].sees("/quality/month?month=2026-03")
    desk["qian"].sees("/quality/calibrations/9", status=404)
    desk["qian"].sees(f"/quality/calibrations/1/calls/{judged_call(exchange, 'zhao')}", status=404)
