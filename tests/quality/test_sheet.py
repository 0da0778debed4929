"""The sheet: what a good call keeps, what is deducted, what is fatal; every finding cites words and second."""

import pytest

from quality.sheet import WORTH, score
from tests.quality.conftest import judgement

GOOD = (
    ("agent", 0.0, 4.0, "您好，供电热线，工号八号，请问有什么可以帮您？"),
    ("caller", 4.5, 7.0, "我家停电了"),
    ("agent", 7.5, 12.0, "您别着急，请问您在哪个小区，联系电话多少？"),
    ("caller", 12.5, 15.0, "阳光小区三号"),
    ("agent", 15.5, 22.0, "阳光小区三号，对吗？已经派单，四十五分钟内到达。"),
    ("agent", 22.5, 25.0, "请问还有什么可以帮您？"),
    ("caller", 25.5, 26.5, "没有了"),
    ("agent", 27.0, 30.0, "感谢您的来电，祝您生活愉快，再见。"),
)


def test_the_sheet_is_worth_a_hundred():
    assert sum(WORTH.values()) == 100
    assert score([]).score == 100


def test_a_good_call_keeps_them_all(rulebook):
    judged = judgement(rulebook, *GOOD)
    assert [f.rule for f in judged.findings] == []
    assert judged.sheet.score == 100


def test_a_curt_word_costs_five_and_is_cited_with_its_second(rulebook):
    judged = judgement(rulebook, *GOOD[:4], ("agent", 15.1, 15.4, "不行。"), *GOOD[4:])
    (finding,) = judged.findings
    assert (finding.rule, finding.words, finding.start, finding.points) == ("forbidden.curt", "不行", 15.1, -5)
    assert judged.sheet.score == 95


def test_the_second_is_that_of_the_words_within_a_long_turn(rulebook):
    judged = judgement(rulebook, *GOOD[:4], ("agent", 30.0, 50.0, "请您听我说，这张单子上写得清清楚楚，随便投诉吧"))
    at = next(f.start for f in judged.findings if f.rule == "forbidden.talking-back")
    assert 44 < at < 49


def test_an_insult_makes_the_sheet_worth_nothing(rulebook):
    judged = judgement(rulebook, *GOOD, ("agent", 31, 32, "有病吧你"))
    assert judged.sheet.fatal
    assert judged.sheet.score == 0


def test_an_item_is_lost_once_and_not_twice(rulebook):
    rude = [("agent", 31.0 + n, 31.9 + n, "随便投诉") for n in range(5)]
    assert judgement(rulebook, *GOOD[:-1], *rude, GOOD[-1]).sheet.points["wording"] == 0


def test_missing_courtesies_are_told_apart(rulebook):
    bare = (
        ("agent", 0, 1, "讲"),
        ("caller", 1, 4, "停电三小时了，孩子热得直哭，急死人了，你们没人管"),
        ("agent", 4.5, 6, "地址"),
        ("agent", 7, 8, "知道"),
        ("agent", 9, 10, "等着"),
    )
    found = {f.rule for f in judgement(rulebook, *bare).findings}
    assert found >= {
        "opening.greeting", "opening.who", "empathy.upset-caller", "empathy.apology", "closing.farewell",
        "closing.check", "waiting.rude-hold", "understanding.repeats",
    }  # fmt: skip


def test_silence_interruption_and_haste_cost_points(rulebook):
    judged = judgement(
        rulebook,
        *GOOD[:5],
        ("caller", 60.0, 68.0, "我还想再问一下我上个月的电费到底是怎么算出来的"),
        ("agent", 65.0, 66.5, "您说的上个月电费按三档阶梯计算请放心"),
        *((side, start + 50, end + 50, text) for side, start, end, text in GOOD[5:]),
    )
    rules = {f.rule: f.start for f in judged.findings}
    assert rules["waiting.silence"] == 22.0
    assert rules["listening.interrupts"] == 65.0
    assert rules["voice.too-fast"] == 65.0


def test_a_kind_word_before_the_worst_outburst_counts(rulebook):
    said = (
        ("agent", 0, 3, "您好，供电热线，请问有什么可以帮您？"),
        ("caller", 4, 6, "你们怎么回事，一天停三次！"),
        ("agent", 7, 10, "实在抱歉，您别生气，请问您家在哪里？"),
        ("caller", 11, 14, "我要投诉你们！"),
        ("agent", 15, 19, "好的，我给您登记，五个工作日内答复您，还有别的需要吗？再见。"),
    )
    rules = {finding.rule for finding in judgement(rulebook, *said).findings}
    assert not rules & {"empathy.upset-caller", "empathy.apology"}


def test_saying_the_address_back_is_repeating_and_saying_nothing_back_is_not(rulebook):
    def missing(answer):
        said = (
            ("agent", 0, 3, "您好，供电热线，请问有什么可以帮您？"),
            ("caller", 4, 6, "我家停电了，在云山路三号。"),
            ("agent", 7, 10, answer),
            ("caller", 11, 12, "好的。"),
            ("agent", 13, 15, "师傅一小时内到。"),
            ("agent", 16, 18, "还有其他事吗？再见。"),
        )
        return [f.rule for f in judgement(rulebook, *said).findings if f.rule == "understanding.repeats"]

    assert missing("云山路三号，我派师傅去。") == []
    assert missing("好的，我派师傅去。") == ["understanding.repeats"]


def missing(rulebook, caller, *agent):
    """Rules about what is missing, in a call whose agent says only this to a caller who says that."""
    greeting = ("agent", 0, 3, "您好，供电热线，请问有什么可以帮您？")
    said = [("agent", 8 + 4 * n, 11 + 4 * n, text) for n, text in enumerate(agent)]
    findings = judgement(rulebook, greeting, ("caller", 4, 7, caller), *said).findings
    return {finding.rule for finding in findings if finding.rule.startswith(("empathy", "verif", "answer", "record"))}


@pytest.mark.parametrize("told", ["我们村的电又没了", "整条街一片黑", "家里电停了，电梯也不走"])
def test_power_that_is_gone_in_other_words_is_a_fault_to_be_taken(rulebook, told):
    assert missing(rulebook, told, "哦，是吗？", "再见。") == {"verifying.facts", "answer.time", "record.no-order"}


@pytest.mark.parametrize(
    "told",
    ["说好下午来，又放我鸽子", "请了假白等一下午", "连个人影都没见着", "太让人失望了", "你们怎么能说断就断呢"],
)
def test_a_caller_who_was_let_down_is_owed_a_kind_word_and_an_apology(rulebook, told):
    assert missing(rulebook, told, "户号多少？", "查到了。") >= {"empathy.apology", "empathy.upset-caller"}
    assert not missing(rulebook, told, "实在抱歉，户号是多少？", "查到了。") & {
        "empathy.apology",
        "empathy.upset-caller",
    }


@pytest.mark.parametrize(
    "said",
    [
        "派人是别的部门的事，我说了不算。",
        "我会反映的。",
        "我们这儿派不了人。",
        "这个不能给您登记。",
        "没法给您报修，系统不让。",
        "不用派单，过会儿就有了。",
    ],
)
def test_to_speak_of_an_order_sets_nothing_going(rulebook, said):
    assert "record.no-order" in missing(rulebook, "我们小区停电了", said, "再见。")


@pytest.mark.parametrize(
    "said",
    [
        "我马上派师傅过去。",
        "已经派给抢修班了。",
        "我帮您反映给运检班。",
        "您的情况我反映到调度，六点前回您。",
        "单子派下去了。",
        "马上给您派人上门。",
        "您不用担心我给您登记",
        "现在不能马上送电我给您报修了",
        "不好意思，我给您登记一下。",
    ],
)
def test_an_order_that_is_set_going_is_one(rulebook, said):
    assert "record.no-order" not in missing(rulebook, "我们小区停电了", said, "再见。")


def test_a_long_wait_on_the_line_costs_under_waiting_and_nowhere_else(rulebook):
    said = (
        ("agent", 0, 3, "您好，供电热线，请问有什么可以帮您？"),
        ("caller", 4, 6, "查一下发票。"),
        ("agent", 7, 8, "请报户号。"),
        ("caller", 9, 12, "零七一三三九九八五。"),
        ("agent", 50, 53, "零七一三三九九八五，查到了，给您重开。"),
        ("caller", 54, 56, "好吧，等了半天。"),
        ("agent", 57, 60, "请问还有什么别的需要？再见。"),
    )
    judged = judgement(rulebook, *said)
    assert [f.rule for f in judged.findings] == ["waiting.silence", "waiting.thanks"]
    assert judged.sheet.score == 95
    assert missing(rulebook, "我在家等了半天也没人来", "户号多少？", "查到了。") >= {
        "empathy.apology",
        "empathy.upset-caller",
    }


def asked(rulebook, *questions):
    said = [("agent", 4 + 4 * n, 6 + 4 * n, text) for n, text in enumerate(questions)]
    findings = judgement(rulebook, ("agent", 0, 3, "您好，供电热线"), *said).findings
    return [finding.words for finding in findings if finding.rule == "listening.asked-again"]


def test_three_questions_asked_once_each_are_not_one_asked_three_times(rulebook):
    assert asked(rulebook, "请问您的户号是多少？", "您家地址在哪里？", "联系电话是多少？") == []
    assert asked(rulebook, "户号是多少？", "您的户号报一下？", "户号再说一下？") == ["户号再说"]
    assert asked(rulebook, "请问您家地址在哪里？", "那个地址再说一下？", "您住哪儿来着？") == ["住哪儿"]
    assert asked(rulebook, "请问您家地址在哪里？", "是哪个小区？", "哪条路？") == []


@pytest.mark.parametrize("said", ["喂，说吧。", "说，啥事？", "喂，什么事，快讲。", "讲。", "讲吧，又哪儿停了。"])
def test_a_curt_beginning_is_found_in_the_first_words_only(rulebook, said):
    first = judgement(rulebook, ("agent", 0, 2, said), ("caller", 3, 5, "停电了"))
    assert "opening.curt" in [finding.rule for finding in first.findings]
    later = judgement(rulebook, ("agent", 0, 2, "您好"), ("agent", 3, 5, said))
    assert "opening.curt" not in [finding.rule for finding in later.findings]


@pytest.mark.parametrize(
    "said", ["您好，请说。", "喂，您好，供电热线，请讲。", "您好，什么事我能帮您？", "有什么事您请说。"]
)
def test_a_kind_beginning_is_not_curt(rulebook, said):
    findings = judgement(rulebook, ("agent", 0, 2, said), ("caller", 3, 5, "停电了")).findings
    assert "opening.curt" not in [finding.rule for finding in findings]
