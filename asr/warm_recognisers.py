"""Recognisers that hear one stretch after the other: what one has composed of the model's graph serves the next too.

A lookahead model (HCLr.fst and Gr.fst) is composed while it is searched. A new recogniser begins that with nothing,
which takes longer than the search itself; one that has heard some minutes has nearly all of it.
"""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

LONGEST = 600.0
"""Seconds of sound that a recogniser hears before a new one takes its place: what it has composed is never given up,
some 25 MB by then with the trial model, and its clock, a float of Kaldi's, stays exact."""
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


class WarmRecognisers:
    """Lends recognisers to any number of threads; there are as many as were ever lent at a time."""

    def __init__(self, fresh: Callable[[], Listener], rate: int) -> None:
        """`fresh` makes a new one for sound of `rate` samples a second."""
        self._fresh, self._rate = fresh, rate
        self._idle: deque[Warm] = deque()  # its append and pop are atomic

    @contextmanager
    def lent(self) -> Iterator[Warm]:
        """One for a stretch, the last that was used; one that was not asked for its final result is not used again."""
        try:
            warm = self._idle.pop()
        except IndexError:
            warm = Warm(self._fresh(), self._rate)
        yield warm
        if warm.finished and warm.seconds < LONGEST:
            self._idle.append(warm)
