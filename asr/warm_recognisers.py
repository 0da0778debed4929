"""Recognisers that hear one stretch after the other: what one has composed of the model's graph serves the next too.

A lookahead model (HCLr.fst and Gr.fst) is composed while it is searched. A new recogniser begins that with nothing,
which takes longer than the search itself; one that has heard some minutes has nearly all of it.
"""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Protocol

from asr.memory import Allowance, give_back

LONGEST = 600.0
"""Seconds of sound that a recogniser hears before a new one takes its place: what it has composed is never given up,
and its clock, a float of Kaldi's, stays exact."""
SPLINTER = 0.02
"""Seconds of nothing that wake a recogniser which has just ended an utterance; a frame is half of it."""


class Listener(Protocol):
    """What hearing a stretch takes, as vosk.KaldiRecognizer has it; results are JSON."""

    def AcceptWaveform(self, data: bytes) -> int: ...  # noqa: D102, N802

    def Result(self) -> str: ...  # noqa: D102, N802

    def FinalResult(self) -> str: ...  # noqa: D102, N802


class Recogniser(Listener, Protocol):
    """All that we use of it."""

    def SetWords(self, enable: bool) -> None: ...  # noqa: D102, N802

    def SetPartialWords(self, enable: bool) -> None: ...  # noqa: D102, N802

    def PartialResult(self) -> str: ...  # noqa: D102, N802


class Warm:
    """A recogniser and how much it has heard; its times go on from stretch to stretch."""

    def __init__(self, recogniser: Listener, rate: int) -> None:
        self._recogniser, self._rate, self._samples = recogniser, rate, 0
        self._awake = False  # in an utterance
        self.finished = True
        """Whether it has given its final result of all that it heard."""

    @property
    def seconds(self) -> float:
        """How much it has heard: where the times of the next stretch begin."""
        return self._samples / self._rate

    def AcceptWaveform(self, data: bytes) -> int:  # noqa: N802
        """Hear 16-bit samples; true when an utterance has ended."""
        self._samples += len(data) // 2
        ended = self._recogniser.AcceptWaveform(data)
        self._awake, self.finished = not ended, False
        return ended

    def Result(self) -> str:  # noqa: N802
        """The utterance that has ended."""
        return self._recogniser.Result()

    def FinalResult(self) -> str:  # noqa: N802
        """The rest of the stretch; what comes next is heard as if nothing had been before, but for its times.

        Vosk forgets a stretch only at the end of an utterance that has begun, so one is begun if need be.
        """
        while not self._awake:
            self.AcceptWaveform(bytes(2 * round(SPLINTER * self._rate)))
        self.finished = True
        return self._recogniser.FinalResult()

    def close(self) -> None:
        """Let go of the recogniser and of all that it holds."""
        del self._recogniser


class WarmRecognisers:
    """Lends recognisers to any number of threads; there are as many as were ever lent at a time.

    A small model's graph is soon composed: 25 MB with the trial model. A large one may take that every few seconds, so
    recognisers are given up when the process has grown by more than it is allowed.
    """

    def __init__(self, fresh: Callable[[], Listener], rate: int, allowance: Allowance | None = None) -> None:
        """`fresh` makes a new one for sound of `rate` samples a second."""
        self._fresh, self._rate, self._allowance = fresh, rate, allowance or Allowance()
        self._idle: deque[Warm] = deque()
        self._lock, self._number = Lock(), 0

    @contextmanager
    def lent(self) -> Iterator[Warm]:
        """One for a stretch, the last that was used; one that was not asked for its final result is not used again."""
        warm = self._taken()
        try:
            yield warm
        finally:
            self._put_back(warm)

    def _taken(self) -> Warm:
        with self._lock:
            if self._idle:
                return self._idle.pop()
            if not self._number:
                self._allowance.begin()
            self._number += 1
        return Warm(self._fresh(), self._rate)

    def _put_back(self, warm: Warm) -> None:
        with self._lock:
            spent = self._allowance.spent(self._number)
            if warm.finished and warm.seconds < LONGEST and not spent:
                self._idle.append(warm)
                return
            self._number -= 1
        warm.close()
        if spent:
            give_back()
