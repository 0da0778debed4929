"""Telling words that are meant from words that are only reported, quoted or refused.

An agent who says 他跟您说“不归我管”，这是不对的 did not pass the buck. These patterns look at the sentence around a
hit, by its characters and not by sound; folded, so 你 stands for 您 and 的 for 得. They are words of ours,
tried on the written dialogues in config/quality/examples.
"""

import re

from quality.phrases import Hit, Phrase
from quality.rule import Rule
from quality.spoken import Spoken

_SOMEBODY = (
    "(他们?|人家|同事|坐席|客服|师傅|工作人员|有人|领导|那位|那个人|哪位|谁|别人|邻居|前台|营业厅|营业员|接线员|班长)"
)
_SAY = "(说过?|讲过?|回答|回复|答复|告诉你|骂|吼|喊|反问|问(?!题))"
_LINK = "(的|是|过|了|什么|说|一句|我们?|你们?|他|那句|这句|这种|像|类似|句)"
REACH = 24
"""Characters around a hit in which other words may make it harmless: a recogniser puts no full stops."""
NEAR = 10
"""Characters around a hit that are near to it: where a recogniser writes no comma, for as long a clause may be."""
TURNS = re.compile(".*(?:但|不过|可是|到底|反正)")
"""What comes after these words is another matter than what was said before them, comma or not."""
TAG = re.compile(
    "(?<![不还很也挺真])(好|行|可以|对|成|听?明白了?|听?懂了?|听?清楚了?|知道了?|晓的了?)(吗|么|不|没)|好不好|行不行"
)
"""A question hung behind what is said: it asks for assent and makes nothing a question."""
WHO = 6
"""Characters before a hit in which the one who said it may stand."""
REPORTED = re.compile(
    f"({_SOMEBODY}.{{0,6}}{_SAY}|{_SOMEBODY}.{{0,4}}(让|叫|要|劝)|你(是|刚才|刚刚)+{_SAY}的?|你(是|刚才|刚刚)*(反映|提到|听到|投诉|觉的|说的)的?"
    f"|(?<!你)(?<!你们)(这种|这样的|那样的|类似的?|那种|所谓的?))({_LINK}){{0,4}}$"
)
"""Before the hit: somebody else said it, or the caller did."""
_NEVER = "(不会|不许|不该|不应该|不可以|不能|绝不|决不|从不|从来不|从来没|不准|没有|禁止)"
_TOLD = (
    f"({_SOMEBODY}.{{0,6}}{_SAY}|你(刚才|刚刚)?(说的?他|反映|提到|听到)"
    f"|(?<!按说)(?<!按理)(?<!本来)(?<!照理)(?<!能)(?<!会){_NEVER}再?(对|跟|和|向)?.{{0,4}}(说|讲|回答)(?!完了|完没|完再|完后|[过了]吗))"
)
TOLD = re.compile(_TOLD)
"""Anywhere in a sentence: it tells what somebody else said, or what nobody says."""
TOLD_JUST_NOW = re.compile(f"{_TOLD}.{{0,12}}$")
"""Before the hit, in the same clause: what is told goes on here."""
REFUSED = re.compile(
    "((?<!是)不是|(?<!会)不会|(?<!能)不能|(?<!该)不该|不应该|不可以|并非|不敢|不许|不准|不的|(?<!要)不要|(?<!用)不用|不必|别|勿|绝不|决不|从不|从来不|从来没|(?<!有)没有|(?<!有)没|哪能|哪会"
    "|怎么会|怎么能|怎么可以|怎么可能|怎么好|岂能|避免|禁止|哪里敢)"
    "(再|对你|跟你|和你|给你|向你|让你|叫你|把你|说|讲|觉的|认为|因为|是|出现|这种|什么|那么|这么|会|用|拿)*$"
)
"""Right before the hit, in the same clause: it is denied."""
DISOWNED = re.compile(
    "^.{0,6}(这种话|这样的话|这句话|这话|之类|是不对的|是不应该|不应该说|不该说|的说法|的态度|这种态度|的意思)"
)
"""Right after the hit: it is spoken about."""


def only_reported(said: Spoken, hit: Hit) -> bool:
    """Whether the words of this hit are not the speaker's own."""
    start, end = hit.start, hit.end
    if not said.quoted.isdisjoint(range(start, end)) and len(said.quoted) < len(said.chars):
        return True
    if any(REFUSED.search(said.chars[slice(*gap)]) for gap in hit.gaps):
        return True
    if any(TOLD.search(said.chars[max(0, start - WHO) : gap[1]]) for gap in hit.gaps):
        return True  # 他跟你说去告啊 is found from 你 on, and told all the same.
    before = said.sentence_before(start)
    return bool(
        REPORTED.search(before)
        or TOLD_JUST_NOW.search(said.clause_before(start))
        or REFUSED.search(said.clause_before(start))
        or DISOWNED.search(said.sentence_after(end))
    )


def spared(rule: Rule, said: Spoken, hit: Hit) -> bool:
    """Whether the rule itself names words around this hit, or in its gaps, that make it harmless."""
    before, after = said.sentence_before(hit.start)[-REACH:], said.sentence_after(hit.end)[:REACH]
    earlier = ((hit.start - len(before), hit.start), *hit.gaps)
    if any(found.end == hit.start for phrase in rule.spare_right_before for found in phrase.found_in(said)):
        return True
    if any(_has(rule.spare_clause_before, said, *place) for place in (_clause_before(said, hit), *hit.gaps)):
        return True
    if _has(rule.spare_clause_after, said, *_clause_after(said, hit)):
        return True
    return any(_has(rule.spare_before, said, *place) for place in earlier) or _has(
        rule.spare_after, said, hit.end, hit.end + len(after)
    )


def _clause_before(said: Spoken, hit: Hit) -> tuple[int, int]:
    """What stands near and before the hit in its clause."""
    before = said.clause_before(hit.start)[-NEAR:]
    if turn := TURNS.match(before):
        before = before[turn.end() :]
    return hit.start - len(before), hit.start


def _clause_after(said: Spoken, hit: Hit) -> tuple[int, int]:
    """What stands near and after the hit in its clause."""
    after = said.clause_after(hit.end)[:NEAR]
    tag = TAG.search(after)
    return hit.end, hit.end + (tag.start() if tag else len(after))


def _has(phrases: tuple[Phrase, ...], said: Spoken, start: int, end: int) -> bool:
    return any(start <= hit.start and hit.end <= end for phrase in phrases for hit in phrase.found_in(said))
