"""Asterisk itself, and the applications connected to it."""

from ivr.ari.model import Application, AsteriskInfo
from ivr.ari.transport import Transport


class Asterisk:
    """What can be asked about Asterisk."""

    def __init__(self, transport: Transport) -> None:
        self._http = transport

    async def get_info(self) -> AsteriskInfo:
        """Its version, and since when it has been running."""
        return AsteriskInfo.from_json(await self._http.get("asterisk", "info"))

    async def ping(self) -> None:
        """Nothing, if Asterisk answers and knows us; an error of this room otherwise."""
        await self._http.get("asterisk", "ping")


class Applications:
    """What can be asked about Stasis applications."""

    def __init__(self, transport: Transport) -> None:
        self._http = transport

    async def get(self, name: str) -> Application:
        """What an application is subscribed to. Raises NotFound until it has connected for the first time."""
        return Application.from_json(await self._http.get("applications", name))
