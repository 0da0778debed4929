"""A recogniser that is used again hears each stretch as a new one would: the same words at the same times."""

from collections.abc import Callable
from threading import Barrier, Thread

import numpy as np
import pytest
from numpy.typing import NDArray

from asr.audio import Audio
from asr.memory import Allowance, give_back
from asr.models import TRIAL_MODEL
from asr.transcript import Passage
from asr.vosk_engine import VoskEngine
from asr.warm_recognisers import LONGEST, Warm, WarmRecognisers

RATE = 8000
Speech = Callable[[str], Audio]


def sentences(speech: Speech) -> list[NDArray[np.float32]]:
    """Sentences of two voices, each with the quiet around it; the first ends with a second of it."""
    waiting, old = speech("waiting.wav").samples, speech("old-caller.wav").samples
    return [np.concatenate([waiting[: 3 * RATE], np.zeros(RATE, np.float32)]), old[: 3 * RATE], waiting[2 * RATE :]]


def assert_same(heard: Passage, alone: Passage) -> None:
    assert [word.word for word in heard.words] == [word.word for word in alone.words]
    for word, same in zip(heard.words, alone.words, strict=True):
        assert (word.start, word.end) == pytest.approx((same.start, same.end), abs=0.07)


def test_the_second_stretch_is_heard_as_if_it_were_the_first(engine: VoskEngine, speech: Speech) -> None:
    alone = [VoskEngine(TRIAL_MODEL).hear(stretch) for stretch in sentences(speech)]
    assert all(passage.words for passage in alone)
    for _ in range(2):
        for stretch, passage in zip(sentences(speech), alone, strict=True):
            assert_same(engine.hear(stretch), passage)


class Pausing:
    """Ends an utterance after the first sound, and forgets what it heard only at the end of one that has begun."""

    def __init__(self) -> None:
        self.begun, self.forgot, self.bites = False, False, 0

    def AcceptWaveform(self, data: bytes) -> int:  # noqa: N802
        self.bites += 1
        self.begun, self.forgot = self.bites > 1, False
        return not self.begun

    def Result(self) -> str:  # noqa: N802
        return "{}"

    def FinalResult(self) -> str:  # noqa: N802
        self.forgot, self.begun = self.begun, False
        return "{}"


def test_a_stretch_that_ends_in_a_pause_leaves_nothing_to_the_next() -> None:
    pausing = Pausing()
    warm = Warm(pausing, RATE)
    warm.AcceptWaveform(bytes(2 * RATE))
    warm.FinalResult()
    assert pausing.forgot
    assert warm.seconds == pytest.approx(1, abs=0.05)


class Counted:
    """Takes everything and says nothing."""

    made = 0

    def __init__(self) -> None:
        Counted.made += 1

    def AcceptWaveform(self, data: bytes) -> int:  # noqa: N802
        return 0

    def Result(self) -> str:  # noqa: N802
        return "{}"

    FinalResult = Result


@pytest.fixture
def counted() -> WarmRecognisers:
    Counted.made = 0
    return WarmRecognisers(Counted, RATE)


def test_one_serves_again_until_it_has_heard_enough(counted: WarmRecognisers) -> None:
    minute = bytes(2 * RATE * 60)
    for number in range(round(LONGEST / 60)):
        with counted.lent() as warm:
            assert warm.seconds == 60 * number
            warm.AcceptWaveform(minute)
            warm.FinalResult()
    assert Counted.made == 1
    with counted.lent() as warm:
        assert warm.seconds == 0
    assert Counted.made == 2


def test_one_that_was_left_in_mid_stretch_is_not_used_again(counted: WarmRecognisers) -> None:
    def fail() -> None:
        with counted.lent() as warm:
            warm.AcceptWaveform(bytes(200))
            raise ValueError("torn off")

    with pytest.raises(ValueError, match="torn off"):
        fail()
    with counted.lent() as warm:
        warm.AcceptWaveform(bytes(200))
    with counted.lent():
        assert Counted.made == 3


def test_two_threads_never_have_the_same(counted: WarmRecognisers) -> None:
    met, had = Barrier(2, timeout=30), list[int]()

    def borrow() -> None:
        with counted.lent() as warm:
            met.wait()
            had.append(id(warm))
            met.wait()

    threads = [Thread(target=borrow) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(had)) == 2


class Growing(Allowance):
    """A process that grows by so many bytes with each stretch and gets them back with each recogniser."""

    def __init__(self, first: int, further: int) -> None:
        super().__init__(first, further)
        self.bytes = 0

    def begin(self) -> None:
        self.bytes = 0

    def spent(self, recognisers: int) -> bool:
        self.bytes += 30
        return self.bytes > self._first + self._further * (recognisers - 1)


def test_one_that_has_taken_too_much_memory_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    given_back = list[bool]()
    monkeypatch.setattr("asr.warm_recognisers.give_back", lambda: given_back.append(True))
    Counted.made = 0
    recognisers = WarmRecognisers(Counted, RATE, Growing(100, 40))
    for _ in range(4):
        with recognisers.lent() as warm:
            warm.AcceptWaveform(bytes(200))
            warm.FinalResult()
    assert (Counted.made, len(given_back)) == (1, 1), "the fourth stretch takes it beyond 100"
    with recognisers.lent():
        assert Counted.made == 2


def test_what_a_process_takes_is_seen_and_given_back() -> None:
    allowance = Allowance(first=50_000_000, further=1_000_000_000)
    allowance.begin()
    assert not allowance.spent(1)
    taken = np.ones(10_000_000)
    assert taken.all()
    assert allowance.spent(1)
    assert not allowance.spent(2)
    del taken
    give_back()
    assert not allowance.spent(1)
