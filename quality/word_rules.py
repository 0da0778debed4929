"""Rules about words: what was said and must not be, and what was not said and should have been."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from quality.finding import Finding, found
from quality.phrases import Hit, Phrase
from quality.reported import only_reported, spared
from quality.rule import Kind, Rule
from quality.spoken import Spoken

NUMBER = re.compile("[0-9零〇一二三四五六七八九幺两]{7,}")
"""Seven digits and more: telephone, customer and identity numbers; dates and amounts are shorter."""
READ_AS = str.maketrans("零〇一二三四五六七八九幺两", "0012345678912")
APART = 6
"""Characters between two hits of a rule from which on they are two faults and not one."""
CITED = 60
"""Characters of a turn that are cited where something is missing."""


def word_findings(rule: Rule, said: Sequence[Spoken], since: float = 0.0) -> list[Finding]:
    """The hits of one rule about words; `said` are all turns of the call, in order.

    What is missing is cited since the second at which the rule's precondition came true. After a silence it must have
    been said since then; a kind word for an upset caller may have come before what showed it most.
    """
    own = placed(rule, [turn for turn in said if turn.turn.channel == rule.channel])
    if rule.missing:
        if rule.echo and _echoed(own, [turn for turn in said if turn.turn.channel != rule.channel], rule.echo):
            return []
        return _missing(rule, own, [turn for turn in own if turn.turn.end >= since])
    if rule.same:
        each = [replace(rule, phrases=(phrase,), same=False) for phrase in rule.phrases]
        return sorted((hit for one in each for hit in word_findings(one, said, since)), key=lambda hit: hit.start)
    hits = sorted(_hits(rule, own, said), key=lambda hit: hit.start)
    return hits[rule.times - 1 :: rule.times] if rule.times > 1 else hits


def placed(rule: Rule, own: Sequence[Spoken]) -> list[Spoken]:
    """Those turns of the rule's channel where it holds; a turn without a word is none."""
    place = rule.place
    turns = [turn for turn in own if turn.chars]
    turns = turns[: place.first] if place.first else turns
    turns = turns[-place.last :] if place.last else turns
    before = float("inf") if place.before is None else place.before
    return [turn for turn in turns if place.after <= turn.turn.start < before]


def first_said(phrases: Sequence[Phrase], said: Sequence[Spoken]) -> float | None:
    """When the first turn began in which any of the phrases was said; None when none was."""
    turns = (turn for turn in said if any(True for phrase in phrases for _ in phrase.found_in(turn)))
    return next((turn.turn.start for turn in turns), None)


def _echoed(own: Sequence[Spoken], others: Sequence[Spoken], many: int) -> bool:
    """Whether a turn repeats so many characters in a row of what the other side said before: an address, a number."""
    return any(
        turn.chars[at : at + many] in other.chars
        for turn in own
        for other in others
        if other.turn.start < turn.turn.start
        for at in range(len(turn.chars) - many + 1)
    )


def _missing(rule: Rule, own: Sequence[Spoken], since: Sequence[Spoken]) -> list[Finding]:
    asked = since if rule.condition.silence else own
    if not since or any(
        not spared(rule, turn, hit) for turn in asked for p in rule.phrases for hit in p.found_in(turn)
    ):
        return []
    at = since[-1] if rule.place.last else since[0]
    return [found(rule, at.turn.start, at.turn.text[:CITED])]


def _hits(rule: Rule, own: Sequence[Spoken], said: Sequence[Spoken]) -> Iterator[Finding]:
    """One hit for one stretch of speech, though several phrases of the rule match there: all of it is cited."""
    for turn in own:
        hits = [hit for phrase in rule.phrases for hit in phrase.found_in(turn)]
        for start, end in _stretches(hit for hit in hits if not _harmless(rule, turn, hit, said)):
            yield found(rule, turn.second(start), turn.words(start, end))


def _stretches(hits: Iterable[Hit]) -> Iterator[tuple[int, int]]:
    """Where hits lie, those with no more than a few words between them as one."""
    start = end = -1
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if start >= 0 and hit.start - end > APART:
            yield start, end
            start = -1
        start, end = (hit.start, hit.end) if start < 0 else (start, max(end, hit.end))
    if start >= 0:
        yield start, end


def _harmless(rule: Rule, turn: Spoken, hit: Hit, said: Sequence[Spoken]) -> bool:
    if spared(rule, turn, hit):
        return True
    if rule.new_digits:
        return not _new_numbers(turn, said)
    return rule.kind is Kind.FORBIDDEN and only_reported(turn, hit)


def _new_numbers(turn: Spoken, said: Sequence[Spoken]) -> bool:
    """Whether this turn says a number that the caller did not say before."""
    given = "".join(s.chars for s in said if s.turn.channel == "caller" and s.turn.start <= turn.turn.start)
    known = given.translate(READ_AS)
    return any(number.translate(READ_AS) not in known for number in NUMBER.findall(turn.chars))
