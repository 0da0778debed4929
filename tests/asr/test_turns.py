from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from asr.transcript import Passage, Transcript, Word
from asr.turns import merged

Parts = list[tuple[float, list[str]]]


def passage(start: float, *words: str) -> Passage:
    return Passage(
        tuple(Word(word, start + place * 0.3, start + place * 0.3 + 0.3, 1.0) for place, word in enumerate(words))
    )


def leg(*passages: Passage) -> Transcript:
    return Transcript(duration=60.0, passages=passages, model="m")


def test_an_agent_who_talks_into_the_caller_stands_between_the_callers_turns() -> None:
    caller = leg(passage(0.0, "我家", "停电", "了"), passage(2.0, "两", "小时"))
    agent = leg(passage(0.5, "您", "在", "哪里"))
    turns = merged([caller, agent])
    assert [(turn.leg, turn.passage.text) for turn in turns] == [(1, "我家停电了"), (2, "您在哪里"), (1, "两小时")]
    assert turns[1].start < turns[0].end, "both talked at once, and both keep their times"


pauses = st.lists(st.tuples(st.floats(0, 5), st.lists(st.sampled_from("停电了吗好"), max_size=4)), max_size=8)


def spoken(parts: Parts) -> Transcript:
    at, passages = 0.0, []
    for pause, words in parts:
        at += pause
        passages.append(passage(at, *words))
        at += 0.3 * len(words)
    return leg(*passages)


@given(pauses, pauses)
def test_no_word_is_lost_moved_or_doubled(
    first: list[tuple[float, list[str]]], second: list[tuple[float, list[str]]]
) -> None:
    legs = [spoken(first), spoken(second)]
    turns = merged(legs)
    for number, one in enumerate(legs, 1):
        assert tuple(word for turn in turns if turn.leg == number for word in turn.passage.words) == one.words
    assert all(before.start <= after.start for before, after in pairwise(turns))
