"""From Hanzi to what is spoken: readings, tones that change, pauses."""

import pytest

from ivr.prompts.catalogue import Catalogue
from ivr.prompts.errors import VoiceBroken
from ivr.prompts.voices.spelling import spell


def spoken(line: str) -> str:
    return " ".join(syllable for clause in spell(line) for word in clause.words for syllable in word.syllables)


@pytest.mark.parametrize(
    ("line", "syllables"),
    [
        ("您好", "nin2 hao3"),
        ("绿灯", "lv4 deng1"),
        ("不要", "bu2 yao4"),
        ("不好", "bu4 hao3"),
        ("一次", "yi2 ci4"),
        ("一起", "yi4 qi3"),
        ("一百", "yi4 bai3"),
        ("十一点", "shi2 yi1 dian3"),
        ("水管", "shui2 guan3"),
        ("请按九", "qing3 an4 jiu3"),
        ("重{chong2}听", "chong2 ting1"),
        ("一点", "yi4 dian3"),
        ("一月", "yi1 yue4"),
        ("第一次", "di4 yi1 ci4"),
        ("二十一号", "er4 shi2 yi1 hao4"),
    ],
)
def test_it_is_spelt_as_a_speaker_says_it(line: str, syllables: str) -> None:
    assert spoken(line) == syllables


def test_a_reading_in_braces_is_taken_as_it_stands() -> None:
    assert spoken("嘀{di1}的一声") == "di1 de5 yi4 sheng1"
    assert spoken("美{mei3}好{hao4}") == "mei3 hao4"


def test_a_full_stop_is_a_longer_pause_than_a_comma() -> None:
    first, second, third = spell("请稍等，马上继续。再见")
    assert second.pause > first.pause >= third.pause


@pytest.mark.parametrize("line", ["请按9", "press one", "请按{九}", "，，", "重{chong}听"])
def test_what_cannot_be_said_is_named(line: str) -> None:
    with pytest.raises(VoiceBroken, match="cannot say"):
        spell(line)


def test_every_prompt_can_be_spelt() -> None:
    for prompt in Catalogue.load():
        if prompt.tone is None:
            assert spell(prompt.say), prompt.id
