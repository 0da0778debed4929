"""Few answers are made at a time, and none waits for ever."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock

import pytest

from web.few_at_a_time import FewAtATime

LONG = 30.0
"""Seconds; nobody waits so long where all is well."""


class Slow:
    """An application whose answers are made when the test lets them."""

    def __init__(self) -> None:
        self.go, self._lock = Event(), Lock()
        self.now = self.most = 0
        self.begun = Event()

    def __call__(self, environ, start_response):
        with self._lock:
            self.now += 1
            self.most = max(self.most, self.now)
            if self.now == environ.get("call me at", 0):
                self.begun.set()
        assert self.go.wait(LONG)
        with self._lock:
            self.now -= 1
        return [b"made"]


def test_two_are_made_and_the_others_wait_for_a_place():
    slow = Slow()
    app = FewAtATime(slow, places=2, patience=LONG)
    with ThreadPoolExecutor(6) as readers:
        answers = [readers.submit(app, {"call me at": 2}, None) for _ in range(6)]
        assert slow.begun.wait(LONG)
        slow.go.set()
        assert [answer.result(LONG) for answer in answers] == [[b"made"]] * 6
    assert slow.most == 2


def test_a_long_answer_holds_nobody_up_for_longer_than_patience():
    slow = Slow()
    app = FewAtATime(slow, places=1, patience=0.01)
    with ThreadPoolExecutor(2) as readers:
        answers = [readers.submit(app, {"call me at": 2}, None) for _ in range(2)]
        assert slow.begun.wait(LONG), "the second was begun while the first was being made"
        slow.go.set()
        assert [answer.result(LONG) for answer in answers] == [[b"made"]] * 2
    assert app({}, None) == [b"made"], "whoever had no place gave none back"


def test_an_answer_that_fails_gives_its_place_back():
    def fails(environ, start_response):
        raise ZeroDivisionError

    app = FewAtATime(fails, places=1, patience=LONG)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            app({}, None)


def test_a_stream_holds_no_place_while_it_is_sent():
    def pieces() -> Iterator[bytes]:
        yield b"one"
        yield b"two"

    app = FewAtATime(lambda environ, start_response: pieces(), places=1, patience=LONG)
    first, second = iter(app({}, None)), iter(app({}, None))
    assert [next(first), next(second), next(second), next(first)] == [b"one", b"one", b"two", b"two"]
