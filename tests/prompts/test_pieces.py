"""Numbers, times and dates as a caller hears them."""

import datetime
from decimal import Decimal

import pytest

from ivr.prompts.catalogue import Catalogue
from ivr.prompts.errors import NumberOutOfRange
from ivr.prompts.pieces import all_pieces, calendar_day, cardinal, clock, digits, moment, money

CATALOGUE = Catalogue.load()


def heard(ids: list[str]) -> str:
    return "".join(CATALOGUE.text(prompt_id) for prompt_id in ids)


def test_a_case_number_is_dictated_with_yao_for_one() -> None:
    assert heard(digits("100017")) == "幺零零零幺七"
    assert heard(digits("0123456789")) == "零幺二三四五六七八九"


@pytest.mark.parametrize("number", ["12a", "-1", "", "１２", "²"])
def test_what_is_not_digits_is_refused(number: str) -> None:
    with pytest.raises(NumberOutOfRange, match="digits 0 to 9"):
        digits(number)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "零"), (1, "一"), (2, "二"), (10, "十"), (11, "十一"), (20, "二十"), (22, "二十二"), (99, "九十九"),
        (100, "一百"), (101, "一百零一"), (110, "一百一十"), (115, "一百一十五"), (200, "两百"), (205, "两百零五"),
        (222, "两百二十二"), (1000, "一千"), (1001, "一千零一"), (1010, "一千零一十"), (2000, "两千"),
        (2002, "两千零二"), (2020, "两千零二十"), (2200, "两千两百"), (3005, "三千零五"), (6050, "六千零五十"),
        (8008, "八千零八"), (9999, "九千九百九十九"), (10000, "一万"), (20000, "两万"), (10015, "一万零一十五"),
        (100200, "十万零两百"), (12345, "一万两千三百四十五"), (30405, "三万零四百零五"),
        (99999999, "九千九百九十九万九千九百九十九"),
    ],
)  # fmt: skip
def test_counts_are_said_as_people_say_them(number: int, words: str) -> None:
    assert heard(cardinal(number)) == words


@pytest.mark.parametrize("number", [-1, 100_000_000])
def test_a_count_beyond_the_pieces_is_refused(number: int) -> None:
    with pytest.raises(NumberOutOfRange, match="0 to 99999999"):
        cardinal(number)


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [
        (0, 0, "凌晨零点"), (0, 30, "凌晨零点半"), (2, 15, "凌晨两点十五分"), (7, 59, "早上七点五十九分"),
        (10, 30, "上午十点半"), (12, 0, "中午十二点"), (12, 45, "中午十二点四十五分"), (13, 0, "下午一点"),
        (14, 5, "下午两点零五分"), (17, 1, "下午五点零一分"), (18, 0, "晚上六点"), (23, 20, "晚上十一点二十分"),
    ],
)  # fmt: skip
def test_the_time_comes_with_its_part_of_the_day(hour: int, minute: int, words: str) -> None:
    assert heard(clock(datetime.time(hour, minute, 59))) == words


def test_a_day_is_month_and_day() -> None:
    assert heard(calendar_day(datetime.date(2026, 11, 21))) == "十一月二十一号"
    assert heard(calendar_day(datetime.date(2024, 2, 29))) == "二月二十九号"


def test_every_piece_has_a_text_and_audio() -> None:
    assert len(all_pieces()) > 90
    for piece in all_pieces():
        assert CATALOGUE.text(piece)
        assert CATALOGUE.audio(piece).is_file()


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "零元"), (8830, "八十八元三角"), (1205, "十二元零五分"), (50, "五角"), (3, "三分"), (200, "两元"),
        (20, "两角"), (10000, "一百元"), (123456, "一千两百三十四元五角六分"), (2_0035_00, "两万零三十五元"),
        (12_3456_00, "十二万三千四百五十六元"), (1_0000_00, "一万元"),
        (9999_9999_99, "九千九百九十九万九千九百九十九元九角九分"),
    ],
)  # fmt: skip
def test_money_is_said_as_people_say_it(fen: int, words: str) -> None:
    assert heard(money(Decimal(fen) / 100)) == words


@pytest.mark.parametrize("fen", [-1, 1_0000_0000_00])
def test_money_that_cannot_be_said_is_refused(fen):
    with pytest.raises(NumberOutOfRange):
        money(Decimal(fen) / 100)


def test_a_moment_is_said_by_today_tomorrow_or_its_day():
    now = datetime.datetime(2026, 12, 31, 23, 0)  # noqa: DTZ001
    assert heard(moment(now.replace(minute=30), now)) == "今天晚上十一点半"
    assert heard(moment(now + datetime.timedelta(hours=2), now)) == "明天凌晨一点"
    assert heard(moment(now + datetime.timedelta(days=2), now, day_only=True)) == "一月二号"
