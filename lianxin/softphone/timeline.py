"""What happened on the phone, as lines that a person reads."""

from pathlib import PurePath

from lianxin.softphone.process import PhoneEvent

PARTIES = {"us": "us", "them": "them", "nobody": "nobody: no reply came"}


def told(event: PhoneEvent) -> str | None:
    """The line for an event, None for one that says nothing to a person."""
    detail = event.detail
    match event.name:
        case "calling":
            what = f"calling {detail['uri']}"
        case "ringing" | "answered":
            what = event.name
        case "pressed":
            what = f"pressed {detail['key']}"
        case "saying":
            what = f"saying {PurePath(detail['file']).name}"
        case "said":
            what = f"said {PurePath(detail['file']).name}"
        case "key":
            what = f"they pressed {detail['key']}"
        case "disconnected":
            what = f"hung up by {PARTIES[detail['by']]}"
        case _:
            return None
    return f"{event.at:7.2f} s  {what}"
