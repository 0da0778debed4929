"""Digits in a row, however they are written or said, with all that may stand between them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SPOKEN = dict(
    zip("零〇○一幺要摇么二两三四五六七八九壹贰叁肆伍陆柒捌玖", "0001111122" + "3456789" + "123456789", strict=True)
)
_DIGIT = "(?<![十百千万亿])[0-9" + "".join(_SPOKEN) + "](?![十百千万亿])"
_CORRECTED = "不对|错了|说错了|哦不|噢不|不不|不是|更正一下|应该是|重说"
_LABEL = r"(?:坐席|客服|来电人|用户|客户|居民|市民|agent|caller)\s{0,2}:"
_FILLER = (
    "嗯|呃|额|啊|哦|噢|唔|诶|欸|哎|呢|吧|那个|这个|然后|就是|后面是|后面|再来|接着|等一下|等等|等会|我看看|我看一下|"
    "让我看看|对|好的|好|是|你说|您说|请讲|请说|继续|还有|前面是|加"
)
_GAP = rf"(?:{_LABEL}|{_CORRECTED}|{_FILLER}|[\s,，、。;；()（）_·…~—–/!?？！\-])"
_RUN = re.compile(rf"\+?{_DIGIT}(?:{_GAP}{{0,12}}{_DIGIT}|{_GAP}{{0,3}}x(?![a-z]))*")
_STEP = re.compile(rf"(?P<group>[0-9]+|[{''.join(_SPOKEN)}]|x)|(?P<corrected>{_CORRECTED})|(?P<other>.)", re.DOTALL)
_DATE = re.compile(r"(?<![\d-])(?:19|20)\d\d(?P<by>[-/.])(?:0?[1-9]|1[0-2])(?P=by)(?:0?[1-9]|[12]\d|3[01])(?![\d-])")


@dataclass(frozen=True, slots=True)
class Group:
    """Digits that stand together: one spoken digit, or a row of written ones."""

    digits: str
    start: int
    end: int
    after_correction: bool
    """Whether the speaker took back what came before it."""


def runs(text: str) -> Iterator[tuple[Group, ...]]:
    """Every run of at least seven digits, as its groups in order; written dates are no digits."""
    plain = _DATE.sub(lambda day: "\0" * len(day[0]), text)
    for run in _RUN.finditer(plain):
        groups = tuple(_groups(plain, run.start(), run.end()))
        if sum(len(group.digits) for group in groups) >= 7:
            yield groups


def _groups(text: str, start: int, end: int) -> Iterator[Group]:
    corrected = False
    for step in _STEP.finditer(text, start, end):
        if step["group"]:
            digits = "".join(_SPOKEN.get(letter, letter) for letter in step["group"])
            yield Group(digits, step.start(), step.end(), corrected)
            corrected = False
        elif step["corrected"]:
            corrected = True
