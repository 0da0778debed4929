"""Numbers that belong to a person: which runs of digits are which kind, by their check and by the words around them."""

import re
from collections.abc import Iterator

from triage.privacy.checks import is_bank_card, is_id_card, is_landline, is_local, is_mobile
from triage.privacy.finding import Found, Kind
from triage.privacy.reading import WALL, Reading
from triage.privacy.runs import Group, runs

_LONGEST = 24
_CUSTOMER_LENGTHS = (10, 13, 16)
"""Customer numbers in common use; State Grid's newer numbering has 13, Southern Grid's 16."""

_WORDS = (
    (Kind.ID_CARD, "身份证|证件号"),
    (Kind.BANK_CARD, "银行卡|卡号|储蓄卡|信用卡|账号"),
    (Kind.CUSTOMER_NUMBER, "户号|客户编号|用户编号|客户号|用户号|缴费号|缴费编号"),
    (Kind.METER_NUMBER, "表号|资产编号|资产号|电表编号|表编号"),
    (Kind.LANDLINE, "座机|固话|固定电话"),
    (Kind.MOBILE, "手机|电话|号码|联系方式|联系我|打给我|微信"),
)
_NOT_PERSONAL = "工单|订单|单号|受理|案件|流水|回执|读数|示数|抄表|表底|余额|金额|电费|合同|文号|票号|热线"
_NEAR = re.compile("|".join(f"(?P<{kind}>{words})" for kind, words in _WORDS) + f"|(?P<no>{_NOT_PERSONAL})")
_AFTER = re.compile(r"[\s,，。]{0,3}(?:这)?(?:就)?是我们?(?:家)?(?:的)?(?P<said>[^\s\d]{2,5})")
_MEASURE = re.compile(r"\s?(?:元|块|度|千瓦|kw|分钟|小时|年|月|日|点|伏|kv|%|米|:\d|\.\d)")
_REACH = 18
"""How many characters before a number a word may stand that says what it is."""
_BEGINNING = re.compile(r"(?:(?:00)?86)?1[3-9]\d{2}|0\d{2,3}[2-8]|62|4|5[1-5]|[1-9]\d{5}(?:19|20)\d\d")


def numbers(reading: Reading) -> Iterator[Found]:
    """Every personal number of the text."""
    text = reading.text
    said_before = 0
    for run in runs(text):
        context = _context(text, said_before, run)
        said_before = run[-1].end
        for kind, first, last in _split(run, context, _bare(text, run)):
            start = run[first].start
            start -= text[max(0, start - 1) : start] in ("+", "(")  # +86…, (0755)…
            yield reading.found(kind, start, run[last].end)


def _context(text: str, floor: int, run: tuple[Group, ...]) -> str | None:
    """The kind that the nearest word before the run speaks of, or the word after it; `no` for what is not personal."""
    before = text[max(floor, run[0].start - _REACH) : run[0].start].rpartition(WALL)[2]
    near = None
    for word in _NEAR.finditer(before):
        near = word.lastgroup
    if near is None and (after := _AFTER.match(text, run[-1].end)) and (word_after := _NEAR.search(after["said"])):
        near = word_after.lastgroup
    return near


def _bare(text: str, run: tuple[Group, ...]) -> bool:
    """Whether the run is no part of a code (GD2026…), a decimal or a quantity."""
    before = text[max(0, run[0].start - 2) : run[0].start].rstrip()
    return not re.search(r"[a-z#.:点]$", before) and not _MEASURE.match(text, run[-1].end)


def _split(run: tuple[Group, ...], context: str | None, bare: bool) -> Iterator[tuple[Kind, int, int]]:
    """Cut a run into numbers, from the left, the longest first; where nothing passes, the words around it decide."""
    first, anything = 0, False
    while first < len(run):
        if first > _REACH and not _may_begin(run, first):
            first += 1
            continue
        for last in range(_farthest(run, first), first - 1, -1):
            whole = first == 0 and last == len(run) - 1
            said = context if not anything else None
            versions = _versions(run[first : last + 1])
            kind = next((k for digits, own in versions if (k := _kind(digits, said, bare, whole and own))), None)
            if kind:
                yield kind, first, last
                first, anything = last, True
                break
        first += 1
    total = sum(len(group.digits) for group in run)
    if not anything and context not in (None, "no") and 7 <= total <= _LONGEST and bare:
        public = re.match("[48]00|95|96|12", "".join(group.digits for group in run))
        if context not in (Kind.MOBILE, Kind.LANDLINE) or (not public and 10 <= total <= 13):
            yield Kind(str(context)), 0, len(run) - 1


def _may_begin(run: tuple[Group, ...], first: int) -> bool:
    """Whether a number can begin here at all; it keeps a very long row of digits from taking very long."""
    near = run[first : first + _LONGEST]
    return any(group.after_correction for group in near) or bool(
        _BEGINNING.match("".join(group.digits for group in near))
    )


def _farthest(run: tuple[Group, ...], first: int) -> int:
    """The last group that a number from `first` can reach; taken-back digits make it reach farther."""
    total, last = 0, first
    for place in range(first, len(run)):
        total += len(run[place].digits)
        if total > 2 * _LONGEST:
            break
        last = place
    return last


def _versions(groups: tuple[Group, ...]) -> Iterator[tuple[str, bool]]:
    """The digits as said (with True), without mere repetitions, and with the last words in place of those taken back."""
    said = "".join(group.digits for group in groups)
    if 7 <= len(said) <= _LONGEST:
        yield said, True
    once = [
        group.digits
        for place, group in enumerate(groups)
        if place == 0 or len(group.digits) < 2 or group.digits != groups[place - 1].digits
    ]
    if len(once) < len(groups):
        yield "".join(once), False
    for place, group in enumerate(groups):
        if group.after_correction:
            before = "".join(each.digits for each in groups[:place])
            after = "".join(each.digits for each in groups[place:])
            lengths = range(max(0, 7 - len(after)), min(len(before), _LONGEST - len(after) + 1))
            yield from ((before[:kept] + after, False) for kept in lengths)


def _kind(digits: str, context: str | None, bare: bool, whole: bool) -> Kind | None:
    if is_id_card(digits):
        return Kind.ID_CARD
    if context == Kind.METER_NUMBER and bare and whole and 8 <= len(digits) <= _LONGEST:
        return Kind.METER_NUMBER
    if context == Kind.CUSTOMER_NUMBER and len(digits) in _CUSTOMER_LENGTHS:
        return Kind.CUSTOMER_NUMBER
    if is_mobile(digits):
        return Kind.MOBILE
    if context == "no" or not bare:
        return None
    if is_bank_card(digits):
        return Kind.BANK_CARD
    if is_landline(digits) or (context in (Kind.MOBILE, Kind.LANDLINE) and whole and is_local(digits)):
        return Kind.LANDLINE
    public = digits.startswith(("400", "800"))
    return Kind.CUSTOMER_NUMBER if whole and len(digits) in _CUSTOMER_LENGTHS and not public else None
