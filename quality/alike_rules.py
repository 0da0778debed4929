"""Rules about sentences that are like rude ones: what no phrase names, cited whole and for a person to hear."""

import re
from collections.abc import Iterator, Sequence

from quality.finding import Finding, found
from quality.likeness import likeness
from quality.reported import DISOWNED, TOLD
from quality.rule import Rule
from quality.spoken import Spoken
from quality.word_rules import placed

FEWEST = 6
"""Characters of a sentence that can be like anything."""
ECHO = 3
"""Characters in a row that the other side said before: an address or a name that is read back."""
COUNTED = re.compile(
    "[0-9零〇一二三四五六七八九十百千幺两]+(号楼|号|栋|幢|单元|室|楼|层|组|座|弄|度|块|元|月|日|点|分)?"
)
"""A number, with what it numbers."""


def alike_findings(rule: Rule, said: Sequence[Spoken]) -> list[Finding]:
    """Sentences of the rule's channel that are more like its rude examples than `over`.

    One that has a kind word (`spare_before`), a quotation or a report in it is left alone, and so is one that mostly
    reads back: what it is made of was the caller's.
    """
    own = placed(rule, [turn for turn in said if turn.turn.channel == rule.channel])
    asked = [
        (turn, start, end)
        for turn in own
        for start, end in _sentences(turn)
        if not _spared(rule, turn, start, end) and not _reads_back(turn, start, end, said)
    ]
    likes = likeness(rule.examples).of([turn.chars[start:end] for turn, start, end in asked])
    return [
        found(rule, turn.second(start), turn.words(start, end))
        for (turn, start, end), like in zip(asked, likes, strict=True)
        if rule.over is not None and like > rule.over
    ]


def _sentences(turn: Spoken) -> Iterator[tuple[int, int]]:
    ends = [*turn.sentences[1:], len(turn.chars)]
    return ((start, end) for start, end in zip(turn.sentences, ends, strict=True) if end - start >= FEWEST)


def _spared(rule: Rule, turn: Spoken, start: int, end: int) -> bool:
    sentence = turn.chars[start:end]
    if not turn.quoted.isdisjoint(range(start, end)) or TOLD.search(sentence) or _disowned(sentence):
        return True
    kind = (hit for phrase in rule.spare_before for hit in phrase.found_in(turn))
    return any(start <= hit.start and hit.end <= end for hit in kind)


def _reads_back(turn: Spoken, start: int, end: int, said: Sequence[Spoken]) -> bool:
    """Whether a sentence has little of its own: half of it or more is numbers and what the other side said before."""
    sentence = turn.chars[start:end]
    given = {at for number in COUNTED.finditer(sentence) for at in range(*number.span())}
    for other in said:
        if other.turn.channel != turn.turn.channel and other.turn.start < turn.turn.start:
            for at in range(len(sentence) - ECHO + 1):
                if sentence[at : at + ECHO] in other.chars:
                    given.update(range(at, at + ECHO))
    own = len(sentence) - len(given)
    return own < FEWEST or own <= len(given)


def _disowned(sentence: str) -> bool:
    return re.search(DISOWNED.pattern.lstrip("^"), sentence) is not None
