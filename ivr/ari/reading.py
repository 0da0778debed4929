"""From the JSON of an event to its dataclass."""

from datetime import datetime

from ivr.ari import events as ev
from ivr.ari.fields import Fields, as_fields, moment, part, required_text, target_id, text, texts, whole
from ivr.ari.model import Channel, LiveRecording, Playback


def read_event(value: object, received: datetime) -> ev.Event:
    """Read one event of the stream.

    `received` stands in for a time stamp that is missing or unreadable. A type we do not know becomes Unknown. Raises
    Malformed when there is no type, or when what the event is about is missing.
    """
    fields = as_fields(value, "event")
    kind = required_text(fields, "type", "event")
    at, ids = moment(fields, "timestamp") or received, subjects_of(fields)
    if kind.startswith("Playback"):
        return _of_playback(kind, fields, at, ids)
    if kind.startswith("Recording"):
        return _of_recording(kind, fields, at, ids)
    if kind == "ApplicationReplaced":
        return ev.ApplicationReplaced(at=at, subjects=ids, application=text(fields, "application"))
    return _of_channel(kind, fields, at, ids)


def subjects_of(fields: Fields) -> tuple[str, ...]:
    """Ids of everything that an event is about, each once, the most particular first."""
    found = [text(part(fields, thing), "id") for thing in _THINGS if thing in fields]
    for thing, name in _SOUNDS:
        if thing in fields:
            sound = part(fields, thing)
            found[:0] = (text(sound, name), target_id(text(sound, "target_uri")))
    if len(found) == 1:  # as in most events
        return tuple(found) if found[0] else ()
    return tuple(dict.fromkeys(subject for subject in found if subject))


_THINGS = ("channel", "bridge", "peer")
_SOUNDS = (("playback", "id"), ("recording", "name"))


def _of_channel(kind: str, fields: Fields, at: datetime, ids: tuple[str, ...]) -> ev.Event:
    match kind:
        case "StasisStart":
            return ev.StasisStart(at=at, subjects=ids, channel=_channel(fields), args=texts(fields, "args"))
        case "StasisEnd":
            return ev.StasisEnd(at=at, subjects=ids, channel=_channel(fields))
        case "ChannelDtmfReceived":
            digit, length = required_text(fields, "digit", "pressed key"), whole(fields, "duration_ms")
            return ev.ChannelDtmfReceived(
                at=at, subjects=ids, channel=_channel(fields), digit=digit, duration_ms=length
            )
        case "ChannelStateChange":
            return ev.ChannelStateChange(at=at, subjects=ids, channel=_channel(fields))
        case "ChannelTalkingStarted":
            return ev.ChannelTalkingStarted(at=at, subjects=ids, channel=_channel(fields))
        case "ChannelTalkingFinished":
            length = whole(fields, "duration")
            return ev.ChannelTalkingFinished(at=at, subjects=ids, channel=_channel(fields), duration=length)
        case "ChannelHangupRequest":
            cause, soft = whole(fields, "cause"), fields.get("soft") is True
            return ev.ChannelHangupRequest(at=at, subjects=ids, channel=_channel(fields), cause=cause, soft=soft)
        case "ChannelDestroyed":
            cause, words = whole(fields, "cause"), text(fields, "cause_txt")
            return ev.ChannelDestroyed(at=at, subjects=ids, channel=_channel(fields), cause=cause, cause_txt=words)
    return ev.Unknown(at=at, subjects=ids, type=kind)


def _channel(fields: Fields) -> Channel:
    return Channel.from_json(fields.get("channel"))


def _of_playback(kind: str, fields: Fields, at: datetime, ids: tuple[str, ...]) -> ev.Event:
    match kind:
        case "PlaybackStarted":
            return ev.PlaybackStarted(at=at, subjects=ids, playback=Playback.from_json(fields.get("playback")))
        case "PlaybackFinished":
            return ev.PlaybackFinished(at=at, subjects=ids, playback=Playback.from_json(fields.get("playback")))
    return ev.Unknown(at=at, subjects=ids, type=kind)


def _of_recording(kind: str, fields: Fields, at: datetime, ids: tuple[str, ...]) -> ev.Event:
    match kind:
        case "RecordingStarted":
            return ev.RecordingStarted(at=at, subjects=ids, recording=LiveRecording.from_json(fields.get("recording")))
        case "RecordingFinished":
            return ev.RecordingFinished(at=at, subjects=ids, recording=LiveRecording.from_json(fields.get("recording")))
        case "RecordingFailed":
            recording = LiveRecording.from_json(fields.get("recording"))
            return ev.RecordingFailed(at=at, subjects=ids, recording=recording, cause=recording.cause)
    return ev.Unknown(at=at, subjects=ids, type=kind)
