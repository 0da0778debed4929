"""Channels: the legs of calls."""

from collections.abc import Sequence
from typing import Literal, TypeAlias

from ivr.ari.errors import Refused
from ivr.ari.fields import as_fields, text
from ivr.ari.model import Channel, LiveRecording, Playback
from ivr.ari.transport import Transport

Direction: TypeAlias = Literal["none", "in", "out", "both"]


class Channels:
    """What can be done with channels. Those not in our application answer NotInStasis, those gone NotFound."""

    def __init__(self, transport: Transport, app: str) -> None:
        self._http = transport
        self._app = app

    async def list(self) -> tuple[Channel, ...]:
        """Every channel in Asterisk, also those of other applications and of the dialplan."""
        return tuple(Channel.from_json(channel) for channel in await self._http.get("channels") or ())

    async def get(self, channel_id: str) -> Channel:
        """One channel."""
        return Channel.from_json(await self._http.get("channels", channel_id))

    async def originate_with_id(
        self, channel_id: str, endpoint: str, *, caller_id: str = "", ring: int = 30, app_args: str = ""
    ) -> Channel:
        """Call somebody: `endpoint` such as `PJSIP/trunk/sip:138…@host`. The channel comes to our application.

        StasisStart follows when it is answered, ChannelDestroyed with its cause when it is not, within `ring`
        seconds. Raises Conflict when the id is taken, Refused when Asterisk has no such endpoint.
        """
        return Channel.from_json(
            await self._http.post(
                "channels",
                channel_id,
                endpoint=endpoint,
                app=self._app,
                appArgs=app_args or None,
                callerId=caller_id or None,
                timeout=str(ring),
            )
        )

    async def start_moh(self, channel_id: str) -> None:
        """Play the waiting music to the channel until stop_moh."""
        await self._http.post("channels", channel_id, "moh")

    async def stop_moh(self, channel_id: str) -> None:
        """Stop the waiting music; does nothing when none plays."""
        await self._http.delete("channels", channel_id, "moh")

    async def answer(self, channel_id: str) -> None:
        """Pick up. Answering twice does no harm."""
        await self._http.post("channels", channel_id, "answer")

    async def ring(self, channel_id: str) -> None:
        """Let the caller hear that it rings."""
        await self._http.post("channels", channel_id, "ring")

    async def hangup(self, channel_id: str, *, reason: str = "normal") -> None:
        """End the channel. `reason`: `normal`, `busy`, `congestion`, `no_answer`, … (Refused when unknown)."""
        await self._http.delete("channels", channel_id, reason=reason)

    async def continue_in_dialplan(
        self, channel_id: str, *, context: str = "", extension: str = "", priority: int = 1
    ) -> None:
        """Hand the channel back to the dialplan; a context or extension that is empty stays as it was."""
        address = ("channels", channel_id, "continue")
        where = {"context": context or None, "extension": extension or None, "priority": str(priority)}
        await self._http.post(*address, **where)

    async def play_with_id(
        self, channel_id: str, playback_id: str, media: str | Sequence[str], *, lang: str = ""
    ) -> Playback:
        """Play sounds, one after the other as one playback: `sound:/folder/name`, without the file's ending.

        Only queues. PlaybackStarted comes once for each sound. A sound that is missing makes PlaybackFinished say
        `failed` when it is the last one, and is passed over in silence otherwise: check the files before.
        """
        uris = [media] if isinstance(media, str) else list(media)
        if bad := next((uri for uri in uris if "," in uri), None):
            raise Refused(f"Asterisk cannot play {bad}: it splits names at commas; move it to a folder without one")
        address = ("channels", channel_id, "play", playback_id)
        return Playback.from_json(await self._http.post(*address, media=",".join(uris), lang=lang or None))

    async def record(
        self,
        channel_id: str,
        name: str,
        *,
        format: str = "wav",  # noqa: A002 - ARI's own name
        max_duration_seconds: int = 0,
        max_silence_seconds: int = 0,
        if_exists: Literal["fail", "overwrite", "append"] = "fail",
        beep: bool = False,
        terminate_on: Literal["none", "any", "*", "#"] = "none",
    ) -> LiveRecording:
        """Record what comes from the channel into `<recording folder>/<name>.<format>`; 0 seconds means no limit.

        Only queues: wait for RecordingStarted, with a limit. Raises Conflict when the name is taken, Refused for an
        unknown format. On a bridged channel nothing is raised; RecordingFailed follows. Record a snoop instead.
        """
        return LiveRecording.from_json(
            await self._http.post(
                "channels",
                channel_id,
                "record",
                name=name,
                format=format,
                maxDurationSeconds=str(max_duration_seconds),
                maxSilenceSeconds=str(max_silence_seconds),
                ifExists=if_exists,
                beep=str(beep).lower(),
                terminateOn=terminate_on,
            )
        )

    async def snoop_channel_with_id(
        self,
        channel_id: str,
        snoop_id: str,
        *,
        spy: Direction = "none",
        whisper: Direction = "none",
        app: str = "",
        app_args: str = "",
    ) -> Channel:
        """Make a channel that hears (`spy`) or speaks into (`whisper`) another one; it comes to our application.

        It ends with the channel it listens to. `app` is our own application when not given. While that is not
        connected no StasisStart comes, and what is left can be neither recorded nor hung up (NotFound): wait for
        StasisStart with a limit. An id that is taken raises Unavailable: Asterisk answers 500.
        """
        address = ("channels", channel_id, "snoop", snoop_id)
        return Channel.from_json(
            await self._http.post(*address, app=app or self._app, spy=spy, whisper=whisper, appArgs=app_args or None)
        )

    async def get_channel_var(self, channel_id: str, variable: str) -> str:
        """The value of a variable or function, such as `CHANNEL(state)`. Raises NotFound when it is not set."""
        answer = await self._http.get("channels", channel_id, "variable", variable=variable)
        return text(as_fields(answer, "variable"), "value")

    async def set_channel_var(self, channel_id: str, variable: str, value: str) -> None:
        """Set a variable, or call a writing function such as `TALK_DETECT(set)`."""
        await self._http.post("channels", channel_id, "variable", variable=variable, value=value)
