"""Words are read as they are said."""

import pytest

from tools.trial_model.pronouncing import Pronouncing, spoken

VOICE = Pronouncing(
    {"ting": ["t", "ing"], "dian": ["d", "ian"], "an": ["^", "an"], "hai": ["h", "ai"], "lv": ["l", "v"]},
    frozenset(["ing2", "ian4", "an4", "ai2", "v4"]),
)


def test_a_word_is_its_initials_and_finals_with_tones() -> None:
    assert VOICE.readings("停电") == [("ting2", "dian4")]
    assert VOICE.phones(("ting2", "dian4")) == ("t", "ing2", "d", "ian4")


def test_a_syllable_without_an_initial_is_its_final_alone() -> None:
    assert VOICE.phones(("an4",)) == ("an4",)


def test_what_the_voice_cannot_say_has_no_reading() -> None:
    assert VOICE.readings("变压器") == []


def test_ü_is_written_v() -> None:
    assert VOICE.readings("绿") == [("lv4",)]


def test_a_character_with_several_readings_has_the_usual_one_first() -> None:
    assert VOICE.readings("还") == [("hai2",), ("huan2",)]


@pytest.mark.parametrize(
    ("words", "readings", "said"),
    [
        (["不", "是"], [("bu4",), ("shi4",)], ["bu2", "shi4"]),
        (["一", "个"], [("yi1",), ("ge4",)], ["yi2", "ge4"]),
        (["一", "直"], [("yi1",), ("zhi2",)], ["yi4", "zhi2"]),
        (["一", "号"], [("yi1",), ("hao4",)], ["yi1", "hao4"]),
        (["零", "一", "二"], [("ling2",), ("yi1",), ("er4",)], ["ling2", "yi1", "er4"]),
        (["你", "好"], [("ni3",), ("hao3",)], ["ni2", "hao3"]),
        (["水表"], [("shui3", "biao3")], ["shui2", "biao3"]),
    ],
)
def test_tones_change_as_a_speaker_changes_them(words, readings, said) -> None:
    assert spoken(words, readings) == said
