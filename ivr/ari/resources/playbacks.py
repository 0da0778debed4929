"""Playbacks: prompts on their way to a caller."""

from ivr.ari.model import Playback
from ivr.ari.transport import Transport


class Playbacks:
    """What can be done with playbacks. One that has ended answers NotFound."""

    def __init__(self, transport: Transport) -> None:
        self._http = transport

    async def get(self, playback_id: str) -> Playback:
        """One playback that is queued or playing."""
        return Playback.from_json(await self._http.get("playbacks", playback_id))

    async def stop(self, playback_id: str) -> None:
        """Cut it short; PlaybackFinished follows with the state `done`."""
        await self._http.delete("playbacks", playback_id)
