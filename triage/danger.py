"""Danger words, and whether they are said of something that is there, denied, only supposed, or long past."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from triage.folding import PAUSE, Folded
from triage.rules import Hit, Rule, find
from triage.verdict import Category, Urgency


class Standing(Enum):
    """How a danger word is meant."""

    PRESENT = auto()
    ASKED = auto()
    """The caller wants to know whether it is there: 是不是漏电, 会不会触电."""
    SUPPOSED = auto()
    """Feared or guessed: 怕着火, 可能漏电."""
    ABSENT = auto()
    """Denied (没有冒烟), prevented (防止触电), long past (去年着过火) or a figure of speech (气得冒烟)."""


@dataclass(frozen=True, slots=True)
class Danger:
    """A danger word in its place."""

    hit: Hit
    standing: Standing


_FILLER = "(?:有|得|见|看见|看到|发现|闻到|听到|听见|发生|出现|什么|啥|再|人|任何|过|在|着|怎么|一点|那个|的)"
_DENIED = re.compile(
    rf"(?:(?<!有)没|没得|莫得|木有|冇|无|未|(?<![是要])不是|(?<!会)不会|不像|不(?!停|断|住|光|但|仅|止|只|知|小|敢|得了)){_FILLER}*\Z"
)
_DENIED_AFTER = re.compile(r"(?:了|倒|是|的|那|现象|情况|味道?|倒是)*(?:没有|没得|莫得|没)(?:的|啊|吧|呢|哈)?(?=\n|\Z)")
_PREVENTED = re.compile(r"(?:防止?|预防|避免|以免|免得|注意|小心别|当心别)[^\n]{0,4}\Z")
_PAST = re.compile(
    r"(?:去年|前年|以前|从前|当年|那年|小时候|上次|上回|曾经)(?!.*(?:现在|这[次回会]|今|又|还在|刚))[^\n]{0,12}\Z"
)
_FIGURE = re.compile(
    r"(?:气得|气到|心里|心头|嗓子|喉咙|头顶|脑门|七窍|眼睛|眼里|急得|热得|我(?:都|就|真|快|要|都快|都要))[^\n]{0,4}\Z"
)
_FIGURE_WORDS = re.compile(r"[冒着起]|火")
_KITCHEN = re.compile(r"(?:饭|菜|锅|肉|汤|鱼)[^\n]{0,3}\Z")
_ASKED = re.compile(r"(?:有没有|是不是|是否|会不会)[^\n]{0,10}\Z")
_SUPPOSED = re.compile(r"(?:怕|担心|万一|要是|如果|假如|怀疑|可能|难道|难不成|容易|莫非|看看有无)[^\n]{0,10}\Z")
_PAST_AFTER = re.compile(r"(?:了|的|掉下来)?[^\n]{0,4}(?:那次|那回|那阵|那件?事|那时候)")
_DENIED_INSIDE = re.compile(r"(?:没有?|未|不)(?=[掉断落倒垂冒着起砸])")
_AND = re.compile(r"(?:和|或者?|跟|与|以及|也)?\Z")


def dangers(rules: tuple[Rule, ...], folded: Folded) -> tuple[Danger, ...]:
    """The danger words of a text, in order of place, each with its standing."""
    found = sorted(find(rules, folded), key=lambda hit: (hit.start, -hit.end))
    return tuple(_judged(found, folded))


ALARM_FROM = 0.4
"""The learnt probability from which a text without danger words is urgent too; chosen by cross-validation."""

ALL_CLEAR_BELOW = 0.2
"""The learnt probability below which danger words are not believed: long past, others' stories, figures of speech."""

GAS = "danger:gas"
"""The rule of what nothing learnt talks away: whoever smells gas must be told at once to leave the switches alone."""


def urgency(found: tuple[Danger, ...], category: Category, likely: float | None = None) -> Urgency:
    """Urgent at once for a danger that is there; for one asked about unless the call is about a bill or a wish; for a
    feared one if the call reports a fault or a wrong. `likely`, if given, is what was learnt of how dangers are told;
    it talks no gas away.
    """
    if category is not Category.PRAISE and likely is not None and likely >= ALARM_FROM:
        return Urgency.URGENT
    standings = {danger.standing for danger in found}
    gas = any(danger.standing is Standing.PRESENT and danger.hit.rule.id == GAS for danger in found)
    all_clear = likely is not None and likely < ALL_CLEAR_BELOW and Standing.ASKED not in standings and not gas
    if category is Category.PRAISE or all_clear:
        return Urgency.NORMAL
    asked = Standing.ASKED in standings and category not in (Category.BILLING, Category.SUGGESTION)
    feared = Standing.SUPPOSED in standings and category in (Category.REPAIR, Category.COMPLAINT, Category.REPORT)
    return Urgency.URGENT if Standing.PRESENT in standings or asked or feared else Urgency.NORMAL


def absent(found: tuple[Danger, ...]) -> tuple[Hit, ...]:
    """The words of dangers that are not there: they say nothing about the category either."""
    return tuple(danger.hit for danger in found if danger.standing is Standing.ABSENT)


def _judged(found: list[Hit], folded: Folded) -> Iterator[Danger]:
    before: Danger | None = None
    for hit in found:
        standing = _standing(hit, folded.text)
        if before and before.standing is Standing.ABSENT and _listed(before.hit, hit, folded):
            standing = Standing.ABSENT
        before = Danger(hit, standing)
        yield before


def _listed(first: Hit, second: Hit, folded: Folded) -> bool:
    """Whether both stand in one list, 冒烟和着火 or 冒烟、着火, so that a denial holds for both."""
    if second.start < first.end:
        return True
    between = folded.text[first.end : second.start]
    if between == PAUSE:
        return folded.source[folded.origin[first.end]] == "、"
    return _AND.fullmatch(between) is not None


def _standing(hit: Hit, text: str) -> Standing:
    clause = text[text.rfind(PAUSE, 0, hit.start) + 1 : hit.start][-24:]
    words = text[hit.start : hit.end]
    denied = _DENIED.search(clause) or _DENIED_INSIDE.search(words) or _DENIED_AFTER.match(text, hit.end)
    if denied or _PREVENTED.search(clause):
        return Standing.ABSENT
    if _PAST_AFTER.match(text, hit.end):
        return Standing.ABSENT
    if _PAST.search(clause) or (_FIGURE.search(clause) and _FIGURE_WORDS.search(words)) or _burnt_dinner(clause, words):
        return Standing.ABSENT
    if _ASKED.search(clause):
        return Standing.ASKED
    return Standing.SUPPOSED if _SUPPOSED.search(clause) else Standing.PRESENT


def _burnt_dinner(clause: str, words: str) -> bool:
    return words in ("烧糊", "烧焦") and _KITCHEN.search(clause) is not None
