"""Bridges: channels that hear each other."""

from typing import Literal

from ivr.ari.model import Bridge
from ivr.ari.transport import Transport


class Bridges:
    """What can be done with bridges. One that is gone answers NotFound."""

    def __init__(self, transport: Transport) -> None:
        self._http = transport

    async def list(self) -> tuple[Bridge, ...]:
        """Every bridge in Asterisk."""
        return tuple(Bridge.from_json(bridge) for bridge in await self._http.get("bridges") or ())

    async def create_with_id(
        self, bridge_id: str, *, bridge_type: Literal["mixing", "holding"] = "mixing", name: str = ""
    ) -> Bridge:
        """Make a bridge. Raises Conflict when the id is taken."""
        return Bridge.from_json(await self._http.post("bridges", bridge_id, type=bridge_type, name=name or None))

    async def destroy(self, bridge_id: str) -> None:
        """End a bridge; its channels stay in the application."""
        await self._http.delete("bridges", bridge_id)

    async def add_channel(self, bridge_id: str, channel_id: str) -> None:
        """Put a channel in. Raises NotInStasis, NotFound for either, Conflict while the channel is being recorded."""
        await self._http.post("bridges", bridge_id, "addChannel", channel=channel_id)

    async def remove_channel(self, bridge_id: str, channel_id: str) -> None:
        """Take a channel out. Raises NotFound for either, Refused when the channel is not in this bridge."""
        await self._http.post("bridges", bridge_id, "removeChannel", channel=channel_id)
