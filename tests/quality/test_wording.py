"""What an agent may not say, in the words of the list and in others; and what only looks like it."""

from collections import Counter

import pytest

from quality.phrases import Phrase
from quality.rulebook import Rulebook
from quality.spoken import spoken
from quality.turns import Turn
from tests.quality.conftest import RULES

LISTED = [
    (phrase.text, phrase.match) for rule in Rulebook.load([RULES / "forbidden.toml"]).rules for phrase in rule.phrases
]


def test_all_of_the_list_are_there():
    kinds = Counter(str(match) for _, match in LISTED)
    assert kinds == {"substring": 90, "prefix": 5, "exact_utterance": 18}


@pytest.mark.parametrize(("phrase", "match"), LISTED)
def test_a_listed_phrase_is_the_agents_fault_and_never_the_callers(hits, phrase, match):
    assert any(rule.startswith("forbidden.") for rule in hits(phrase))
    assert hits(phrase, "caller") == []
    assert hits(f"他跟您说“{phrase}”，是吗？非常抱歉。") == []
    within = any(rule.startswith("forbidden.") for rule in hits(f"那个我跟您讲{phrase}"))
    assert within == (match == "substring")


TOLD = (
    "您说师傅对您讲{}，真对不起",
    "我们绝对不会跟居民说{}",
    "昨天的坐席回答您{}，是他不对",
    "您刚才提到他说{}，我记下来了",
    "您听到{}肯定很难受",
    "我没有说{}，您可能听错了",
)


@pytest.mark.parametrize("told", TOLD)
def test_what_is_told_of_others_or_denied_is_not_the_agents_own(hits, told):
    assert [phrase for phrase, _ in LISTED if hits(told.format(phrase))] == []


@pytest.mark.parametrize(
    ("heard", "rule"),
    [
        ("我怎么只到", "forbidden.questioning"),
        ("爱大不大", "forbidden.talking-back"),
        ("有玩没玩", "forbidden.impatience"),
        ("这个不规我们管", "forbidden.buck-passing"),
        ("费话", "forbidden.impatience"),
    ],
)
def test_a_recognisers_homophones_do_not_hide_it(hits, heard, rule):
    assert rule in hits(heard)


@pytest.mark.parametrize(
    ("meant", "said"),
    [("的事", "的是"), ("一点钱", "一点前"), ("街道", "接到"), ("赔你", "陪你"), ("又不是我", "有不是我")],
)
def test_an_everyday_character_is_taken_for_no_other(meant, said):
    found = [list(Phrase.parse(meant).found_in(spoken(Turn("agent", 0, 2, heard)))) for heard in (meant, said)]
    assert [bool(each) for each in found] == [True, False]


@pytest.mark.parametrize("heard", ["棍", "您会", "飞花", "关机了"])
def test_short_words_that_only_sound_alike_are_left_alone(hits, heard):
    assert hits(heard) == []


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("这事儿我们不管，你爱找谁找谁", "fault.buck-passing"),
        ("跟我讲没用，我又不是修电的", "fault.buck-passing"),
        ("你是不是没上过学，字都不认识", "fault.insult"),
        ("都讲了好几遍了，您怎么记不住", "fault.impatience"),
        ("全城都停电就你着急", "fault.talking-back"),
        ("包您今晚有电，五分钟就到您家", "fault.false-promise"),
        ("他的手机号是一三八一二三四五六七八", "fault.leaked-data"),
        ("再这样我直接挂电话了", "fault.hang-up"),
    ],
)
def test_the_same_in_other_words(hits, said, kind):
    assert kind in hits(said)


@pytest.mark.parametrize(
    "said",
    [
        "我正忙着帮您查呢，请稍等",
        "营业厅已经下班了，明天早上八点半开门",
        "您心里烦得很我能理解",
        "麻烦您大声一点好吗",
        "我们不会说不归我们管",
        "我不敢保证今晚一定来电",
        "我们保证四十五分钟内到达现场",
        "很抱歉，邻居的电话我不能告诉您",
        "邻居家有没有电",
        "您放心，我一定帮您解决",
        "投诉是您的权利，我帮您登记",
        "请您先挂机，稍后我给您回电话",
        "这不是您的责任，是我们线路的问题",
        "师傅不该让您自己想办法",
        "对不起，让您久等了",
        "您的心情我非常理解，您别着急，请慢慢讲",
        "很抱歉，这超出我们的服务范围",
        "您错过了缴费时间，现在补交就行",
    ],
)
def test_kind_words_are_left_alone(hits, said):
    assert hits(said) == []


def test_a_number_that_the_caller_gave_is_only_repeated(hits, rulebook):
    from tests.quality.conftest import judgement

    said = ("agent", 10, 16, "您邻居的电话13812345678，我帮您记下来")
    given = ("caller", 5, 9, "邻居的电话是一三八一二三四五六七八")
    greeting = ("agent", 0, 3, "您好，供电热线")
    assert "fault.leaked-number" in [f.rule for f in judgement(rulebook, greeting, said).findings]
    assert "fault.leaked-number" not in [f.rule for f in judgement(rulebook, greeting, given, said).findings]


def test_a_word_that_sounds_like_others_all_too_often_counts_only_as_written():
    asked, other = (spoken(Turn("agent", 0, 2, said)) for said in ("停电了，是吗", "还有事吗"))
    assert [list(Phrase.parse(text).found_in(other)) != [] for text in ("是吗", "=是吗")] == [True, False]
    assert list(Phrase.parse("=是吗").found_in(asked))


def held(rulebook, said):
    """Whether somebody is told to wait rudely."""
    from tests.quality.conftest import judgement

    findings = judgement(rulebook, ("agent", 0, 3, "您好，供电热线"), ("agent", 5, 8, said)).findings
    return "waiting.rude-hold" in [finding.rule for finding in findings]


def test_to_say_why_one_waits_is_no_rudeness(rulebook):
    kind = [
        "您先别挂，马上好。",
        "您等等，我把另一个窗口打开，马上就好。",
        "您先别挂断，我在查。",
        "您先别挂，我听一下现场师傅怎么说。",
        "您等一下啊，我把窗口切过去，马上好。",
        "您先别挂电话，我马上把结果念给您。",
        "等等，我先把您的名字写对，是弓长张吗？",
        "您等一会儿，很快就好。",
        "您等等，我翻一下记录。",
        "您别急，等一下就有结果。",
    ]
    assert [said for said in kind if held(rulebook, said)] == []


@pytest.mark.parametrize(
    "said",
    [
        "等会儿。",
        "在查，等着。",
        "先等着，别吭声。",
        "搁那儿等着，我一会儿再说。",
        "你先别挂。",
        "等着，我忙着呢。",
        "你等着，我接个电话。",
    ],
)
def test_a_bare_wait_is(rulebook, said):
    assert held(rulebook, said)
