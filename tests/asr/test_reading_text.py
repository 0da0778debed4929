"""What a person reads, and the words that stay underneath."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asr.figures import find_figures
from asr.numerals import value
from asr.reading import read
from asr.transcript import Word

SIGNS = "零一二三四五六七八九"


def written(text: str) -> str:
    for figure in reversed(list(find_figures(text))):
        text = text[: figure.start] + figure.text + text[figure.end :]
    return text


def spell(number: int) -> str:
    """A number below a hundred million, as people are taught to say it."""
    if number >= 10**4:
        high, low = divmod(number, 10**4)
        return spell(high) + "万" + (("零" if low < 1000 else "") + spell(low) if low else "")
    said, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            said += ("零" if gap and said else "") + SIGNS[digit] + name
            gap = False
        else:
            gap = True
    return said


def words(*spoken: tuple[str, float]) -> list[Word]:
    """Words of 0.2 s, each with the pause before it."""
    at, made = 0.0, []
    for word, pause in spoken:
        at += pause
        made.append(Word(word, at, at + 0.2, 1.0))
        at += 0.2
    return made


def text_of(*spoken: tuple[str, float]) -> str:
    return "".join(piece.text for piece in read(words(*spoken)))


@pytest.mark.parametrize(
    ("said", "read_as"),
    [
        ("户号是一零零零一七三八", "户号是10001738"),
        ("手机幺三八零零零零一二三四", "手机13800001234"),
        ("二零二六年十一月五号", "2026年11月5号"),
        ("三百二十块五", "320块5"),
        ("涨了百分之五", "涨了5%"),
        ("百分之三点五", "3.5%"),
        ("十点半停的", "10点半停的"),
        ("八点二十分", "8点20分"),
        ("上午十点到现在", "上午10点到现在"),
        ("三点五千瓦", "3.5千瓦"),
        ("八百千伏安", "800千伏安"),
        ("五号楼二单元三零二室", "5号楼2单元302室"),
        ("打九五五九八", "打95598"),
        ("两万三", "23000"),
    ],
)
def test_numbers_are_written_as_people_read_them(said: str, read_as: str) -> None:
    assert written(said) == read_as


@pytest.mark.parametrize("said", ["二三十户", "七八趟", "十几个人", "一个月", "等了三天", "一楼", "月亮", "三五百块"])
def test_what_is_said_roughly_stays(said: str) -> None:
    assert written(said) == said


@pytest.mark.parametrize("word", ["十分", "千万", "万一", "老百姓", "十万火急"])
def test_words_with_numbers_in_them_stay_words(word: str) -> None:
    assert text_of(("我", 0), (word, 0), ("说", 0)) == f"我{word}说。"


@given(st.integers(10, 10**8 - 1))
def test_any_number_is_written_in_figures(number: int) -> None:
    assert value(spell(number)) == number
    assert written(f"用了{spell(number)}度电") == f"用了{number}度电"


@given(st.text(string.digits, min_size=5, max_size=24))
def test_any_customer_number_is_written_in_figures(number: str) -> None:
    assert written("户号" + "".join(SIGNS[int(digit)] for digit in number)) == f"户号{number}"


@settings(max_examples=200)
@given(
    st.lists(
        st.tuples(
            st.text("零一二三四五六七八九十百千万亿点半年月日号块分之两幺家里停电了吗", min_size=1, max_size=5),
            st.floats(0, 3),
        ),
        max_size=20,
    )
)
def test_no_word_is_lost_moved_or_doubled(spoken: list[tuple[str, float]]) -> None:
    said = words(*spoken)
    pieces = read(said)
    assert [word for piece in pieces for word in piece.words] == said
    assert all(piece.words for piece in pieces)
    numberless = [
        piece
        for piece in pieces
        if not set("".join(w.word for w in piece.words)) & set("一二三四五六七八九十零百千万亿两幺")
    ]
    assert all(piece.text.rstrip("，。？") == "".join(w.word for w in piece.words) for piece in numberless)


def test_pauses_make_sentences_and_questions() -> None:
    assert text_of(("家里", 0), ("停电", 0), ("了", 0), ("你们", 0.5), ("知道", 0), ("吗", 0), ("喂", 2)) == (
        "家里停电了，你们知道吗？喂。"
    )


def test_a_number_over_several_words_keeps_them_and_their_times() -> None:
    pieces = read(words(("交", 0), ("三百", 0.1), ("二十块", 0), ("五", 0)))
    assert [piece.text for piece in pieces] == ["交", "320块5。"]
    assert [word.word for word in pieces[1].words] == ["三百", "二十块", "五"]
    assert pieces[1].words[0].start == pytest.approx(0.3)


def test_no_words_no_text() -> None:
    assert read([]) == ()
