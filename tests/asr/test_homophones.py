"""Words of the utility's list are put right where they sound alike, and nothing else is touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asr.homophones import Lexicon, distance, sound
from asr.transcript import Word


def words(*spoken: str) -> list[Word]:
    return [Word(word, at * 0.3, at * 0.3 + 0.25, 0.9 - at / 100) for at, word in enumerate(spoken)]


def text(lexicon: Lexicon, *spoken: str) -> str:
    return "".join(word.word for word in lexicon.repair(words(*spoken)))


@pytest.mark.parametrize(
    ("spoken", "read"),
    [
        (("我", "住", "阳光", "化", "元"), "我住阳光花园"),
        (("我", "住", "洋", "光", "花园"), "我住阳光花园"),
        (("城", "官", "供电所"), "城关供电所"),
        (("陈", "关", "供电所"), "城关供电所"),
        (("我", "住", "阳光", "花园"), "我住阳光花园"),
    ],
)
def test_what_sounds_alike_is_written_as_the_utility_writes_it(spoken: tuple[str, ...], read: str) -> None:
    assert text(Lexicon(["阳光花园", "城关供电所"]), *spoken) == read


def test_a_repair_keeps_what_was_heard_and_when() -> None:
    before = words("我", "住", "阳光", "化", "元", "三", "栋")
    after = Lexicon(["阳光花园"]).repair(before)
    assert [word.word for word in after] == ["我", "住", "阳光花园", "三", "栋"]
    mended = after[2]
    assert (mended.heard, mended.start, mended.end) == ("阳光化元", before[2].start, before[4].end)
    assert mended.confidence == min(word.confidence for word in before[2:5])
    assert [word.heard for word in after if word is not mended] == [""] * 4


def test_words_are_not_cut_and_far_ones_stay() -> None:
    assert text(Lexicon(["花园"]), "画", "院子") == "画院子"  # ends in the middle of a word
    assert text(Lexicon(["花园"]), "法", "院") == "法院"
    assert text(Lexicon(["花园"]), "花", "源") == "花园"


def test_the_longest_word_of_the_list_wins() -> None:
    assert text(Lexicon(["阳光", "阳光花园"]), "羊", "光", "花", "元") == "阳光花园"


def test_a_word_of_the_list_is_never_made_another_one() -> None:
    assert text(Lexicon(["花园", "花源"]), "花", "源") == "花源"


def test_distance_is_the_same_both_ways_and_nothing_to_itself() -> None:
    for one, other in (("四", "十"), ("南", "兰"), ("城", "陈"), ("花", "化"), ("家", "佳"), ("A", "啊")):
        assert distance(sound(one), sound(other)) == distance(sound(other), sound(one))
        assert distance(sound(one), sound(one)) == 0
    assert distance(sound("花"), sound("化")) == 0.25
    assert distance(sound("陈"), sound("城")) == 0.5
    assert distance(sound("电"), sound("水")) == 2.0


signs = st.text("阳光花园化元洋广话源城关供电所一A1", min_size=1, max_size=3)


@given(st.lists(signs, max_size=12))
def test_taking_repairs_back_gives_the_words_as_heard(spoken: list[str]) -> None:
    said = words(*spoken)
    after = Lexicon(["阳光花园", "城关供电所", "花园"]).repair(said)
    assert "".join(word.heard or word.word for word in after) == "".join(spoken)
    assert [word.start for word in after] == sorted(word.start for word in after)
    assert all(len(word.heard) == len(word.word) for word in after if word.heard)


def test_without_a_list_nothing_happens() -> None:
    said = words("停", "电")
    assert Lexicon().repair(said) == tuple(said)
