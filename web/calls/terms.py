"""What is searched for, however it was typed: full-width digits, telephone numbers with signs and country code."""

import re
import unicodedata

DIALLED = re.compile(r"\+?[-.()0-9]*[0-9][-.()0-9]*")
"""A number as people write it, without spaces: '138-0000-0500', '+8613800000500', '(010)12345678'."""
ABROAD = re.compile(r"(?:\+|00)86|86(?=1[0-9]{10}$)")
"""China's country code; callers' numbers mostly come without it."""
ABROAD_APART = re.compile(r"(?<!\S)(?:\+|00)86\s+(?=[0-9])")
"""The same as a word of its own before a number."""


def terms_of(search: str) -> tuple[str, ...]:
    """The words of a search, each once. Commas between passages are nobody's words, and so fall away."""
    plain = unicodedata.normalize("NFKC", search.replace("，", ""))
    return tuple(dict.fromkeys(ABROAD_APART.sub("", plain).split()))


def number_of(term: str) -> str:
    """A term that is a number as its digits alone, as a line gives it; any other as it is."""
    if not DIALLED.fullmatch(term):
        return term
    signs = re.sub(r"[-.()]", "", term)
    code = ABROAD.match(signs)
    return (signs[code.end() :] if code else signs.removeprefix("+")) or term
