"""The utility's own words: places, districts, staff terms, which transcripts are to write as they are."""

import re
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from recordings.errors import WordRefused
from recordings.tables import VocabularyWord

FITS = re.compile(r"[\u4e00-\u9fff]{2,20}")
"""Words that can be told by their sound."""


def add_word(s: Session, word: str, at: datetime) -> bool:
    """Take a word in; False when it was there. Raises WordRefused when it is not 2 to 20 Chinese characters."""
    word = word.strip()
    if not FITS.fullmatch(word):
        raise WordRefused(f"{word[:40]!r}: a word is 2 to 20 Chinese characters, without signs and figures")
    if s.get(VocabularyWord, word):
        return False
    s.add(VocabularyWord(word=word, added_at=at))
    return True


def remove_word(s: Session, word: str) -> None:
    """Forget a word; what was repaired by it stays. Raises WordRefused when it is not there."""
    found = s.get(VocabularyWord, word.strip())
    if found is None:
        raise WordRefused(f"{word[:40]!r}: is not in the vocabulary; see: lianxin vocabulary list")
    s.delete(found)


def all_words(s: Session) -> tuple[str, ...]:
    """All words, in their order of characters."""
    return tuple(s.scalars(select(VocabularyWord.word).order_by(VocabularyWord.word)))
