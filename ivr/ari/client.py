"""The client: requests by resource, and the stream of events."""

from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Self

from ivr.ari.events import Event
from ivr.ari.exchange import Exchange
from ivr.ari.resources.asterisk import Applications, Asterisk
from ivr.ari.resources.bridges import Bridges
from ivr.ari.resources.channels import Channels
from ivr.ari.resources.playbacks import Playbacks
from ivr.ari.resources.recordings import Recordings
from ivr.ari.stream import EventStream
from ivr.ari.transport import Transport


class AriClient:
    """Everything we ask of one Asterisk, for one Stasis application.

    `base_url` is that of Asterisk's HTTP server, such as `http://127.0.0.1:8088` (with `prefix` of http.conf, if one
    is set). `limit` is in seconds and holds for each request. `secrets` is named when the password is wrong.
    Used as `async with AriClient(…) as ari:`; may be shared by any number of tasks of one event loop.
    """

    def __init__(
        self,
        base_url: str,
        user: str,
        password: str,
        app: str,
        *,
        limit: float = 5.0,
        secrets: str = "var/secrets",
        exchange: Exchange | None = None,
    ) -> None:
        self.app = app
        self._account = (base_url, user, password)
        self._secrets = secrets
        self._http = Transport(base_url, user, password, limit=limit, secrets=secrets, exchange=exchange)
        self.channels = Channels(self._http, app)
        self.bridges = Bridges(self._http)
        self.playbacks = Playbacks(self._http)
        self.recordings = Recordings(self._http)
        self.asterisk = Asterisk(self._http)
        self.applications = Applications(self._http)

    async def __aenter__(self) -> Self:
        await self._http.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.__aexit__(kind, error, trace)

    def events(
        self,
        handle: Callable[[Event], None],
        *,
        on_connected: Callable[[], Awaitable[None]] | None = None,
        on_lost: Callable[[str], None] | None = None,
    ) -> EventStream:
        """The stream of our application's events; see EventStream."""
        base_url, user, password = self._account
        return EventStream(
            base_url,
            user,
            password,
            self.app,
            handle=handle,
            on_connected=on_connected,
            on_lost=on_lost,
            secrets=self._secrets,
        )
