"""A phone for tests that reads like a person: it dials, listens, presses keys, speaks and hangs up.

    caller = await phones.dial("sip:95598@127.0.0.1:5060", "trial", password)
    await caller.hears("menu.main")
    await caller.press("1")
    await caller.hears("repair.describe")

Each is a process of its own (`python -m lianxin.softphone`). What should happen and does not is an AssertionError.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from lianxin.softphone.process import PhoneEvent, PhoneProcess
from tests.telephony.listening import Listening


@dataclass(frozen=True)
class Ended:
    """How a call ended."""

    code: int
    """SIP status: 200 after a conversation, else why there was none."""
    reason: str
    by: str
    """`us`, `them`, or `nobody` when no reply ever came."""
    at: float
    """Seconds since the phone was ready."""


class Phone(Listening):
    """One phone and its one call."""

    def __init__(self, process: PhoneProcess, heard: Path) -> None:
        super().__init__(heard)
        self.process = process
        self.addresses: dict[str, str] = {}
        """Where a listening phone can be called, by transport: `udp`, `tcp`."""

    @classmethod
    async def dial(cls, uri: str, user: str, password: str, folder: Path, *, tones: bool = False) -> Self:
        """Call an address; what is heard is kept in `folder`. Close the phone after use, or use it as a context."""
        async with cls._new(folder) as phone:
            await phone.process.tell(
                "dial", uri=uri, user=user, password=password, heard=str(phone.heard_file), tones=tones
            )
        return phone

    @classmethod
    async def listen(cls, folder: Path, code: int = 200, after: float = 0.1) -> Self:
        """A phone that waits for a call and replies with that SIP status after some seconds; 180 rings for ever."""
        async with cls._new(folder) as phone:
            await phone.process.tell("listen", code=code, after=after, heard=str(phone.heard_file))
            phone.addresses = (await phone._event("listening", limit=20)).detail
        return phone

    @classmethod
    async def register(cls, registrar: str, user: str, password: str, folder: Path, code: int, after: float) -> Self:
        """A telephone on a desk: it registers, and answers one call with that SIP status after some seconds."""
        async with cls._new(folder) as phone:
            await phone.process.tell(
                "listen", code=code, after=after, heard=str(phone.heard_file), registrar=registrar, user=user,
                password=password,
            )  # fmt: skip
            answer = await phone._event("registered", limit=20)
            assert answer.detail["code"] == 200, answer.detail
        return phone

    @classmethod
    @asynccontextmanager
    async def _new(cls, folder: Path) -> AsyncIterator[Self]:
        """A phone that is put away should it not come into use."""
        process = await PhoneProcess.start()
        try:
            yield cls(process, folder / f"heard-{process.pid}.wav")
        except BaseException:
            await process.close()
            raise

    async def rings(self, limit: float = 10.0) -> None:
        """Wait until it rings."""
        await self._event("ringing", limit=limit)

    async def answered(self, limit: float = 10.0) -> None:
        """Wait until the call is on."""
        await self._event("answered", limit=limit)

    async def press(self, keys: str) -> None:
        """Press keys one after the other; returns when the last one has left."""
        await self.answered()
        mark = await self.process.tell("press", keys=keys)
        for _ in keys:
            mark = self.process.history.index(await self._event("pressed", after=mark, limit=5), mark) + 1

    async def say(self, audio: Path, limit: float = 120.0) -> None:
        """Say an audio file to its end."""
        await self._event("said", after=await self.say_later(audio), limit=limit)

    async def say_later(self, audio: Path) -> int:
        """Begin to say an audio file, and do other things meanwhile.

        Whoever answers is in the call a moment after the caller: only then has the ACK arrived. It is waited for.
        """
        await self.answered()
        return await self.process.tell("say", file=str(audio))

    async def hang_up(self) -> None:
        """End the call; `ended` says when it is over."""
        await self.process.tell("hang_up")

    async def ended(self, limit: float = 10.0) -> Ended:
        """Wait until the call is over, by whomever."""
        event = await self._event("disconnected", limit=limit)
        return Ended(event.detail["code"], event.detail["reason"], event.detail["by"], event.at)

    @property
    def is_over(self) -> bool:
        """Whether the call has ended."""
        return any(event.name == "disconnected" for event in self.process.history)

    @property
    def keys(self) -> str:
        """The keys that the other side has pressed."""
        return "".join(event.detail["key"] for event in self.process.history if event.name == "key")

    async def hears_keys(self, keys: str, limit: float = 10.0) -> None:
        """Wait until the other side has pressed exactly these keys, from the call's begin on."""
        mark = 0
        while len(self.keys) < len(keys):
            mark = self.process.history.index(await self._event("key", after=mark, limit=limit), mark) + 1
        assert self.keys == keys

    async def close(self) -> None:
        """Hang up and put the phone away; its process is gone afterwards."""
        await self.process.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def _event(self, name: str, *, limit: float, after: int = 0) -> PhoneEvent:
        event = await self.process.first(name, "disconnected", after=after, limit=limit)
        assert event is not None, f"not {name} within {limit:g} s"
        assert event.name == name, f"not {name}, the call ended: {event.detail}"
        return event


class Phones:
    """The phones of one test; at its end all of them are put away."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._phones: list[Phone] = []

    async def dial(self, uri: str, user: str = "lianxin", password: str = "", *, tones: bool = False) -> Phone:
        """A phone that calls an address."""
        self._phones.append(await Phone.dial(uri, user, password, self._folder, tones=tones))
        return self._phones[-1]

    async def listen(self, code: int = 200, after: float = 0.1) -> Phone:
        """A phone that waits for a call."""
        self._phones.append(await Phone.listen(self._folder, code, after))
        return self._phones[-1]

    async def register(self, registrar: str, user: str, password: str, *, code: int = 200, after: float = 0.1) -> Phone:
        """A telephone that registers."""
        self._phones.append(await Phone.register(registrar, user, password, self._folder, code, after))
        return self._phones[-1]

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.gather(*(phone.close() for phone in self._phones))
