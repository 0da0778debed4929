"""One HTTP exchange with Asterisk: a pool of connections, and a time limit on each request."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

from aiohttp import ClientConnectorError, ClientError, ClientSession, ClientTimeout, TCPConnector
from yarl import URL

from ivr.ari.errors import Unavailable

CONNECTIONS = 40
"""Connections at a time. Asterisk serves 100 HTTP sessions (`sessionlimit` of http.conf), event sockets among them."""
IDLE = 10.0
"""Seconds an idle connection is kept: less than the 15 after which Asterisk ends it (`session_keep_alive`), so that
no POST, which must not be repeated, is sent into a connection that is just being closed."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    body: bytes = b""
    reason: str = ""
    """The words beside the status."""


class Dropped(Unavailable):
    """The connection broke after the request was sent; nobody knows whether it was carried out."""

    error_id = "ari-dropped"


class Exchange(Protocol):
    """Sends a request and gives the answer, whatever its status."""

    async def __aenter__(self) -> Self: ...

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    async def __call__(self, method: str, address: str, headers: Mapping[str, str]) -> Answer:
        """`address` is whole and quoted. Raises Unavailable, and Dropped where nobody knows what became of it."""
        ...


class HttpExchange:
    """Over aiohttp, which asks once more when the connection drops, unless it is a POST.

    `asterisk` names the other side in errors, `limit` is in seconds.
    """

    def __init__(self, asterisk: str, limit: float) -> None:
        self._asterisk = asterisk
        self._limit = limit
        self._session: ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = ClientSession(  # which heeds no proxy named in the environment
            connector=TCPConnector(limit=CONNECTIONS, keepalive_timeout=IDLE),
            timeout=ClientTimeout(total=self._limit),
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session:
            await self._session.close()

    async def __call__(self, method: str, address: str, headers: Mapping[str, str]) -> Answer:
        """Send a request; for what it raises see Exchange."""
        assert self._session is not None, "used outside of `async with`"
        url = URL(address, encoded=True)
        what = f"{method} {url.raw_path.removeprefix('/ari')}"
        try:
            async with self._session.request(method, url, headers=headers) as response:
                return Answer(response.status, await response.read(), response.reason or "")
        except TimeoutError:
            raise Unavailable(f"{self._asterisk} did not answer {what} within {self._limit:g} s; see its log") from None
        except ClientConnectorError:
            raise Unavailable(f"{self._asterisk} cannot be reached; start it: lianxin asterisk start") from None
        except (ClientError, OSError) as error:
            why = str(error) or type(error).__name__
            raise Dropped(f"{self._asterisk} dropped the connection during {what} ({why}); see its log") from None
