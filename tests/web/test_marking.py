"""A person confirms or overrules the machine's sheet, the agent answers, a second reviewer decides; nothing is lost."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import func, select

from recordings.reviews import reviews_of_call
from recordings.sealing import Seal
from recordings.tables import Original, Review, Transcript
from tests.web.quality_calls import hire, judged_call

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
LOST = {"wording": 10, "empathy": 5}


@pytest.fixture
def desk(archive, exchange, someone):
    """Zhao takes calls; Qian and Sun judge them. Each at an own browser."""
    hire(archive, NOON, zhao="agent", qian="qa", sun="qa")
    people = {}
    for name in ("zhao", "qian", "sun"):
        people[name] = someone()
        people[name].signs_in(name)
    return people


@pytest.fixture
def call(desk, exchange):
    return judged_call(exchange, "zhao", lost=LOST)


def fields(page: str) -> dict[str, str]:
    """The sheet's form as it stands, as a browser would send it."""
    form = page[page.index('id="sheet"') :]
    chosen = {
        name: re.search(r'<option value="(\d*)" selected', options)
        for name, options in re.findall(r'<select id="[^"]+" name="([^"]+)">(.*?)</select>', form, re.DOTALL)
    }
    values = {name: found[1] if found else "" for name, found in chosen.items()}
    values |= dict(re.findall(r'<input type="hidden" name="(score|seen|review)" value="(\d+)"', form))
    values |= dict(re.findall(r'<input [^>]*name="((?:reason-\w+)|comment)"[^>]*? value="([^"]*)"', form))
    return values


def marks(judge, call, **changes):
    address = f"/quality/calls/{call}"
    return judge.sends(address, **(fields(judge.sees(address)) | changes))


def test_the_sheet_shows_each_item_with_its_findings_and_where_to_hear_them(desk, call):
    page = desk["qian"].sees(f"/quality/calls/{call}")
    assert "只有机器评分" in page
    assert "不归我管" in page
    assert 'data-seek="3.50" data-of="rec0001"' in page
    assert fields(page)["points-wording"] == "0"
    assert fields(page)["points-answer"] == "15"


def test_confirming_takes_one_click_and_the_agent_sees_and_acknowledges_it(desk, call):
    assert "已保存" in marks(desk["qian"], call).text
    late = fields(desk["sun"].sees(f"/quality/calls/{call}"))
    page = desk["zhao"].sees("/scores")
    assert f"/scores/{call}" in page
    assert "等坐席看" in page
    page = desk["zhao"].sees(f"/scores/{call}")
    assert "和机器一致" in page
    answer = desk["zhao"].sends(f"/scores/{call}", review=fields(page)["review"], answer="acknowledged")
    assert "已确认，谢谢" in answer.text
    assert "坐席已确认" in desk["qian"].sees(f"/quality/calls/{call}")
    late |= {"points-wording": "10", "reason-wording": "太迟了"}
    assert desk["sun"].sends(f"/quality/calls/{call}", **late).status_code == 409


def test_overruling_needs_a_reason_and_loses_nothing_that_was_written(desk, call, archive):
    answer = marks(
        desk["qian"], call, **{"points-wording": "10", "points-empathy": "8", "reason-empathy": "安抚过一句"}
    )
    assert answer.status_code == 400
    assert "要写理由" in answer.text
    assert re.findall(r'id="([\w-]+)"[^>]* autofocus', answer.text) == ["reason-wording"]
    kept = fields(answer.text)
    assert (kept["points-wording"], kept["points-empathy"], kept["reason-empathy"]) == ("10", "8", "安抚过一句")
    desk["qian"].sends(f"/quality/calls/{call}", **(kept | {"reason-wording": "居民说的，不是坐席"}))
    with archive.reading() as s:
        (review,) = reviews_of_call(s, call)
        assert review.score == 98
        by_item = {mark.item: (mark.machine, mark.points, mark.reason) for mark in review.marks}
        assert by_item["wording"] == (0, 10, "居民说的，不是坐席")
        assert by_item["empathy"] == (5, 8, "安抚过一句")
        assert by_item["answer"] == (15, 15, "")


def test_lifting_a_fatal_finding_needs_a_reason_and_brings_the_points_back(desk, exchange, archive):
    call = judged_call(exchange, "zhao", lost={"wording": 10}, fatal=True)
    answer = marks(desk["qian"], call)
    assert answer.status_code == 400
    assert re.findall(r'id="([\w-]+)"[^>]* autofocus', answer.text) == ["reason-fatal"]
    marks(desk["qian"], call, **{"reason-fatal": "引用别人的话"})
    with archive.reading() as s:
        assert [(r.score, r.fatal) for r in reviews_of_call(s, call)] == [(90, False)]


@pytest.mark.parametrize("points", ["11", "-1", "x", "", "9" * 50])
def test_points_that_an_item_has_not_are_refused(desk, call, points, archive):
    assert marks(desk["qian"], call, **{"points-wording": points, "reason-wording": "试"}).status_code == 400
    with archive.reading() as s:
        assert s.scalar(select(func.count(Review.id))) == 0


def test_who_comes_second_sees_the_first_and_sends_again(desk, call, archive):
    late = fields(desk["sun"].sees(f"/quality/calls/{call}"))
    marks(desk["qian"], call, comment="先评的")
    changed = late | {"points-closing": "0", "reason-closing": "没有结束语"}
    answer = desk["sun"].sends(f"/quality/calls/{call}", **changed)
    assert answer.status_code == 409
    assert "先评的" in answer.text
    kept = fields(answer.text)
    assert (kept["points-closing"], kept["reason-closing"]) == ("0", "没有结束语")
    assert desk["sun"].sends(f"/quality/calls/{call}", **kept).status_code == 200
    with archive.reading() as s:
        assert [(r.reviewer.name, r.score) for r in reviews_of_call(s, call)] == [("qian", 85), ("sun", 80)]


def test_the_same_form_sent_twice_is_one_review(desk, call, archive):
    sent = fields(desk["qian"].sees(f"/quality/calls/{call}"))
    for _ in range(2):
        assert desk["qian"].sends(f"/quality/calls/{call}", **sent).status_code == 200
    with archive.reading() as s:
        assert len(reviews_of_call(s, call)) == 1


def test_nobody_marks_an_own_call(desk, exchange, archive):
    call = judged_call(exchange, "qian")
    assert marks(desk["qian"], call).status_code == 409
    assert marks(desk["sun"], call).status_code == 200


def appealed(desk, call, text="我说的是「归我们管」"):
    marks(desk["qian"], call)
    page = desk["zhao"].sees(f"/scores/{call}")
    return desk["zhao"].sends(f"/scores/{call}", review=fields(page)["review"], answer="appealed", text=text)


def decides(judge, call, upheld, reason, **changes):
    page = judge.sees(f"/quality/calls/{call}")
    sent = fields(page) | {"upheld": upheld, "ruling": reason} | changes
    return judge.sends(f"/quality/calls/{call}/ruling", f"/quality/calls/{call}", **sent)


def test_an_appeal_is_upheld_by_somebody_else_with_other_marks(desk, call, archive):
    assert "已申诉" in appealed(desk, call).text
    assert "申诉待裁定" in desk["sun"].sees("/quality")
    assert "要由别人裁定" in desk["qian"].sees(f"/quality/calls/{call}")
    assert decides(desk["qian"], call, "0", "我不同意").status_code == 409
    assert decides(desk["sun"], call, "1", "").status_code == 409
    answer = decides(desk["sun"], call, "1", "录音里听得清", **{"points-wording": "10", "reason-wording": "听错了"})
    assert "申诉成立" in answer.text
    with archive.reading() as s:
        assert [r.score for r in reviews_of_call(s, call)] == [85, 95]
    page = desk["zhao"].sees(f"/scores/{call}")
    assert "申诉成立" in page
    assert "录音里听得清" in page
    assert decides(desk["sun"], call, "0", "再来一次").status_code == 409


def test_an_appeal_is_rejected_and_the_marks_stand(desk, call, archive):
    appealed(desk, call)
    assert "申诉不成立" in decides(desk["sun"], call, "0", "录音里就是这么说的").text
    with archive.reading() as s:
        assert [r.score for r in reviews_of_call(s, call)] == [85]
    page = desk["zhao"].sees(f"/scores/{call}")
    assert "录音里就是这么说的" in page
    assert 'name="answer"' not in page


def test_an_appeal_says_why_and_there_is_one_answer_only(desk, call):
    assert appealed(desk, call, text=" ").status_code == 409
    page = desk["zhao"].sees(f"/scores/{call}")
    review = fields(page)["review"]
    assert desk["zhao"].sends(f"/scores/{call}", review=review, answer="acknowledged").status_code == 200
    late = desk["zhao"].sends(f"/scores/{call}", "/scores", review=review, answer="appealed", text="后悔了")
    assert late.status_code == 409
    assert "后悔了" not in desk["qian"].sees(f"/quality/calls/{call}")


def test_who_looked_at_older_marks_answers_to_none(desk, call):
    marks(desk["qian"], call)
    old = fields(desk["zhao"].sees(f"/scores/{call}"))["review"]
    marks(desk["sun"], call, **{"points-closing": "0", "reason-closing": "没有结束语"})
    answer = desk["zhao"].sends(f"/scores/{call}", review=old, answer="acknowledged")
    assert answer.status_code == 409
    assert "没有结束语" in answer.text


def test_sheets_are_for_whom_they_concern(desk, call, someone, archive):
    marks(desk["qian"], call)
    hire(archive, NOON, wu="agent")
    wu = someone()
    wu.signs_in("wu")
    wu.sees(f"/scores/{call}", status=404)
    wu.sees(f"/quality/calls/{call}", status=404)
    assert call not in wu.sees("/scores")
    desk["qian"].sees("/quality/calls/nobody", status=404)


def test_what_people_write_is_shown_as_text(desk, call):
    marks(desk["qian"], call, comment="<script>alert(1)</script>'; DROP TABLE reviews; 😀")
    page = desk["zhao"].sees(f"/scores/{call}")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "😀" in page


def test_an_example_says_what_is_to_be_learnt(desk, call):
    example = f"/quality/calls/{call}/example"
    page = f"/quality/calls/{call}"
    assert "能学到什么" in desk["qian"].sends(example, page, kind="good", comment=" ").text
    desk["qian"].sends(example, page, kind="good", comment="居民骂人，坐席不急")
    assert "居民骂人，坐席不急" in desk["zhao"].sees("/quality/examples")
    desk["sun"].sends(example, page, kind="", comment="")
    assert "居民骂人，坐席不急" not in desk["zhao"].sees("/quality/examples")


def test_what_is_masked_in_the_call_is_masked_in_what_is_written_of_it(desk, call, archive, app):
    seal = Seal(Fernet.generate_key().decode())
    app.extensions["lianxin"] = replace(app.extensions["lianxin"], seal=seal)
    with archive.session() as s:
        transcript = s.scalars(select(Transcript.id)).one()
        s.add(Original(transcript_id=transcript, sealed=seal.close({"text": "我叫王建国，你们怎么又停电了"})))
    marks(
        desk["qian"], call, comment="王建国一开口就生气", **{"points-wording": "10", "reason-wording": "王建国先骂的"}
    )
    sheet = desk["zhao"].sees(f"/scores/{call}")
    desk["zhao"].sends(f"/scores/{call}", review=fields(sheet)["review"], answer="appealed", text="王建国没等我说完")
    page = f"/quality/calls/{call}"
    desk["sun"].sends(f"{page}/ruling", page=page, ruling="听了，王建国确实没等", upheld="0")
    desk["qian"].sends(f"{page}/example", page=page, kind="bad", comment="王建国这通可以学")
    seen = desk["qian"].sees(f"/quality/calls/{call}") + desk["qian"].sees("/quality/examples")
    for words in ("一开口就生气", "先骂的", "没等我说完", "确实没等", "这通可以学"):
        assert words in seen
    assert "王建国" not in seen
    assert "〔姓名〕先骂的" in seen
