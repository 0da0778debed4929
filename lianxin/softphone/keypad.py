"""The keys of the phone: pressed one after the other, each as an RFC 4733 event of its own, or as its tone."""

import time
from collections import deque

import pjsua2 as pj

from lianxin.softphone.errors import PhoneProblem
from lianxin.softphone.line import Event, Line
from lianxin.softphone.plan import KEYS
from lianxin.softphone.ports import Mouth
from lianxin.softphone.tones import tone

KEY_SECONDS = 0.3
"""From one key to the next: pjmedia sends a key for 0.2 s, then its end three times, 20 ms apart."""


class Keypad:
    """Keys that wait to be pressed, and the one that is down."""

    def __init__(self, events: deque[Event], tones_from: Mouth | None = None) -> None:
        """With a mouth that makes their tones, keys are heard and not sent."""
        self._events = events
        self._mouth = tones_from
        self._waiting: deque[str] = deque()
        self._down: str | None = None
        self._up_at = 0.0

    def press(self, keys: str) -> None:
        """Press these keys after those that still wait; a `pressed` event follows each. Raises PhoneProblem."""
        if not keys or any(key not in KEYS for key in keys):
            raise PhoneProblem("key-wrong", f'"{keys}" is not a key; a telephone has 0-9, * and #')
        self._waiting.extend(keys)

    def turn(self, line: Line) -> None:
        """Let go of the key whose time is over, and press the next. Raises PhoneProblem."""
        now = time.monotonic()
        if self._down is not None and now >= self._up_at:
            self._events.append({"event": "pressed", "key": self._down})
            self._down = None
        if self._down is None and self._waiting:
            self._down = self._waiting.popleft()
            self._up_at = now + KEY_SECONDS
            if self._mouth is not None:
                self._mouth.interject(tone(self._down))
                return
            try:
                line.dialDtmf(self._down)
            except pj.Error as error:
                key, self._down = self._down, None
                raise PhoneProblem(
                    "key-not-sent", f"key {key} cannot be sent: {error.reason}; does the other side take RFC 4733 keys?"
                ) from None
