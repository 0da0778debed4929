"""What Asterisk reports, one frozen Struct an event (see model.py); names and fields are ARI's own."""

from datetime import datetime

from msgspec import Struct

from ivr.ari.model import Channel, LiveRecording, Playback


class Event(Struct, frozen=True, kw_only=True):
    """Something that happened in Asterisk."""

    at: datetime
    """When, by Asterisk's clock, in UTC."""
    subjects: tuple[str, ...] = ()
    """Ids of what it concerns: the channel, the bridge, the playback or recording and the channel it is on."""


class ChannelEvent(Event, frozen=True, kw_only=True):
    """Something that happened to a channel."""

    channel: Channel


class StasisStart(ChannelEvent, frozen=True, kw_only=True):
    """A channel came to our application; only from now on may it be commanded."""

    args: tuple[str, ...] = ()
    """What the dialplan, or whoever made the channel, wants us to know."""


class StasisEnd(ChannelEvent, frozen=True, kw_only=True):
    """A channel left our application: hung up, or sent back to the dialplan."""


class ChannelDtmfReceived(ChannelEvent, frozen=True, kw_only=True):
    """A key was pressed; reported when it is let go."""

    digit: str
    duration_ms: int = 0


class ChannelHangupRequest(ChannelEvent, frozen=True, kw_only=True):
    """Somebody wants the channel to end; StasisEnd and ChannelDestroyed follow."""

    cause: int = 0
    """Q.850 cause, 0 when none was given."""
    soft: bool = False
    """Whether the request came from Asterisk's side."""


class ChannelDestroyed(ChannelEvent, frozen=True, kw_only=True):
    """The channel is gone: the last event about it."""

    cause: int = 0
    """Q.850 cause, 16 for a normal end, 0 when unknown."""
    cause_txt: str = ""


class ChannelStateChange(ChannelEvent, frozen=True, kw_only=True):
    """The channel's state changed, as from `Ring` to `Up`."""


class ChannelTalkingStarted(ChannelEvent, frozen=True, kw_only=True):
    """The caller began to speak (needs the variable TALK_DETECT(set))."""


class ChannelTalkingFinished(ChannelEvent, frozen=True, kw_only=True):
    """The caller has been silent for as long as TALK_DETECT was told."""

    duration: int = 0
    """Milliseconds from the first to the last sound."""


class PlaybackStarted(Event, frozen=True, kw_only=True):
    """A prompt began."""

    playback: Playback


class PlaybackFinished(Event, frozen=True, kw_only=True):
    """A prompt ended, was stopped, or failed: `playback.failed` tells."""

    playback: Playback


class RecordingStarted(Event, frozen=True, kw_only=True):
    """A recording really began; `at` is when its first sample was."""

    recording: LiveRecording


class RecordingFinished(Event, frozen=True, kw_only=True):
    """A recording ended, also by a hang-up or by being cancelled: look at the file."""

    recording: LiveRecording


class RecordingFailed(Event, frozen=True, kw_only=True):
    """A recording could not begin or go on."""

    recording: LiveRecording
    cause: str = ""
    """Asterisk's reason, in its own words."""


class ApplicationReplaced(Event, frozen=True, kw_only=True):
    """Another controller connected under our name; no event follows on this socket."""

    application: str = ""


class Unknown(Event, frozen=True, kw_only=True):
    """An event that no flow needs yet."""

    type: str
