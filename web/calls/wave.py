"""The outline of a call's sound for drawing it: a lane for each side, on one clock."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint

from recordings.outline import STEP, keep_outline, measured
from recordings.tables import Loudness
from web.calls.talk import Part, length_of, parts_of_call
from web.errors import AudioMissing
from web.parts import parts

desk = Blueprint("waves", __name__)

SIDES = ("caller", "agent")
"""The lanes, from above."""
MOST = 4000
"""Values of a lane; a wide window has half as many points."""


@desk.get("/calls/<call_id>/wave.json", endpoint="call")
def wave(call_id: str) -> dict[str, Any]:
    """{"seconds", "lanes": [{"side", "levels"}]} of a call: levels of 0 to 255, evenly spread over its length.

    What no worker has measured is measured now, once. 404 for a call without sound.
    """
    archive = parts().archive
    with archive.reading() as s:
        found = parts_of_call(s, call_id)
        known = {part.id: row.levels for part in found if (row := s.get(Loudness, part.id))}
    if not found:
        raise AudioMissing(call_id)
    for part in found:
        if part.id not in known:
            known[part.id] = measured(archive.store, part.key)
            with archive.session() as s:
                keep_outline(s, part.id, known[part.id])
    return {"seconds": length_of(found), "lanes": lanes(found, known)}


def lanes(found: Sequence[Part], known: Mapping[str, bytes]) -> list[dict[str, Any]]:
    """The lane of each side that was recorded, whose recordings follow each other."""
    values = max(1, -(-round(length_of(found) * 1000) // round(STEP * 1000)))
    drawn = []
    for side in SIDES:
        own = [part for part in found if part.side == side]
        if not own:
            continue
        lane = bytearray(values)
        for part in own:
            begin = round(part.begins / STEP)
            for at, level in enumerate(known[part.id][: max(0, values - begin)], start=begin):
                lane[at] = max(lane[at], level)
        drawn.append({"side": side, "levels": _thinned(lane)})
    return drawn


def _thinned(lane: Sequence[int]) -> list[int]:
    """At most MOST values, the loudest of their neighbours."""
    each = -(-len(lane) // MOST)
    return [max(lane[at : at + each]) for at in range(0, len(lane), each)]
