"""What Asterisk tells about its things, as far as a hotline uses it. Unknown fields are ignored, missing ones empty.

A `Struct` is a frozen dataclass that is made in an eighth of the time; a busy line makes some thousands a second.
"""

from datetime import datetime
from typing import Self

from msgspec import Struct

from ivr.ari.fields import as_fields, moment, part, required_text, target_id, text, texts, whole


class Channel(Struct, frozen=True, kw_only=True):
    """One leg of a call inside Asterisk."""

    id: str
    name: str = ""
    """Technology and number, such as `PJSIP/trunk-00000001` or `Snoop/…`."""
    state: str = ""
    """`Down`, `Ring`, `Ringing`, `Up`, …: ARI's own words."""
    caller_number: str = ""
    """Empty when withheld."""
    caller_name: str = ""
    context: str = ""
    """Where in the dialplan it is, or was when it came to us."""
    exten: str = ""
    app_name: str = ""
    """The dialplan application it is in: `Stasis` when it is an application's. A snoop channel has none."""
    app_data: str = ""
    """The arguments of that, as the dialplan gives them: `lianxin,95598`."""
    protocol_id: str = ""
    """The SIP Call-ID, for finding the call in a trunk's books."""
    language: str = ""
    creation_time: datetime | None = None

    @property
    def app_args(self) -> tuple[str, ...]:
        """What the dialplan told our application, after its name."""
        return tuple(self.app_data.split(",")[1:])

    @classmethod
    def from_json(cls, value: object) -> Self:
        """Read ARI's Channel. Raises Malformed when it has no id."""
        fields = as_fields(value, "channel")
        caller, dialplan = part(fields, "caller"), part(fields, "dialplan")
        return cls(
            id=required_text(fields, "id", "channel"),
            name=text(fields, "name"),
            state=text(fields, "state"),
            caller_number=text(caller, "number"),
            caller_name=text(caller, "name"),
            context=text(dialplan, "context"),
            exten=text(dialplan, "exten"),
            app_name=text(dialplan, "app_name"),
            app_data=text(dialplan, "app_data"),
            protocol_id=text(fields, "protocol_id"),
            language=text(fields, "language"),
            creation_time=moment(fields, "creationtime"),
        )


class Bridge(Struct, frozen=True, kw_only=True):
    """Channels that hear each other."""

    id: str
    name: str = ""
    bridge_type: str = ""
    """`mixing` or `holding`."""
    channel_ids: tuple[str, ...] = ()
    creation_time: datetime | None = None

    @classmethod
    def from_json(cls, value: object) -> Self:
        """Read ARI's Bridge. Raises Malformed when it has no id."""
        fields = as_fields(value, "bridge")
        return cls(
            id=required_text(fields, "id", "bridge"),
            name=text(fields, "name"),
            bridge_type=text(fields, "bridge_type"),
            channel_ids=texts(fields, "channels"),
            creation_time=moment(fields, "creationtime"),
        )


class Playback(Struct, frozen=True, kw_only=True):
    """Sounds that are played to a channel or bridge."""

    id: str
    state: str = ""
    """`queued`, `playing`, `continuing`, `done` or `failed`."""
    media_uri: str = ""
    target_uri: str = ""

    @property
    def failed(self) -> bool:
        """Whether it was cut off by a hang-up, or its last sound could not be played."""
        return self.state == "failed"

    @property
    def target_id(self) -> str:
        """Id of the channel or bridge it is played to."""
        return target_id(self.target_uri)

    @classmethod
    def from_json(cls, value: object) -> Self:
        """Read ARI's Playback. Raises Malformed when it has no id."""
        fields = as_fields(value, "playback")
        return cls(
            id=required_text(fields, "id", "playback"),
            state=text(fields, "state"),
            media_uri=text(fields, "media_uri"),
            target_uri=text(fields, "target_uri"),
        )


class LiveRecording(Struct, frozen=True, kw_only=True):
    """A recording that Asterisk has queued, is making, or has just ended."""

    name: str
    format: str = ""
    state: str = ""
    """`queued`, `recording`, `paused`, `done` or `failed`."""
    target_uri: str = ""
    duration: int = 0
    """Whole seconds, known only at the end."""
    cause: str = ""
    """Why it failed."""

    @property
    def target_id(self) -> str:
        """Id of the channel or bridge that is recorded."""
        return target_id(self.target_uri)

    @classmethod
    def from_json(cls, value: object) -> Self:
        """Read ARI's LiveRecording. Raises Malformed when it has no name."""
        fields = as_fields(value, "recording")
        return cls(
            name=required_text(fields, "name", "recording"),
            format=text(fields, "format"),
            state=text(fields, "state"),
            target_uri=text(fields, "target_uri"),
            duration=whole(fields, "duration"),
            cause=text(fields, "cause"),
        )


class StoredRecording(Struct, frozen=True, kw_only=True):
    """A closed file in Asterisk's recording folder."""

    name: str
    format: str = ""

    @classmethod
    def from_json(cls, value: object) -> Self:
        """Read ARI's StoredRecording. Raises Malformed when it has no name."""
        fields = as_fields(value, "recording")
        return cls(name=required_text(fields, "name", "recording"), format=text(fields, "format"))


class AsteriskInfo(Struct, frozen=True, kw_only=True):
    """Which Asterisk this is."""

    version: str = ""
    entity_id: str = ""
    startup_time: datetime | None = None
    """Another value than before means that Asterisk was restarted: no channel of then is left."""

    @classmethod
    def from_json(cls, value: object) -> Self:
        """Read ARI's AsteriskInfo."""
        fields = as_fields(value, "description of Asterisk")
        system, status = part(fields, "system"), fields.get("status")
        return cls(
            version=text(system, "version"),
            entity_id=text(system, "entity_id"),
            startup_time=moment(as_fields(status, "status"), "startup_time") if status is not None else None,
        )


class Application(Struct, frozen=True, kw_only=True):
    """What a Stasis application is subscribed to."""

    name: str
    channel_ids: tuple[str, ...] = ()
    bridge_ids: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, value: object) -> Self:
        """Read ARI's Application. Raises Malformed when it has no name."""
        fields = as_fields(value, "application")
        return cls(
            name=required_text(fields, "name", "application"),
            channel_ids=texts(fields, "channel_ids"),
            bridge_ids=texts(fields, "bridge_ids"),
        )
