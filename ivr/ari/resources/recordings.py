"""Recordings: those being made (`live`) and the closed files (`stored`)."""

from ivr.ari.model import LiveRecording, StoredRecording
from ivr.ari.transport import Transport


class LiveRecordings:
    """What can be done with a recording in the making. One that has ended answers NotFound."""

    def __init__(self, transport: Transport) -> None:
        self._http = transport

    async def get(self, name: str) -> LiveRecording:
        """One recording that is queued or running."""
        return LiveRecording.from_json(await self._http.get("recordings", "live", name))

    async def stop(self, name: str) -> None:
        """End it and keep the file; RecordingFinished follows when the file is closed."""
        await self._http.post("recordings", "live", name, "stop")

    async def cancel(self, name: str) -> None:
        """End it and throw the file away; RecordingFinished follows all the same."""
        await self._http.delete("recordings", "live", name)


class StoredRecordings:
    """What can be done with closed recordings."""

    def __init__(self, transport: Transport) -> None:
        self._http = transport

    async def list(self) -> tuple[StoredRecording, ...]:
        """Every closed recording. Raises Unavailable when the recording folder is missing: Asterisk answers 500."""
        return tuple(StoredRecording.from_json(entry) for entry in await self._http.get("recordings", "stored") or ())

    async def get(self, name: str) -> StoredRecording:
        """One closed recording. Raises NotFound."""
        return StoredRecording.from_json(await self._http.get("recordings", "stored", name))

    async def delete(self, name: str) -> None:
        """Delete the file. Raises NotFound."""
        await self._http.delete("recordings", "stored", name)


class Recordings:
    """Recordings, as ARI divides them."""

    def __init__(self, transport: Transport) -> None:
        self.live = LiveRecordings(transport)
        self.stored = StoredRecordings(transport)
