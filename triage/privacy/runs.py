"""Digits in a row, however they are written or said, with all that may stand between them."""

import re
from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

_SPOKEN = dict(
    zip(
        "零〇○洞" "一幺" "二两俩" "三四五六七八九拐" "壹贰貳叁參肆伍陆陸柒捌玖",
        "0000" + "11" + "222" + "34567897" + "122334566789",
        strict=True,
    )
)  # fmt: skip
_SLIPS = dict(
    zip(
        "要摇么腰邀吆药医衣依以" "林灵玲另领" "而儿" "山伞散" "是事思死" "我无舞午物" "流留溜" "起期器"
        "吧把爸巴" "就久酒旧",
        "1" * 11 + "0" * 5 + "22" + "333" + "4444" + "55555" + "666" + "777" + "8888" + "9999",
        strict=True,
    )
)  # fmt: skip
"""Words that a recogniser writes for a digit. Most mean something themselves, so they are digits only where it fits."""

_LABEL = r"(?:坐席|座席|客服|话务员|接线员|来电人|来电|主叫|用户|客户|居民|市民|甲|乙|a|b|agent|caller)\s{0,2}:"
_CORRECTED = (
    "不对不对|不对|错了|说错了|讲错了|报错了|念错了|记错了|弄错了|搞错了|哦不|噢不|啊不|不不不|不不|不是|更正一下|更正|改一下|应该是|"
    "重说|重来|我重新说|重新来|再说一遍|sorry|no"
)
_FILLER = (
    "嗯嗯|嗯|呃|额|啊|哦|噢|喔|唔|诶|欸|哎呀|哎|呀|哈|嘛|吗|呢|吧|哟|那个|这个|那么|那|这|然后|接着|跟着|再来|再|就是|就|还有|"
    "(?:后面|后边|中间|前面|最后|末尾|开头|剩下)(?:的|那)?(?:[两三四五六七八几]位|几个)?(?:数)?(?:是)?|[前后][两三四五六]位(?:是)?|尾号(?:是)?|"
    "等一下|等一等|等等|等会儿?|稍等|慢点|慢一点|我?看看|我看一下|让我看看|我想想|我想一下|让我想想|我找找|"
    "对对对|对对|对的|对|好的|好嘞|好|是的|是吧|是|没错|行|可以|记下了吗?|记好了吗?|记住了吗?|记了吗|听清了吗?|知道了|明白|"
    "你说|您说|请讲|请说|您讲|你讲|继续|您继续|加|的|了|哒|杠|横杠|横线|短横|减|空格|逗号|uh|um|er|and|then|okay|ok"
)
_D = "".join(_SPOKEN)
_MANY = "(?![十百千万亿]|(?<=一)[直下定样共起般切些会旦律向边个家次遍])"
"""What may not follow a digit: then it is part of a larger number, or of a word such as 一直."""
_STEP = re.compile(
    rf"(?P<label>{_LABEL})|(?P<times>[两二三四五六七八2-8])个(?P<what>[0-9{_D}]){_MANY}|(?P<written>[0-9]+){_MANY}"
    rf"|(?P<spoken>(?<![十百千万亿])[{_D}]){_MANY}|(?P<end>x(?![a-z])|叉|[艾爱埃]克斯)"
    rf"|(?P<slip>[要摇](?=\s?(?:$|[,，。、…\n]|[{_D}要摇]))|(?<=[{_D}])摇|(?<=[{_D}]\s)[要摇]|[{''.join(_SLIPS)}](?=[{_D}要摇])|(?<=[{_D}])[{''.join(_SLIPS)}](?=[{''.join(_SLIPS)}][{_D}]))"
    rf"|(?P<corrected>{_CORRECTED})|(?P<filler>{_FILLER})"
    r"|(?P<stop>[,，、。;；!?！？]|\.{2,}|\n)|(?P<soft>[^\S\n]|[()（）_·~—–/\-]|(?<=1[3-9]\d)\.(?=\d{4}\.\d{4})|(?<=1[3-9]\d\.\d{4})\.(?=\d{4}))"
)
_DATE = re.compile(r"(?<![\d-])(?:19|20)\d\d(?P<by>[-/.])(?:0?[1-9]|1[0-2])(?P=by)(?:0?[1-9]|[12]\d|3[01])(?![\d-])")
_CLOCK = re.compile(r"(?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?!\d)")
_GAP = 12
"""Steps that may stand between two digits of one run."""
_LONG_RUN = 400
"""Digits after which a run ends at the next pause, and after twice as many anywhere: nobody says a number so long."""
SHORTEST = 7
"""Digits of the shortest number that is looked for."""
_SURE = 5
"""Of which so many must be digits beyond doubt."""


class Joint(IntEnum):
    """What stands before a digit; a number rather begins at a wide joint."""

    WITHIN = 0
    """Nothing: inside a row of written digits."""
    TIGHT = 1
    """Nothing: inside a row of spoken digits, which may be several numbers said in one breath."""
    LOOSE = 2
    """A space, a hyphen or a filler."""
    STOP = 3
    """Punctuation, another speaker, a correction, or the beginning."""


class Digit(NamedTuple):
    """One digit of a run. A tuple, because a line of a megabyte has a million of them."""

    value: str
    """0 to 9, or x."""
    start: int
    end: int
    joint: Joint
    corrected: bool
    """Whether the speaker took back what came before it."""
    slip: bool
    """Whether it is only perhaps a digit."""


def runs(text: str) -> Iterator[tuple[Digit, ...]]:
    """Every run of at least seven digits; written dates and times of day are no digits."""
    plain = _CLOCK.sub(_blank, _DATE.sub(_blank, text))
    run: list[Digit] = []
    place, gap, joint, corrected = 0, 0, Joint.STOP, False
    while (step := _STEP.match(plain, place) if run else _first(plain, place)) is not None or run:
        if step is None or gap > _GAP:
            yield from _whole(run)
            run, gap, joint, corrected = [], 0, Joint.STOP, False
            continue
        if len(run) >= _LONG_RUN and (joint is Joint.STOP or len(run) >= 2 * _LONG_RUN):
            yield from _whole(run)
            run, gap, joint = [], 0, Joint.STOP
        place = step.end()
        spoken = step.lastgroup != "written" and bool(run) and not plain[run[-1].start].isascii()
        for digit in _digits(step, joint, corrected):
            if not run and digit.value == "x":
                continue
            tight = (
                spoken
                and run
                and not (digit.slip or run[-1].slip)
                and run[-1].end == digit.start
                and joint is Joint.LOOSE
            )
            run.append(digit._replace(joint=min(digit.joint, Joint.TIGHT)) if tight else digit)
            gap, joint, corrected = 0, Joint.LOOSE, False
        if step.lastgroup in ("label", "corrected", "filler", "stop", "soft"):
            gap += 1
            joint = Joint.STOP if run and step.lastgroup in ("label", "corrected", "stop") else joint
            corrected = corrected or step.lastgroup == "corrected"


def _first(plain: str, place: int) -> re.Match[str] | None:
    """The next step that a run can begin with."""
    begin = _BEGIN.search(plain, place)
    return _STEP.match(plain, begin.start()) if begin else None


_BEGIN = re.compile(
    rf"[要摇](?=\s?[{_D}要摇])|[0-9]+{_MANY}|(?<![十百千万亿])[{_D}]{_MANY}|[{''.join(_SLIPS)}](?=[{_D}要摇])|[两二三四五六七八2-8]个[0-9{_D}]{_MANY}"
)


def _digits(step: re.Match[str], joint: Joint, corrected: bool) -> Iterator[Digit]:
    start, end = step.span()
    if step["times"]:
        value = _value(step["what"])
        for copy in range(int(_value(step["times"]))):
            yield Digit(value, start, end, Joint.WITHIN if copy else joint, corrected and not copy, False)
    elif step["written"]:
        for place, value in enumerate(step["written"]):
            at = start + place
            yield Digit(value, at, at + 1, Joint.WITHIN if place else joint, corrected and not place, False)
    elif step["spoken"]:
        yield Digit(_value(step["spoken"]), start, end, joint, corrected, False)
    elif step["end"]:
        yield Digit("x", start, end, joint, corrected, False)
    elif step["slip"]:
        yield Digit(_SLIPS[step["slip"]], start, end, joint, corrected, True)


def _value(letter: str) -> str:
    return _SPOKEN.get(letter, letter)


def _whole(run: list[Digit]) -> Iterator[tuple[Digit, ...]]:
    if len(run) >= SHORTEST and sum(not digit.slip for digit in run) >= _SURE:
        yield tuple(run)


def _blank(date: re.Match[str]) -> str:
    return "\0" * len(date[0])
