"""A corrected text over the words that were heard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.calls.aligning import aligned

WORDS = ["我", "住", "阳光", "花园", "三", "栋"]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("我住阳光花园三栋", ("我", "住", "阳光", "花园", "三", "栋")),
        ("我住阳光化元三栋", ("我", "住", "阳光", "化元", "三", "栋")),
        ("我住在阳光花园三栋", ("我", "住在", "阳光", "花园", "三", "栋")),
        ("我住阳光花园", ("我", "住", "阳光", "花园", "", "")),
        ("喂我住阳光花园三栋", ("喂我", "住", "阳光", "花园", "三", "栋")),
        ("我住阳光花园三十二栋", ("我", "住", "阳光", "花园", "三十二", "栋")),
    ],
)
def test_every_piece_stays_with_its_word(text: str, pieces: tuple[str, ...]) -> None:
    assert aligned(WORDS, text) == pieces


@given(st.lists(st.text("停电了来没有", max_size=3), min_size=1, max_size=8), st.text("停电了来没有人", max_size=20))
def test_nothing_is_lost_and_nothing_is_added(words: list[str], text: str) -> None:
    pieces = aligned(words, text)
    assert "".join(pieces) == text
    assert len(pieces) == len(words)
