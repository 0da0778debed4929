"""The other side of a request, written as a function of it: no socket is opened."""

from collections.abc import Awaitable, Callable, Mapping
from inspect import isawaitable
from types import TracebackType
from typing import Self

import httpx

from ivr.ari.exchange import Answer


class Answering:
    """Stands for HttpExchange."""

    def __init__(self, answer: Callable[[httpx.Request], httpx.Response | Awaitable[httpx.Response]]) -> None:
        self._answer = answer

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    async def __call__(self, method: str, address: str, headers: Mapping[str, str]) -> Answer:
        """What the function makes of the request."""
        given = self._answer(httpx.Request(method, address, headers=headers))
        response = await given if isawaitable(given) else given
        return Answer(response.status_code, response.content, response.reason_phrase)
