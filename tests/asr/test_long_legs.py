"""Long legs are heard part by part: nothing is lost between the parts, and the memory stays flat."""

import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from asr.audio import Audio, read_audio
from asr.legs import open_legs
from asr.listen import transcribe
from asr.sections import sections
from asr.vosk_engine import VoskEngine

RATE = 8000


@given(st.lists(st.integers(0, 900), max_size=12))
def test_the_parts_are_the_whole_and_begin_where_they_say(sizes: list[int]) -> None:
    blocks = [np.random.default_rng(at).normal(0, 0.1, size).astype(np.float32) for at, size in enumerate(sizes)]
    parts = list(sections(blocks, 100, longest=5.0, searched=2.0))
    whole = np.concatenate([*blocks, np.zeros(0, np.float32)])
    np.testing.assert_array_equal(np.concatenate([part.samples for _, part in parts]), whole)
    at = 0
    for begin, part in parts:
        assert begin == pytest.approx(at / 100)
        at += len(part.samples)
    assert all(part.duration <= 5.0 for _, part in parts)
    assert all(part.duration >= 3.0 for _, part in parts[:-1])


def test_a_part_ends_where_it_is_quiet() -> None:
    sound = np.full(RATE * 8, 0.1, np.float32)
    sound[round(4.2 * RATE) : round(4.6 * RATE)] = 0
    first, _ = sections([sound], RATE, longest=5.0, searched=2.0)
    assert first[1].duration == pytest.approx(4.4, abs=0.15)


def test_ten_hours_take_no_more_memory_than_ten_minutes() -> None:
    def hours(count: float) -> Iterator[NDArray[np.float32]]:
        return (np.zeros(RATE * 10, np.float32) for _ in range(round(count * 360)))

    def most(count: float) -> int:
        tracemalloc.start()
        seconds = sum(part.duration for _, part in sections(hours(count), RATE))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert seconds == pytest.approx(count * 3600)
        return peak

    assert most(10) < 1.2 * most(1 / 6)


@pytest.mark.parametrize("form", ["a.wav", "a.flac", "a.ogg", "a.mp3"])
def test_a_leg_that_is_read_as_needed_is_the_one_that_is_read_whole(
    form: str, tmp_path: Path, speech: Callable[[str], Audio]
) -> None:
    voice = np.tile(speech("waiting.wav").samples, 8)
    soundfile.write(tmp_path / form, voice, RATE)
    [leg] = open_legs(tmp_path / form)
    whole = read_audio(tmp_path / form)
    np.testing.assert_array_equal(np.concatenate(list(leg.blocks())), whole.samples)
    assert (leg.rate, leg.duration, leg.damage) == (whole.rate, whole.duration, whole.damage)


def test_words_behind_the_first_part_keep_their_times(engine: VoskEngine, speech: Callable[[str], Audio]) -> None:
    voice = speech("waiting.wav").samples
    late = np.zeros(RATE * 310, np.float32)
    late[RATE * 299 : RATE * 299 + len(voice)] = voice[: len(late) - RATE * 299]
    heard, alone = transcribe(Audio(late, RATE), engine), transcribe(Audio(voice, RATE), engine)
    assert [word.word for word in heard.words] == [word.word for word in alone.words]
    for word, same in zip(heard.words, alone.words, strict=True):
        assert word.start == pytest.approx(same.start + 299, abs=0.1)
