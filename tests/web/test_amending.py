"""The admin changes a rule, or for how long calls are kept, with a reason; nothing goes without being asked about."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from recordings.amendments import amendments, models_said, terms_in_force
from recordings.retention import Terms
from recordings.tables import Amendment, Audit, Call

FILE = Terms(180, {"complaint": 730})


def row(page: str, rule: str) -> str:
    found = re.search(rf'<tr id="rule-{re.escape(rule)}".*?</tr>', page, re.S)
    assert found
    return found[0]


def test_a_rule_costs_less_is_switched_off_and_is_as_its_file_again(root, archive) -> None:
    rule, page = "/system/rules/opening.greeting", "/system"
    answer = root.sends(rule, page=page, points="-2", reason="<b>太重</b>")
    assert "规则已改" in answer.text
    now = row(answer.text, "opening.greeting")
    assert "-2 <del>-5</del>" in now
    assert "root" in now
    assert "&lt;b&gt;太重&lt;/b&gt;" in now
    off = row(root.sends(rule, page=page, points="-2", off="1", reason="误报").text, "opening.greeting")
    assert '<tr id="rule-opening.greeting" class="is-off"' in off
    assert 'class="chip"' in off
    assert "opening.greeting,开头问候,开头语,停用,误报" in root.client.get("/system/rules.csv").text
    back = row(root.sends(rule, page=page, points="-2", back="1", reason="改好了").text, "opening.greeting")
    assert 'class="chip"' not in back
    assert ">-5</td>" in back
    with archive.reading() as s:
        assert not amendments(s, "rule")
        assert s.scalars(select(Audit.target).where(Audit.action == "amending.rule")).all() == ["opening.greeting"] * 3


def test_a_fatal_rule_can_be_switched_off_and_has_no_points_to_change(root, archive) -> None:
    assert 'name="points"' not in row(root.sees("/system"), "forbidden.insult")
    root.sends("/system/rules/forbidden.insult", page="/system", off="1", reason="方言误听")
    with archive.reading() as s:
        assert amendments(s, "rule")["forbidden.insult"].value == {"points": -100, "off": True}


@pytest.mark.parametrize("points", ["", "1", "-101", "many", "-2.5", "٣", "9" * 5000])
def test_points_that_are_none_change_nothing_and_what_was_typed_stays(root, archive, points) -> None:
    answer = root.sends("/system/rules/opening.greeting", page="/system", points=points, reason="试试")
    assert answer.status_code == 400
    assert "没有改" in answer.text
    assert 'value="试试"' in row(answer.text, "opening.greeting")
    with archive.reading() as s:
        assert not amendments(s, "rule")


def test_a_rule_without_a_reason_or_of_no_file_is_not_changed(root) -> None:
    assert root.sends("/system/rules/opening.greeting", page="/system", points="-1", reason=" ").status_code == 400
    assert root.sends("/system/rules/no.such", page="/system", points="-1", reason="x").status_code == 404


def test_shorter_terms_tell_how_many_calls_go_before_they_hold(root, archive, exchange) -> None:
    kept, old = exchange.call("家里停电了", category="repair"), exchange.call("谢谢", category="praise")
    with archive.session() as s:
        s.get_one(Call, old).ended_at = datetime.now(UTC) - timedelta(days=100)
        s.get_one(Call, kept).ended_at = datetime.now(UTC)
    typed = {"days": "180", "days-complaint": "730", "days-praise": "30", "reason": "数据办"}
    asked = root.sends("/system/terms", page="/system", **typed).text
    assert "下次清理会多删 1 通" in asked
    assert 'name="sure" value="1"' in asked
    assert 'name="days-praise" type="number" min="1" max="36500" placeholder="同其他各类" value="30"' in asked
    with archive.reading() as s:
        assert terms_in_force(s, FILE) is FILE
    assert "保存期限已改" in root.sends("/system/terms", page="/system", **typed, sure="1").text
    with archive.reading() as s:
        assert terms_in_force(s, FILE) == Terms(180, {"complaint": 730, "praise": 30})
    page = root.sees("/system")
    assert "数据办" in page
    longer = root.sends("/system/terms", page="/system", days="365", reason="再久些").text
    assert "保存期限已改" in longer
    assert "保存期限已改" in root.sends("/system/terms", page="/system", back="1", days="1", reason="照旧").text
    with archive.reading() as s:
        assert terms_in_force(s, FILE) is FILE


@pytest.mark.parametrize("typed", [{}, {"days": "0"}, {"days": "36501"}, {"days": "90", "days-praise": "x"}])
def test_terms_that_are_none_change_nothing(root, archive, typed) -> None:
    answer = root.sends("/system/terms", page="/system", reason="why", **typed)
    assert answer.status_code == 400
    assert "没有改" in answer.text
    with archive.reading() as s:
        assert terms_in_force(s, FILE) is FILE


def test_going_back_to_the_file_asks_too_and_offers_no_days_to_change(root, archive, exchange) -> None:
    old = exchange.call("家里停电了", category="repair")
    with archive.session() as s:
        s.get_one(Call, old).ended_at = datetime.now(UTC) - timedelta(days=200)
    root.sends("/system/terms", page="/system", days="365", reason="再久些")
    asked = root.sends("/system/terms", page="/system", days="365", back="1", reason="照旧").text
    assert "下次清理会多删 1 通" in asked
    assert 'name="days"' not in asked
    with archive.reading() as s:
        assert terms_in_force(s, FILE) == Terms(365, {})
    assert "保存期限已改" in root.sends("/system/terms", page="/system", back="1", sure="1", reason="照旧").text
    with archive.reading() as s:
        assert terms_in_force(s, FILE) is FILE


def test_another_model_is_chosen_and_the_settings_hold_again(root, archive) -> None:
    page = "/system"
    assert 'value="vosk-model-cn-0.22">vosk-model-cn-0.22</option>' in root.sees(page)
    answer = root.sends("/system/model", page=page, model="vosk-model-cn-0.22", second_model="", reason="<b>听得准</b>")
    assert "识别进程做完手上的就换过去" in answer.text
    assert "&lt;b&gt;听得准&lt;/b&gt;" in answer.text
    with archive.reading() as s:
        assert models_said(s) == {"model": "vosk-model-cn-0.22"}, "what was left as it is stays the settings' word"
    root.sends("/system/model", page=page, model="lianxin-trial", second_model="", back="1", reason="太慢")
    with archive.reading() as s:
        assert models_said(s) == {}
        rows = s.scalars(select(Amendment).where(Amendment.kind == "model").order_by(Amendment.id)).all()
        assert [(row.name, row.value, row.reason) for row in rows] == [
            ("model", {"model": "vosk-model-cn-0.22"}, "<b>听得准</b>"),
            ("model", {}, "太慢"),
        ], "every word stays"
        assert s.scalars(select(Audit.target).where(Audit.action == "amending.model")).all() == ["", ""]


def test_a_second_model_is_chosen_by_itself(root, archive) -> None:
    chosen = {"model": "lianxin-trial", "second_model": "vosk-model-cn-0.22", "reason": "夜里有空"}
    assert root.sends("/system/model", page="/system", **chosen).status_code == 200
    with archive.reading() as s:
        assert models_said(s) == {"second_model": "vosk-model-cn-0.22"}


@pytest.mark.parametrize(
    "typed",
    [
        {"model": "vosk-model-cn-0.22", "reason": " "},
        {"model": "no-such", "reason": "x"},
        {"model": "", "reason": "x"},
        {"model": "../../etc", "reason": "x"},
        {"model": "vosk-model-cn-0.22", "second_model": "<b>", "reason": "x"},
    ],
)
def test_a_model_that_is_not_here_or_without_a_reason_changes_nothing(root, archive, typed) -> None:
    answer = root.sends("/system/model", page="/system", **typed)
    assert answer.status_code == 400
    assert "选一个装好的模型" in answer.text
    with archive.reading() as s:
        assert models_said(s) == {}
