"""Finds the facts of a text: one pattern a kind, each checked against what its words also mean."""

import re
from collections.abc import Iterator

from triage.danger import Standing, dangers
from triage.facts.amounts import NUMBER, SAID, amount
from triage.facts.fact import Fact, FactKind
from triage.facts.promises import PROMISE
from triage.folding import fold
from triage.rules import shipped_dangers

_DANGERS = shipped_dangers()
_ROUGHLY = (
    r"(?P<{}>左右|上下|出头|多(?![少次扣收交出退算充打等跑])钱?|几(?![个点号次回天时户家乎])毛?钱?|"
    r"[三四五六七八九](?<=二三|三四|四五|五六|六七|七八|八九)(?![十百千万天次个户块])|不到(?=[了吧就，。？！]|\Z))?"
)
"""After a unit: what makes the number before it a vague one, as in 三块多, 五毛几, 一块五六."""
_MONEY = re.compile(
    rf"(?P<yuan>{SAID})(?:元|块钱?)(?:(?P<part>[一二两三四五六七八九0-9])(?:毛|角)?(?![十百千万天次个户]))?{_ROUGHLY.format('more')}|"
    rf"(?P<jiao>{SAID})(?:毛|角)(?:钱|(?P<fen>[一二三四五六七八九1-9])分?(?![十百千万天次个户]))?{_ROUGHLY.format('bit')}|"
    r"(?:充|交|付|缴|扣|欠|退|转)(?:了|过|的)?"
    rf"(?P<bare>(?=[好几上数零一二两三四五六七八九十]*[百千万])(?>{SAID}))(?![度个户次天年月元块毛角多来几号吨斤瓦伏安])"
)
_DURATION = re.compile(
    rf"(?P<n>[大老小]?半|{SAID})个?(?P<about>多|来)?(?P<half>半)?(?P<unit>分钟|钟头|小时|天|礼拜|星期|个月|(?<=个把)月)"
    rf"(?P<after>半(?!夜))?{_ROUGHLY.format('more')}"
)
_MINUTES = {"分钟": 1, "钟头": 60, "小时": 60, "天": 1440, "礼拜": 10_080, "星期": 10_080, "个月": 43_200}
_TIME = re.compile(
    rf"(?:(?:今天|昨天|前天|明天|后天|大前天|昨晚|今早|今晚|上周|上个月|这个月|下周|周[一二三四五六日天]|星期[一二三四五六日天]|(?<!几)(?:{NUMBER}月(?:{NUMBER}[号日])?|{NUMBER}号))"
    rf"(?:凌晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|半夜)?(?:{NUMBER}点(?:半|{NUMBER}分?|钟)?)?|"
    rf"(?:凌晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|半夜){NUMBER}点(?:半|{NUMBER}分?|钟)?|{NUMBER}点(?:半|钟|{NUMBER}分))"
    r"(?!楼|院|门|栋|幢|单元|室|线|路|大院|井|杆|台区|公馆|商铺|公告)"
)
_HOUSE_NUMBER = re.compile(r"(?:门牌号?|[路街巷弄道村组栋幢]|胡同|大院)(?:是|为)?\Z")
"""Before a number with 号 that is no day of the month."""
_HOUSEHOLDS = re.compile(
    rf"(?P<n>{SAID})户(?!号|名|主|口|外|型|籍)|"
    r"(?P<word>整栋楼?|全楼|整个小区|全村|整个单元|整条街|整层|就我们?一?家|只有我家)"
)
_HOUSEHOLD_WORDS = {"就": "1", "只": "1"}
_FAILED = (
    ("停电", "停电|没电|断电|没有电|黑灯|没得电"),
    ("跳闸", "跳闸|跳了闸|推不上去|合不上闸"),
    ("电压", "电压[低高不]|灯[光泡]?[发很]?暗|忽明忽暗|一闪一闪"),
    ("缺相", "缺相|少一相|三相"),
    ("电表", "电?表[^户\n]{0,4}(?:坏|不走|黑屏|不亮|停走|走得?快|烧)"),
    ("表箱", "表箱[^\n]{0,6}(?:坏|开|烧|掉|进水)"),
    ("变压器", "变压器[^\n]{0,6}(?:响|坏|冒|漏|炸|烧)"),
    ("线路", "(?:电?线|电缆)[^\n]{0,4}(?:断|掉|垂|落|烧)"),
    ("路灯", "路灯[^\n]{0,6}(?:不亮|坏|灭)"),
)
_NOT_THERE = re.compile(
    r"(?:不是|没有?|没再|没在|未|会不会|有没有|是不是|如果|要是|万一|怕|担心|以前|去年|上次)"
    r"[^\n，。]{0,3}\Z"
)
_CALL_BACK = re.compile(
    r"(?:给我|跟我|麻烦|请|你们?|让(?:师傅|他们?))[^\n，。]{0,6}"
    r"(?:回个?电话?|回电|打个?电话|打给我|来个电话|来个信|联系一?下?我|回复我|通知一?[下声]?我|说一声)[^\n，。]{0,3}|"
    r"(?:回我(?:个)?(?:电话|话|信)|(?:给|跟)我(?:打|来|回|说)个?(?:电话|信|话|一声)|(?:联系|通知|告诉)我一[声下]|"
    r"等(?:着|候)?(?:你们?|他们?|师傅|您)的?(?:电话|回话|回信|消息|信儿?)|打我[^\n，。]{0,3}(?:手机|电话|这个))"
)
_MOODS = (
    (
        "angry",
        "投诉|气死|太过分|不像话|什么态度|骗人|糊弄|推来推去|踢皮球|受不了|忍无可忍|讲理|不讲道理|气人|恼火|窝火|忽悠|坑人|耍[^，。\n]{0,2}[我人]|凭什么|欺负|不要脸|曝光|找媒体|岂有此理|烦死",
    ),
    ("worried", "害怕|好怕|怕[得死]|担心|心慌|提心吊胆|着急|急死|怎么办|求求|救命|不敢|吓"),
    ("thankful", "谢谢|感谢|感激|多亏|辛苦|多谢|麻烦您?了|太好了|满意|点赞|表扬"),
    ("sad", "难受|哭|眼泪|委屈|可怜|没办法|没辙|熬不[住下]|命苦"),
)


def extract(text: str, *, agent: bool = False) -> tuple[Fact, ...]:
    """The facts of what one side said, in order of place. Promises are looked for on the agent's side alone."""
    found = [*_amounts(text), *_words(text)]
    if agent:
        found = [fact for fact in found if fact.kind not in (FactKind.FAILED, FactKind.MOOD)]
        found += [_fact(FactKind.PROMISE, match) for match in PROMISE.finditer(text)]
    else:
        found += [_fact(FactKind.CALL_BACK, match) for match in _CALL_BACK.finditer(text)]
        found += _dangers(text)
    return tuple(sorted(found, key=lambda fact: (fact.start, fact.end)))


def _amounts(text: str) -> Iterator[Fact]:
    for match in _MONEY.finditer(text):
        start, end = match.span("bare") if match["bare"] else match.span()
        yield Fact(FactKind.MONEY, text[start:end], start, end, _yuan(match))
    lengths = []
    for match in _DURATION.finditer(text):
        lengths.append(match.span())
        yield _fact(FactKind.DURATION, match, _minutes(match))
    for match in _TIME.finditer(text):
        within = any(start <= match.start() < end for start, end in lengths)
        if not within and not _HOUSE_NUMBER.search(text, max(0, match.start() - 4), match.start()):
            yield _fact(FactKind.TIME, match)
    for match in _HOUSEHOLDS.finditer(text):
        alone = _HOUSEHOLD_WORDS.get(match[0][0], "")
        yield _fact(FactKind.HOUSEHOLDS, match, _figure(amount(match["n"])) if match["n"] else alone)


def _yuan(match: re.Match[str]) -> str:
    whole, tenths = amount(match["yuan"] or match["bare"] or ""), amount(match["jiao"] or "")
    if match["more"] or match["bit"]:
        return ""
    if match["jiao"]:
        return "" if tenths is None else _figure(tenths / 10 + (amount(match["fen"] or "") or 0) / 100)
    return "" if whole is None else _figure(whole + (amount(match["part"] or "") or 0) / 10)


def _minutes(match: re.Match[str]) -> str:
    # 半天 is said for any long while, 半小时 is half of one.
    value = 0.5 if match["n"] == "半" and match["unit"] != "天" else amount(match["n"])
    if value is None or match["about"] or match["more"]:
        return ""
    return _figure((value + (0.5 if match["half"] or match["after"] else 0)) * _MINUTES[match["unit"]])


def _figure(value: float | None) -> str:
    """Empty for a number that was told vaguely: its words say as much as is known."""
    return "" if value is None else f"{value:.12g}"


def _words(text: str) -> Iterator[Fact]:
    for name, pattern in _FAILED:
        for match in re.finditer(pattern, text):
            if not _NOT_THERE.search(text, max(0, match.start() - 8), match.start()):
                yield _fact(FactKind.FAILED, match, name)
                break
    for name, pattern in _MOODS:
        if mood := re.search(pattern, text):
            yield _fact(FactKind.MOOD, mood, name)


def _dangers(text: str) -> Iterator[Fact]:
    folded = fold(text)
    for danger in dangers(_DANGERS, folded):
        if danger.standing is Standing.PRESENT and danger.hit.end > danger.hit.start:
            said = folded.evidence(danger.hit.start, danger.hit.end)
            yield Fact(FactKind.DANGER, said.text, said.start, said.end, danger.hit.rule.id.partition(":")[2])


def _fact(kind: FactKind, match: re.Match[str], value: str = "") -> Fact:
    return Fact(kind, match[0], match.start(), match.end(), value)
