"""Requests to ARI: addresses put together, statuses turned into errors."""

import base64
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote, urlencode

from msgspec import MsgspecError
from msgspec.json import decode

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
from ivr.ari.exchange import Answer, Exchange, HttpExchange


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
        exchange: Exchange | None = None,
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._user = user
        self._secrets = secrets
        self._headers = {"Authorization": basic(user, password)}
        self._exchange: Exchange = exchange or HttpExchange(self._asterisk, limit)

    async def __aenter__(self) -> Self:
        await self._exchange.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._exchange.__aexit__(kind, error, trace)

    async def get(self, *path: str, **parameters: str | None) -> Any:
        """Read something; asked once more when the connection drops, for reading twice does no harm."""
        return await self._request("GET", path, parameters)

    async def post(self, *path: str, **parameters: str | None) -> Any:
        """Do something; never repeated by itself."""
        return await self._request("POST", path, parameters)

    async def delete(self, *path: str, **parameters: str | None) -> Any:
        """End something; asked once more when the connection drops: what has ended meanwhile is NotFound."""
        return await self._request("DELETE", path, parameters)

    async def _request(self, method: str, path: tuple[str, ...], parameters: Mapping[str, str | None]) -> Any:
        address = "/" + "/".join(quote(part, safe="") for part in path)
        given = urlencode({name: value for name, value in parameters.items() if value is not None}, quote_via=quote)
        whole = f"{self._base_url}/ari{address}" + (f"?{given}" if given else "")
        answer = await self._exchange(method, whole, self._headers)
        if answer.status < 300:
            return self._content(answer, f"{method} {address}")
        raise self._error(answer, f"{method} {address}")

    @property
    def _asterisk(self) -> str:
        return f"Asterisk at {self._base_url}"

    def _content(self, answer: Answer, what: str) -> Any:
        if not answer.body:
            return None
        try:
            return decode(answer.body)
        except (MsgspecError, ValueError, RecursionError):
            raise Malformed(f"{self._asterisk} answered {what} with something that is not JSON; see its log") from None

    def _error(self, given: Answer, what: str) -> AriError:
        """The error that a status stands for. Texts decide only where Asterisk 22 uses one status for two things."""
        status, says = given.status, _message(given)
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


def unauthorised(asterisk: str, user: str, secrets: str, status: int) -> Unauthorised:
    """The same words for requests and for the event stream."""
    mend = f"restart Asterisk and the controller, so that both read the same password from {secrets}"
    return Unauthorised(f"{asterisk} refused the ARI user '{user}' ({status}); {mend}")


def _message(answer: Answer) -> str:
    """What Asterisk says about an error, on one line. Its web server's own errors are HTML that says nothing."""
    try:
        body = decode(answer.body)
    except (MsgspecError, ValueError, RecursionError):
        body = None
    says = (body.get("message") or body.get("error")) if isinstance(body, dict) else None
    return " ".join(str(says or answer.reason).split())[:200]
