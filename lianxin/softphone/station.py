"""One phone for one call: carries out commands, collects events, in one thread that calls `turn` over and over."""

import time
from collections import deque
from dataclasses import dataclass
from pathlib import Path

import pjsua2 as pj

from lianxin.softphone.address import on_the_wire, wants_srtp
from lianxin.softphone.errors import PhoneProblem
from lianxin.softphone.heard import HeardFile
from lianxin.softphone.keypad import Keypad
from lianxin.softphone.line import Event, Line, Owner
from lianxin.softphone.ports import Ear, Mouth, line_format
from lianxin.softphone.sound import read_sound
from lianxin.softphone.stack import Stack

FAREWELL = 2.0
"""Seconds that a hang-up may take when the phone is put away."""


@dataclass(frozen=True)
class Answering:
    """How a call that comes in is met: with which SIP status, how many seconds after it began to ring."""

    code: int
    after: float


class Station:
    """The phone behind `python -m lianxin.softphone`; see there for its commands and events."""

    def __init__(self, events: deque[Event], heard: Path | None, *, loopback: bool, tones: bool = False) -> None:
        """What happens goes to `events`, what is heard to the WAV file `heard`. Raises HeardNotWritable.

        With `tones` the phone knows no RFC 4733: keys are tones in its sound.
        """
        self.events = events
        self._heard = HeardFile(heard) if heard is not None else None
        self._ear = Ear(self._heard)
        self._stack = Stack(loopback=loopback)
        self._mouth = Mouth()
        self._ear.createPort("ear", line_format())
        self._mouth.createPort("mouth", line_format())
        self._tones = tones
        self._keypad = Keypad(self.events, self._mouth if tones else None)
        self._owner: Owner | None = None
        self._line: Line | None = None
        self._turned_away: list[Line] = []
        self._answering = Answering(pj.PJSIP_SC_BUSY_HERE, 0.0)
        self._answer_at: float | None = None
        self._told = 0
        self._complained = False

    def dial(self, uri: str, host: str, user: str, password: str) -> None:
        """Call an address as `user`; `ringing`, `answered` and `disconnected` follow. Raises PhoneProblem."""
        self._owner = self._stack.account(user, password, host, self._arrives, encrypted=wants_srtp(uri))
        self._line = Line(self._owner, self.events, self._ear, self._mouth, tones=self._tones)
        self.events.append({"event": "calling", "uri": uri})
        try:
            self._line.makeCall(on_the_wire(uri), pj.CallOpParam(True))
        except pj.Error as error:
            self._line.over = True
            raise PhoneProblem("call-failed", f"{uri} cannot be called: {error.reason}; check the address") from None

    def listen(self, code: int, after: float, registrar: str = "", user: str = "phone", password: str = "") -> None:
        """Wait for a call, ring, and reply with that SIP status after that many seconds; 180 rings for ever.

        A `listening` event says the phone's addresses. With a registrar (`sip:host:port`) it registers there as `user`,
        and a `registered` event has the status that came back.
        """
        self._answering = Answering(code, after)
        host = registrar.removeprefix("sip:") or "127.0.0.1"
        self._owner = self._stack.account(
            user, password, host, self._arrives, registrar=registrar,
            registered=lambda status: self.events.append({"event": "registered", "code": status}),
        )  # fmt: skip
        self.events.append({"event": "listening", **self._stack.addresses})

    def press(self, keys: str) -> None:
        """Press keys one after the other; a `pressed` event follows each. Raises PhoneProblem."""
        self._must_be_talking()
        self._keypad.press(keys)

    def say(self, file: str) -> None:
        """Say an audio file; `said` follows when it is over. Raises AsrError for bad audio, PhoneProblem."""
        self._must_be_talking()
        self._mouth.say(file, read_sound(Path(file)))
        self.events.append({"event": "saying", "file": file})

    def hang_up(self) -> None:
        """End the call; `disconnected` follows. Nothing happens when there is none."""
        if self._line is not None and not self._line.over and not self._line.we_hung_up:
            self._line.we_hung_up = True
            self._line.hangup(pj.CallOpParam())

    def turn(self, seconds: float) -> None:
        """Let things happen for at most that long. Raises HeardNotWritable when the disk is full."""
        self._stack.handle(seconds)
        self._answer()
        while self._mouth.said:
            self.events.append({"event": "said", "file": self._mouth.said.popleft()})
        if self._line is not None and self._line.over:
            self._finish_heard()
        elif self._line is not None and self._line.answered:
            self._keypad.turn(self._line)
        if int(self._ear.seconds) > self._told:
            self._told = int(self._ear.seconds)
            self.events.append({"event": "heard-so-far", "seconds": self._told})
        if self._heard is not None and self._heard.trouble is not None and not self._complained:
            self._complained = True
            raise self._heard.trouble

    def close(self) -> None:
        """Hang up, then take everything down in the order that pjsua wants: call, ports, account, endpoint."""
        self.hang_up()
        limit = time.monotonic() + FAREWELL
        while self._line is not None and not self._line.over and time.monotonic() < limit:
            self._stack.handle(0.02)
        self._finish_heard()
        self._line = None
        self._turned_away.clear()
        del self._ear, self._mouth, self._keypad
        self._owner = None
        self._stack.close()

    def _finish_heard(self) -> None:
        self._ear.open = False
        if self._heard is not None:
            self._heard.close()

    def _arrives(self, call_id: int) -> None:
        if self._owner is None:
            return
        reply = pj.CallOpParam()
        if self._line is None:
            line = self._line = Line(self._owner, self.events, self._ear, self._mouth, call_id, tones=self._tones)
            reply.statusCode = pj.PJSIP_SC_RINGING
            self._answer_at = time.monotonic() + self._answering.after
            self.events.append({"event": "ringing"})
        else:
            line = Line(self._owner, deque(), self._ear, self._mouth, call_id)
            reply.statusCode = pj.PJSIP_SC_BUSY_HERE
            self._turned_away.append(line)  # kept alive until the end: pjsua still holds it
        line.answer(reply)

    def _answer(self) -> None:
        if self._line is None or self._line.over or self._answer_at is None or time.monotonic() < self._answer_at:
            return
        self._answer_at = None
        if self._answering.code != pj.PJSIP_SC_RINGING:
            self._line.we_hung_up = self._answering.code >= 300
            reply = pj.CallOpParam()
            reply.statusCode = self._answering.code
            self._line.answer(reply)

    def _must_be_talking(self) -> None:
        if self._line is None or not self._line.answered or self._line.over:
            raise PhoneProblem("no-call", "there is no call at the moment; dial, and wait until it is answered")
