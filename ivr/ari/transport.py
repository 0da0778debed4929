"""Requests to ARI: one pool of connections, a time limit on each request, statuses turned into errors."""

import base64
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import httpx
import structlog

from ivr.ari.errors import (
    AriError,
    Conflict,
    Failed,
    Malformed,
    NotFound,
    NotInStasis,
    Refused,
    Unauthorised,
    Unavailable,
)

CONNECTIONS = 40
"""Connections at a time. Asterisk serves 100 HTTP sessions (`sessionlimit` of http.conf), event sockets among them."""
IDLE = 10.0
"""Seconds an idle connection is kept: less than the 15 after which Asterisk ends it (`session_keep_alive`), so that
no POST, which must not be repeated, is sent into a connection that is just being closed."""

log = structlog.get_logger()


def basic(user: str, password: str) -> str:
    """The Authorization header's value. The password never goes into an address, where logs would keep it."""
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode("ascii")


class Transport:
    """Sends requests below `<base_url>/ari` and gives what they answer. A parameter that is None is left out."""

    def __init__(
        self,
        base_url: str,
        user: str,
        password: str,
        *,
        limit: float,
        secrets: str,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._user = user
        self._secrets = secrets
        self._limit = limit
        self._client = httpx.AsyncClient(
            base_url=f"{self._base_url}/ari",
            headers={"Authorization": basic(user, password)},
            timeout=httpx.Timeout(limit),
            limits=httpx.Limits(max_connections=CONNECTIONS, keepalive_expiry=IDLE),
            transport=transport,
            trust_env=False,  # a proxy named in the environment must never stand between us and our own machine
        )

    async def __aenter__(self) -> Self:
        await self._client.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.__aexit__(kind, error, trace)

    async def get(self, *path: str, **parameters: str | None) -> Any:
        """Read something; asked once more when the connection drops, for reading twice does no harm."""
        try:
            return await self._request("GET", path, parameters)
        except Dropped as error:
            log.debug("ari-asked-again", why=str(error))
            return await self._request("GET", path, parameters)

    async def post(self, *path: str, **parameters: str | None) -> Any:
        """Do something; never repeated by itself."""
        return await self._request("POST", path, parameters)

    async def delete(self, *path: str, **parameters: str | None) -> Any:
        """End something; never repeated by itself."""
        return await self._request("DELETE", path, parameters)

    async def _request(self, method: str, path: tuple[str, ...], parameters: Mapping[str, str | None]) -> Any:
        address = "/" + "/".join(quote(part, safe="") for part in path)
        what = f"{method} {address}"
        given = {name: value for name, value in parameters.items() if value is not None}
        try:
            response = await self._client.request(method, address, params=given)
        except httpx.TimeoutException:
            raise Unavailable(f"{self._asterisk} did not answer {what} within {self._limit:g} s; see its log") from None
        except httpx.ConnectError:
            raise Unavailable(f"{self._asterisk} cannot be reached; start it: lianxin asterisk start") from None
        except httpx.TransportError as error:
            why = str(error) or type(error).__name__
            raise Dropped(f"{self._asterisk} dropped the connection during {what} ({why}); see its log") from None
        if response.is_success:
            return self._content(response, what)
        raise self._error(response, what)

    @property
    def _asterisk(self) -> str:
        return f"Asterisk at {self._base_url}"

    def _content(self, response: httpx.Response, what: str) -> Any:
        if not response.content:
            return None
        try:
            return response.json()
        except ValueError:
            raise Malformed(f"{self._asterisk} answered {what} with something that is not JSON; see its log") from None

    def _error(self, response: httpx.Response, what: str) -> AriError:
        """The error that a status stands for. Texts decide only where Asterisk 22 uses one status for two things."""
        status, says = response.status_code, _message(response)
        answer = f"{self._asterisk} answered {what} with {status} ({says})"
        if status in (401, 403):
            return unauthorised(self._asterisk, self._user, self._secrets, status)
        if status >= 500:
            return (Failed if status == 500 else Unavailable)(f"{answer}; see its log")
        if status == 404 or "not found" in says or "not in this bridge" in says:
            return NotFound(f"{answer}: it is not there, or no longer")
        if "not in Stasis" in says:
            return NotInStasis(f"{answer}: wait for its StasisStart; after StasisEnd nothing can be done to it")
        if status in (409, 412):
            return Conflict(f"{answer}: choose another id, or wait until what is going on there has ended")
        return Refused(f"{answer}: correct the parameter that it names")


class Dropped(Unavailable):
    """The connection broke after the request was sent; nobody knows whether it was carried out."""

    error_id = "ari-dropped"


def unauthorised(asterisk: str, user: str, secrets: str, status: int) -> Unauthorised:
    """The same words for requests and for the event stream."""
    mend = f"restart Asterisk and the controller, so that both read the same password from {secrets}"
    return Unauthorised(f"{asterisk} refused the ARI user '{user}' ({status}); {mend}")


def _message(response: httpx.Response) -> str:
    """What Asterisk says about an error, on one line. Its web server's own errors are HTML that says nothing."""
    try:
        body = response.json()
    except ValueError:
        body = None
    says = (body.get("message") or body.get("error")) if isinstance(body, dict) else None
    return " ".join(str(says or response.reason_phrase).split())[:200]
