"""What Asterisk reports, one frozen dataclass an event; names and fields are ARI's own."""

from dataclasses import dataclass
from datetime import datetime

from ivr.ari.model import Channel, LiveRecording, Playback


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened in Asterisk."""

    at: datetime
    """When, by Asterisk's clock, in UTC."""
    subjects: tuple[str, ...] = ()
    """Ids of what it concerns: the channel, the bridge, the playback or recording and the channel it is on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelEvent(Event):
    """Something that happened to a channel."""

    channel: Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class StasisStart(ChannelEvent):
    """A channel came to our application; only from now on may it be commanded."""

    args: tuple[str, ...] = ()
    """What the dialplan, or whoever made the channel, wants us to know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StasisEnd(ChannelEvent):
    """A channel left our application: hung up, or sent back to the dialplan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelDtmfReceived(ChannelEvent):
    """A key was pressed; reported when it is let go."""

    digit: str
    duration_ms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelHangupRequest(ChannelEvent):
    """Somebody wants the channel to end; StasisEnd and ChannelDestroyed follow."""

    cause: int = 0
    """Q.850 cause, 0 when none was given."""
    soft: bool = False
    """Whether the request came from Asterisk's side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelDestroyed(ChannelEvent):
    """The channel is gone: the last event about it."""

    cause: int = 0
    """Q.850 cause, 16 for a normal end, 0 when unknown."""
    cause_txt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelStateChange(ChannelEvent):
    """The channel's state changed, as from `Ring` to `Up`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelTalkingStarted(ChannelEvent):
    """The caller began to speak (needs the variable TALK_DETECT(set))."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelTalkingFinished(ChannelEvent):
    """The caller has been silent for as long as TALK_DETECT was told."""

    duration: int = 0
    """Milliseconds from the first to the last sound."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybackStarted(Event):
    """A prompt began."""

    playback: Playback


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybackFinished(Event):
    """A prompt ended, was stopped, or failed: `playback.failed` tells."""

    playback: Playback


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingStarted(Event):
    """A recording really began; `at` is when its first sample was."""

    recording: LiveRecording


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingFinished(Event):
    """A recording ended, also by a hang-up or by being cancelled: look at the file."""

    recording: LiveRecording


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingFailed(Event):
    """A recording could not begin or go on."""

    recording: LiveRecording
    cause: str = ""
    """Asterisk's reason, in its own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationReplaced(Event):
    """Another controller connected under our name; no event follows on this socket."""

    application: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown(Event):
    """An event that no flow needs yet."""

    type: str
