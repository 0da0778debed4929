"""Playbacks: prompts on their way to a caller."""

import asyncio

from ivr.ari.errors import Failed
from ivr.ari.model import Playback
from ivr.ari.transport import Transport

STOP_AGAIN = (0.01, 0.04, 0.16, 0.64)
"""Seconds to wait before each further try at stopping a prompt that is just beginning."""


class Playbacks:
    """What can be done with playbacks. One that has ended answers NotFound."""

    def __init__(self, transport: Transport) -> None:
        self._http = transport

    async def get(self, playback_id: str) -> Playback:
        """One playback that is queued or playing."""
        return Playback.from_json(await self._http.get("playbacks", playback_id))

    async def stop(self, playback_id: str) -> None:
        """Cut it short; PlaybackFinished follows with the state `done`.

        In the moment in which a sound begins Asterisk calls it playing and cannot stop it yet (500): asked again then.
        """
        for pause in STOP_AGAIN:
            try:
                return await self._stop(playback_id)
            except Failed:
                await asyncio.sleep(pause)
        return await self._stop(playback_id)

    async def _stop(self, playback_id: str) -> None:
        await self._http.delete("playbacks", playback_id)
