"""The marked calls of one agent as a file: for the agent, and for whoever sees how all agents do."""

from collections.abc import Iterable

from flask import Response

from recordings.marks_of_agents import MarkedCall
from web.parts import parts
from web.taking_away import hand_out, kind_of

COLUMNS = ("list.time", "list.id", "calibration.scores", "sheet.machine-score", "sheet.fatal", "list.state")


def sheets_file(kind: str, name: str, calls: Iterable[MarkedCall], about: str) -> Response:
    """These calls, newest first, as CSV or XLSX called `name`. Raises FilterUnknown for another kind of file."""
    wanted, text, zone = kind_of(kind), parts().text, parts().zone
    rows = [
        (
            f"{call.started_at.astimezone(zone):%Y-%m-%d %H:%M}",
            call.call_id,
            call.score,
            call.machine,
            text.zh("sheet.fatal") if call.fatal else "",
            text.zh(f"sheet-state.{call.state}"),
        )
        for call in sorted(calls, key=lambda call: (call.started_at, call.call_id), reverse=True)
    ]
    return hand_out(wanted, name, [text.zh(column) for column in COLUMNS], rows, f"{about} as {kind}")
