"""A corrected text over the words that were heard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.calls.aligning import CLOSELY, aligned, too_often

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


@given(st.data())
def test_long_texts_that_say_the_same_again_and_again_are_laid_out_too(data: st.DataObject) -> None:
    words = data.draw(st.lists(st.sampled_from(["停", "停电", "了"]), min_size=1, max_size=3)) * 300
    text = data.draw(st.text("停电了没", max_size=4)) + data.draw(st.text("停电了", min_size=1, max_size=3)) * 500
    pieces = aligned(words, text)
    assert "".join(pieces) == text
    assert len(pieces) == len(words)


@pytest.mark.parametrize(
    ("heard", "text"), [("停" * 5000, "电停" * 99), ("停电" * 1000, "停" * 199), ("停了" * 500, "停" * 900)]
)
def test_however_often_a_word_was_said_few_places_are_compared(heard: str, text: str) -> None:
    often = too_often(heard, text)
    assert sum(heard.count(sign) * text.count(sign) for sign in set(text) - often) <= CLOSELY


def test_in_a_turn_of_any_usual_length_every_sign_counts() -> None:
    assert too_often("我家停电了，停了三个小时了" * 10, "我家停电了，停了四个小时了" * 10) == frozenset()


def test_in_a_long_turn_what_was_not_touched_keeps_its_word() -> None:
    words = [chr(0x4E00 + at) for at in range(1000)]
    text = "喂" + "".join(words[:500]) + "请问" + "".join(words[500:])
    pieces = aligned(words, text)
    assert pieces[0] == f"喂{words[0]}"
    assert pieces[499] == f"{words[499]}请问"
    assert [at for at, word in enumerate(words) if pieces[at] != word] == [0, 499]
