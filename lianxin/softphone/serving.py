"""The loop of a phone's process: commands are carried out, the station turns, events go out; see `__main__`."""

import importlib.util
import json
import sys
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Any

from asr.errors import AsrError
from lianxin.softphone.address import host_of, is_loopback
from lianxin.softphone.errors import PhoneProblem, SoftphoneError, SoftphoneMissing
from lianxin.softphone.wire import Wire, own_stdout

if TYPE_CHECKING:
    from lianxin.softphone.station import Station

TURN = 0.02
"""Seconds between two looks at the commands while a station turns."""


def serve() -> int:
    """Be a phone until told to quit; the exit code."""
    wire = Wire(sys.stdin.fileno(), own_stdout())
    if importlib.util.find_spec("pjsua2") is None:
        missing = SoftphoneMissing()
        wire.tell({"event": "problem", "error_id": missing.error_id, "text": str(missing)})
        return 2
    phone = Served()
    wire.tell({"event": "ready"})
    try:
        while not (wire.ended or phone.quits):
            for line in wire.commands(0.0 if phone.station is not None else 1.0):
                phone.obey(line)
            phone.turn()
            while phone.events:
                wire.tell(phone.events.popleft())
    finally:
        phone.close()  # always: calls that outlive their endpoint end in an abort that hides the true error
    while phone.events:
        wire.tell(phone.events.popleft())
    return 0


class Served:
    """A phone that obeys lines of JSON; what goes wrong becomes a `problem` event."""

    def __init__(self) -> None:
        self.events: deque[dict[str, Any]] = deque()
        self.station: Station | None = None
        self.quits = False

    def obey(self, line: bytes) -> None:
        """Carry out one command."""
        import pjsua2 as pj

        try:
            self._carry_out(json.loads(line))
        except (SoftphoneError, AsrError) as error:
            self._problem(error.error_id, str(error))
        except (OSError, ValueError) as error:
            self._problem("command-failed", str(error))
        except pj.Error as error:
            self._problem("sip-failed", f"SIP failed: {error.reason}; is the address right, and the network up?")

    def turn(self) -> None:
        """Let things happen for a moment."""
        if self.station is None:
            return
        try:
            self.station.turn(TURN)
        except SoftphoneError as error:
            self._problem(error.error_id, str(error))

    def close(self) -> None:
        """Hang up and take everything down."""
        if self.station is not None:
            self.station.close()
            self.station = None

    def _carry_out(self, command: dict[str, Any]) -> None:
        match command, self.station:
            case {"do": "quit"}, _:
                self.quits = True
            case {"do": "dial", "uri": uri}, None:
                host = host_of(uri)
                tones = bool(command.get("tones"))
                self.station = self._new_station(command.get("heard"), loopback=is_loopback(host), tones=tones)
                self.station.dial(uri, host, command.get("user") or "lianxin", command.get("password") or "")
            case {"do": "listen"}, None:
                self.station = self._new_station(command.get("heard"), loopback=True)
                account = {name: command[name] for name in ("registrar", "user", "password") if command.get(name)}
                self.station.listen(command.get("code", 200), command.get("after", 0.0), **account)
            case {"do": "press", "keys": keys}, station if station is not None:
                station.press(keys)
            case {"do": "say", "file": file}, station if station is not None:
                station.say(file)
            case {"do": "hang_up"}, station if station is not None:
                station.hang_up()
            case _:
                raise PhoneProblem(
                    "command-wrong", f"{command}: a phone dials or listens once, and first; see the protocol"
                )

    def _new_station(self, heard: str | None, *, loopback: bool, tones: bool = False) -> "Station":
        from lianxin.softphone.station import Station

        return Station(self.events, Path(heard) if heard else None, loopback=loopback, tones=tones)

    def _problem(self, error_id: str, text: str) -> None:
        self.events.append({"event": "problem", "error_id": error_id, "text": text})
