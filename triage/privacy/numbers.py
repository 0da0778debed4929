"""Numbers that belong to a person: which runs of digits are which kind, by their check and by the words around them."""

import re
from collections.abc import Container, Iterator, Sequence
from itertools import pairwise

from triage.privacy.checks import is_bank_card, is_date_first, is_id_card, is_landline, is_local, is_mobile, is_public
from triage.privacy.finding import Found, Kind
from triage.privacy.reading import Reading
from triage.privacy.runs import SHORTEST, Digit, Joint, runs
from triage.privacy.surroundings import Surroundings, is_quantity, stands_alone, surroundings
from triage.privacy.versions import LONGEST, repeats, versions

_CUSTOMER_LENGTHS = (10, 13, 16)
"""Customer numbers in common use; State Grid's newer numbering has 13, Southern Grid's 16."""

_SPOKEN_LENGTHS = range(10, LONGEST + 1)
"""So many digits said one by one are somebody's number, if no word says that they are a case or a reading."""

_BEGINNING = re.compile(r"(?:(?:00)?86)?1[3-9]\d{2}|0\d{2,3}[2-8]|62|4|5[1-5]|[1-9]\d{5}(?:18|19|20)\d\d")
_MOST_DOUBTS = 8
_PHONES = (Kind.MOBILE, Kind.LANDLINE)

_Cut = tuple[Kind, int, int]
"""A kind, the place of its first digit in the run, and the place after its last one."""


def numbers(reading: Reading) -> Iterator[Found]:
    """Every personal number of the text."""
    text, said_before = reading.text, 0
    for long_run in runs(text):
        run = _without_quantity(text, long_run)
        around = surroundings(text, said_before, run[0].start, run[-1].end)
        said_before = run[-1].end
        for kind, first, end in _cuts(text, run, around):
            start = run[first].start
            while start and text[start - 1] in "+(":  # +86…, (0755)…
                start -= 1
            yield reading.found(kind, start, run[end - 1].end)


def _without_quantity(text: str, run: Sequence[Digit]) -> Sequence[Digit]:
    """The run without the beginning of the next clause: …五六七，三楼."""
    last = max(place for place, digit in enumerate(run) if digit.joint is Joint.STOP or place == 0)
    few = last > 0 and len(run) - last <= 3
    return run[:last] if few and is_quantity(text, run[-1].end) else run


def _cuts(text: str, run: Sequence[Digit], around: Surroundings) -> list[_Cut]:
    named = _named(text, run, around.kind)
    cuts = [named] if named else []
    begin = named[2] if named else 0
    cuts += _checked(text, run, begin, around)
    if not cuts and (cut := _by_word(text, run, around)):
        return [cut]
    for first, end in _between(cuts, len(run)):
        cuts += _by_length(text, run, first, end, around)
    return sorted(cuts, key=lambda cut: cut[1])


def _named(text: str, run: Sequence[Digit], kind: Kind | None) -> _Cut | None:
    """The customer or meter number that the words before the run speak of."""
    if kind not in (Kind.CUSTOMER_NUMBER, Kind.METER_NUMBER):
        return None
    lengths = _CUSTOMER_LENGTHS if kind is Kind.CUSTOMER_NUMBER else range(8, LONGEST + 1)
    first = _first_sure(text, run)
    stops = [place for place in range(first + 1, min(len(run), 2 * LONGEST)) if run[place].joint is Joint.STOP]
    for end in stops:
        if end - first >= SHORTEST and _exactly_phone_or_id(run[end:]) and not _exactly_phone_or_id(run[first:]):
            return kind, first, end
    loose = [place for place in range(first + 1, min(len(run), 2 * LONGEST)) if run[place].joint is Joint.LOOSE]
    for begin in (first, 0) if first else (0,):
        for end in [len(run), *reversed(stops), *reversed(loose)]:
            if end - begin <= 2 * LONGEST and any(len(said) in lengths for said in versions(run[begin:end])):
                return kind, begin, end
    whole = any(len(said) <= LONGEST for said in versions(run[first : first + 2 * LONGEST + 1]))
    return (kind, first, len(run)) if whole and len(run) <= 2 * LONGEST and not _some_check(run[first:]) else None


def _first_sure(text: str, run: Sequence[Digit]) -> int:
    """The first digit that is more than perhaps one: 表号摇六零… begins with 1, 我要六零… does not."""
    start = run[0].start
    if run[0].slip and text[start] in "要摇" and text[max(0, start - 1) : start] not in ("我", "想", "你", "就", "只"):
        return 0
    return next(place for place, digit in enumerate(run) if not digit.slip)


def _exactly_phone_or_id(digits: Sequence[Digit]) -> bool:
    return len(digits) <= 2 * LONGEST and any(is_mobile(said) or is_id_card(said) for said in versions(digits))


def _some_check(digits: Sequence[Digit]) -> bool:
    return any(
        is_mobile("".join(each.value for each in digits[start : start + 11])) for start in range(len(digits) - 10)
    )


def _checked(text: str, run: Sequence[Digit], begin: int, around: Surroundings) -> Iterator[_Cut]:
    """Numbers that pass a check of their own, from the left, the longest first."""
    first = begin
    while first < len(run):
        cut = _checked_from(text, run, first, around) if _may_begin(run, first) else None
        if cut and run[first].slip and (later := _checked_from(text, run, first + 1, around)):
            cut = later  # 是三三零…: a word before the number, no digit
        if cut:
            yield cut
        first = cut[2] if cut else first + 1


def _may_begin(run: Sequence[Digit], first: int) -> bool:
    """Whether a number can begin here at all; it keeps a very long row of digits from taking very long."""
    if run[first].joint is Joint.WITHIN:
        return False
    if run[first].joint is Joint.TIGHT and all(
        d.joint <= Joint.TIGHT for d in run[first + SHORTEST : first + LONGEST + 1]
    ):
        return len(run) - first <= LONGEST
    near = run[first : first + LONGEST]
    return _doubtful(near) or bool(_BEGINNING.match("".join(digit.value for digit in near)))


def _doubtful(digits: Sequence[Digit]) -> bool:
    """Whether some are perhaps no digits, or were taken back; nobody is in doubt about most of a number."""
    return 0 < sum(digit.slip or digit.corrected for digit in digits) <= _MOST_DOUBTS


def _checked_from(text: str, run: Sequence[Digit], first: int, around: Surroundings) -> _Cut | None:
    near = run[first : first + 2 * LONGEST]
    told_otherwise = _doubtful(near) or repeats(near)
    best: _Cut | None = None  # an identity card is surer than all others, so a shorter one still wins
    farthest = min(len(run), first + (2 * LONGEST if told_otherwise else LONGEST))
    for end in range(farthest, first + SHORTEST - 1, -1):
        joint = run[end].joint if end < len(run) else Joint.STOP
        if joint is Joint.WITHIN or (run[first].joint is Joint.TIGHT and joint is Joint.TIGHT):
            continue
        complete = run[first].joint >= Joint.LOOSE <= joint and not around.not_personal
        ways = versions(run[first:end]) if told_otherwise else ("".join(each.value for each in run[first:end]),)
        kinds = {kind for said in ways if (kind := _kind(said, around, complete))}
        if not {Kind.ID_CARD, Kind.MOBILE} & kinds and not stands_alone(text, run[first].start, run[end - 1].end):
            continue
        if Kind.ID_CARD in kinds:
            return Kind.ID_CARD, first, end
        if kinds and not best:
            best = min(kinds, key=list(Kind).index), first, end
    return best


def _kind(said: str, around: Surroundings, complete: bool) -> Kind | None:
    if is_id_card(said):
        return Kind.ID_CARD
    if is_mobile(said) and not (around.not_personal and around.at_once):
        return Kind.MOBILE
    if complete and is_bank_card(said):
        return Kind.BANK_CARD
    return Kind.LANDLINE if complete and is_landline(said) else None


def _by_word(text: str, run: Sequence[Digit], around: Surroundings) -> _Cut | None:
    """Where nothing passes a check, the word before the digits decides."""
    first = _first_sure(text, run)
    said = "".join(
        digit.value for place, digit in enumerate(run) if place == first or (place > first and not digit.slip)
    )
    if around.kind is None or not SHORTEST <= len(said) <= LONGEST or is_public(said):
        return None
    if not stands_alone(text, run[first].start, run[-1].end):
        return None
    if around.kind in _PHONES:
        if is_local(said) and not is_date_first(said):
            return Kind.LANDLINE, first, len(run)
        if not (9 <= len(said) <= 13 and re.match("1[3-9]|0", said)) and not (around.at_once and 10 <= len(said) <= 13):
            return None
        if len(said) in _CUSTOMER_LENGTHS and not said.startswith(("1", "0")):
            return Kind.CUSTOMER_NUMBER, first, len(run)
    return around.kind, first, len(run)


def _between(cuts: Sequence[_Cut], length: int) -> Iterator[tuple[int, int]]:
    edges = [0, *(edge for _, first, end in sorted(cuts, key=lambda cut: cut[1]) for edge in (first, end)), length]
    yield from ((first, end) for first, end in list(pairwise(edges))[::2] if end - first >= SHORTEST)


def _by_length(text: str, run: Sequence[Digit], first: int, end: int, around: Surroundings) -> Iterator[_Cut]:
    """Customer numbers known by their length, and local telephones, in what is left between other numbers."""
    if around.not_personal:
        return
    while first < end and run[first].slip:
        first += 1
    stops = [first, *(place for place in range(first + 1, end) if run[place].joint is Joint.STOP), end]
    pieces = list(pairwise(stops))
    spoken = all(run[place].joint is not Joint.WITHIN for place in range(first, end))
    public = any(is_public("".join(digit.value for digit in run[a:b])) for a, b in pieces)
    if spoken and not public and _looks_customer(text, run[first:end], _SPOKEN_LENGTHS):
        yield Kind.CUSTOMER_NUMBER, first, end
        return
    for a, b in pieces:
        said = "".join(digit.value for digit in run[a:b] if not digit.slip)
        if _looks_customer(text, run[a:b]):
            yield Kind.CUSTOMER_NUMBER, a, b
        elif around.kind in _PHONES and _looks_local(text, run[a:b], said):
            yield Kind.LANDLINE, a, b


def _looks_local(text: str, digits: Sequence[Digit], said: str) -> bool:
    return is_local(said) and not is_date_first(said) and stands_alone(text, digits[0].start, digits[-1].end)


def _looks_customer(text: str, digits: Sequence[Digit], lengths: Container[int] = _CUSTOMER_LENGTHS) -> bool:
    if not stands_alone(text, digits[0].start, digits[-1].end):
        return False
    sure = "".join(digit.value for digit in digits if not digit.slip)
    likely = "".join(digit.value for digit in digits if not digit.slip or text[digit.start] in "要摇")
    return any(
        len(said) in lengths and said.isdecimal() and not is_public(said) and not is_date_first(said)
        for said in (sure, likely)
    )
