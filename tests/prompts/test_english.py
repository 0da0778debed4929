"""The English prompts: complete, playable, put together as people speak, and Mandarin wherever they are not there."""

import datetime
import shutil
import wave
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from ivr.prompts.catalogue import Catalogue, Prompt
from ivr.prompts.errors import NumberOutOfRange, VoiceBroken
from ivr.prompts.language import Language
from ivr.prompts.pieces import money as mandarin_money
from ivr.prompts.spoken import Clock, Count, Day, Digits, Money, ids_of
from ivr.prompts.translation import english_findings, not_in_english
from ivr.prompts.voices.english_spelling import spell_english
from ivr.prompts.voices.mastering import active_level
from ivr.sounds import Sounds
from lianxin.cli.prompts import app

ENGLISH = Catalogue.load(Language.ENGLISH.shipped)
MANDARIN = Catalogue.load()


def heard(spoken: Digits | Count | Clock | Day | Money) -> str:
    return " ".join(ENGLISH.text(prompt_id) for prompt_id in ids_of(spoken, Language.ENGLISH))


def test_everything_that_callers_hear_is_there_in_english() -> None:
    assert not_in_english(ENGLISH, MANDARIN) == []
    assert list(english_findings(ENGLISH, MANDARIN)) == []


@pytest.mark.parametrize("prompt", list(ENGLISH), ids=lambda prompt: prompt.id)
def test_it_is_as_loud_as_the_mandarin_never_clips_and_has_short_quiet_edges(prompt: Prompt) -> None:
    with wave.open(str(ENGLISH.audio(prompt.id))) as opened:
        assert (opened.getframerate(), opened.getnchannels(), opened.getsampwidth()) == (8000, 1, 2)
        samples = np.frombuffer(opened.readframes(opened.getnframes()), "<i2") / 32768
    assert active_level(samples) == pytest.approx(-20, abs=1)
    assert 20 * np.log10(np.abs(samples).max()) < -3
    loud = np.flatnonzero(np.abs(samples) > 0.02)
    assert 0.01 <= loud[0] / 8000 <= 0.36  # its s and f take long to be loud
    assert 0.01 <= (len(samples) - loud[-1]) / 8000 <= 0.36
    letters = sum(1 for letter in prompt.text if letter.isalpha())
    assert letters / 25 < len(samples) / 8000 < letters / 5 + 0.8


@pytest.mark.parametrize(
    ("spoken", "words"),
    [
        (Digits("100017"), "one zero zero zero one seven"),
        (Count(0), "zero"), (Count(13), "thirteen"), (Count(45), "forty five"), (Count(120), "one hundred and twenty"),
        (Count(205), "two hundred and five"), (Count(1000), "one thousand"), (Count(2003), "two thousand and three"),
        (Count(12345), "twelve thousand three hundred and forty five"), (Count(1_000_001), "one million and one"),
        (Clock(datetime.time(10, 30)), "ten thirty A M"), (Clock(datetime.time(14, 5)), "two oh five P M"),
        (Clock(datetime.time(0, 0)), "midnight"), (Clock(datetime.time(12, 0)), "noon"),
        (Clock(datetime.time(0, 20)), "twelve twenty A M"), (Clock(datetime.time(12, 1)), "twelve oh one P M"),
        (Day(datetime.date(2026, 11, 21)), "November the twenty first"),
        (Money(Decimal("86.35")), "eighty six point three five yuan"), (Money(Decimal(100)), "one hundred yuan"),
        (Money(Decimal("0.5")), "zero point five yuan"), (Money(Decimal("7.05")), "seven point zero five yuan"),
    ],
)  # fmt: skip
def test_numbers_times_dates_and_money_are_said_as_people_say_them(spoken: Money, words: str) -> None:
    assert heard(spoken) == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("86.35", "八十六元三角五分"), ("0", "零元"), ("2", "两元"), ("12", "十二元"), ("100", "一百元"),
        ("0.5", "五角"),
        ("7.05", "七元零五分"), ("10.10", "十元一角"), ("0.01", "一分"), ("0.005", "一分"), ("20000", "两万元"),
        ("12345.60", "一万两千三百四十五元六角"), ("102.02", "一百零二元零两分"),
    ],
)  # fmt: skip
def test_money_is_said_in_mandarin_too(amount: str, words: str) -> None:
    assert "".join(MANDARIN.text(prompt_id) for prompt_id in mandarin_money(Decimal(amount))) == words


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("spoken", [Money(Decimal(-1)), Count(-1), Count(10**8), Money(Decimal(10**9)), Digits("12a")])
def test_what_cannot_be_said_is_refused(spoken: Money, language: Language) -> None:
    with pytest.raises(NumberOutOfRange):
        ids_of(spoken, language)


def test_what_english_lacks_is_said_in_mandarin_and_a_number_is_never_said_in_two_languages(tmp_path: Path) -> None:
    shutil.copytree(Language.ENGLISH.shipped, tmp_path / "en")
    for gone in ("goodbye", "number.hundred"):
        (tmp_path / "en" / f"{gone}.wav").unlink()
    english = Catalogue.load(tmp_path / "en")
    sounds = Sounds(MANDARIN, english)

    def played(*parts: str | Count, language: Language = Language.ENGLISH) -> list[str]:
        media, seconds = sounds.of(parts, language)
        assert seconds > 0.2
        return [Path(each.removeprefix("sound:")).parent.name + "/" + each.rpartition("/")[2] for each in media]

    assert played("case.number", "goodbye", "tone.beep") == ["en/case.number", "zh/goodbye", "zh/tone.beep"]
    assert played(Count(45)) == ["en/number.40", "en/digit.5"]
    assert played(Count(205)) == ["zh/number.200", "zh/digit.0", "zh/digit.5"]
    assert played("goodbye", language=Language.MANDARIN) == ["zh/goodbye"]
    assert not_in_english(english, MANDARIN) == ["goodbye"]
    assert any("number.hundred" in line for line in english_findings(english, MANDARIN))


def test_a_branch_of_the_utilitys_own_is_named_until_it_is_there_in_english(tmp_path: Path) -> None:
    (tmp_path / "catalogue.toml").write_text('goodbye = "再见。"\n[lights]\nnext = "记下了。"\n', "utf-8")
    shutil.copy(MANDARIN.audio("goodbye"), tmp_path / "lights.next.wav")
    menu = tmp_path / "menu.toml"
    menu.write_text('next = "lights.next"\n', "utf-8")
    checked = CliRunner().invoke(
        app, ["check", "--own", str(tmp_path)], env={"LIANXIN_IVR__MENU": str(menu), "COLUMNS": "200"}
    )
    assert checked.exit_code == 0, checked.output
    assert "heard in Mandarin by callers who chose English: lights.next" in checked.output
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "catalogue.toml").write_text('[lights]\nnext = "We have noted it."\n', "utf-8")
    shutil.copy(ENGLISH.audio("goodbye"), tmp_path / "en" / "lights.next.wav")
    checked = CliRunner().invoke(app, ["check", "--own", str(tmp_path)], env={"LIANXIN_IVR__MENU": str(menu)})
    assert "in Mandarin" not in checked.output


def test_readings_stand_in_for_words_and_what_cannot_be_said_is_named() -> None:
    (first, second) = spell_english("Hello, Lianxin{lee en shin} hotline.")
    assert [word.syllables for word in second.words] == [("lee", "en", "shin"), ("hotline",)]
    assert first.pause < second.pause
    for line in ("Press 8.", "您好。", ""):
        with pytest.raises(VoiceBroken, match="cannot say"):
            spell_english(line)


def test_the_reading_sheet_of_english_has_no_readings() -> None:
    sheet = CliRunner().invoke(app, ["script", "--language", "en"]).output
    assert "callback.thanks\tWe are glad. Thank you, and goodbye.\tcallback.thanks.wav" in sheet
    assert "{" not in sheet
