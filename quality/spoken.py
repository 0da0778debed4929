"""A turn made ready for matching: punctuation away, what is written differently made one, and the way back kept."""

import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from quality.masked import LABEL, STANDS_FOR, stand_ins
from quality.sounds import ALIKE, keyed
from quality.turns import Turn

SENTENCE_ENDS = frozenset("。！？!?；;…\n")
CLAUSE_ENDS = SENTENCE_ENDS | frozenset("，,、：:—")
OPENING_QUOTES, CLOSING_QUOTES = "“「『《‘", "”」』》’"


@dataclass(frozen=True, slots=True)
class Spoken:
    """One turn, folded."""

    turn: Turn
    chars: str
    """Only letters, digits and Hanzi; 您 is 你, 得 and 地 are 的."""
    keyed: str
    """The same to be searched by sound and by character: see `quality.sounds`."""
    places: tuple[int, ...]
    """Where each stands in the turn's text."""
    clauses: tuple[int, ...]
    """Where clauses begin, in `chars`."""
    sentences: tuple[int, ...]
    """Where sentences begin, in `chars`."""
    quoted: frozenset[int]
    """What stands in quotation marks, in `chars`."""

    def words(self, start: int, end: int) -> str:
        """What was said between two places in `chars`, as it was written."""
        return self.turn.text[self.places[start] : self.places[end - 1] + 1]

    def second(self, place: int) -> float:
        """When the character at this place was said, from its word; else in proportion to the turn's length."""
        turn = self.turn
        if turn.words:
            at = 0
            for word in turn.words:
                at += len(word.text)
                if self.places[place] < at:
                    return word.start
        return turn.start + (turn.end - turn.start) * place / max(1, len(self.chars))

    def clause_before(self, place: int) -> str:
        """The clause up to this place."""
        return self.chars[self.clauses[bisect_right(self.clauses, place) - 1] : place]

    def clause_after(self, place: int) -> str:
        """From this place to where the clause ends."""
        later = bisect_left(self.clauses, place)
        return self.chars[place : self.clauses[later] if later < len(self.clauses) else None]

    def sentence_before(self, place: int) -> str:
        """The sentence up to this place."""
        return self.chars[self.sentences[bisect_right(self.sentences, place) - 1] : place]

    def sentence_after(self, place: int) -> str:
        """From this place to where the sentence ends."""
        later = bisect_right(self.sentences, place)
        return self.chars[place : self.sentences[later] if later < len(self.sentences) else None]


def fold(text: str) -> str:
    """A text as it is matched: only what is spoken."""
    whole = unicodedata.normalize("NFKC", stand_ins(text)).lower().translate(ALIKE)
    return "".join(character for character in whole if character.isalnum())


def spoken(turn: Turn) -> Spoken:
    """Fold a turn."""
    chars: list[str] = []
    places: list[int] = []
    clauses, sentences, quoted = {0}, {0}, set()
    inside = False
    labels = {label.start(): label for label in LABEL.finditer(turn.text)}
    until = 0
    for place, written in enumerate(turn.text):
        if place < until:
            continue
        if label := labels.get(place):
            until = label.end()
            stands_for = fold(STANDS_FOR[label[1]])
            chars += stands_for
            places += [place] * (len(stands_for) - 1) + [until - 1]
            continue
        if written in OPENING_QUOTES or (written == '"' and not inside):
            inside = True
        elif written in CLOSING_QUOTES or written == '"':
            inside = False
        if written in CLAUSE_ENDS:
            clauses.add(len(chars))
        if written in SENTENCE_ENDS:
            sentences.add(len(chars))
        for character in fold(written):
            if inside:
                quoted.add(len(chars))
            chars.append(character)
            places.append(place)
    text = "".join(chars)
    return Spoken(
        turn, text, keyed(text), tuple(places), tuple(sorted(clauses)), tuple(sorted(sentences)), frozenset(quoted)
    )
