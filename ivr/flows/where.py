"""Where a caller lives: recognised by the telephone, or asked by a key; and what is said of an outage there."""

from collections.abc import Sequence
from datetime import datetime

from ivr.call import Call
from ivr.flows.desk import Desk
from ivr.prompts.pieces import districts
from ivr.prompts.spoken import Moment, Spoken
from orders.districts import Place
from orders.outages import Cause, Known

DANGER = "8"
"""The key that tells of danger wherever the repair flow asks something."""
CAUSES = {
    Cause.FAULT: "outage.fault",
    Cause.PLANNED: "outage.planned",
    Cause.WEATHER: "outage.weather",
    Cause.OTHER: "outage.other",
}


async def which_district(
    call: Call, desk: Desk, *, before: Sequence[str] = (), danger: bool = False
) -> Place | str | None:
    """The district of a known telephone, or the one chosen by key; 'danger' for that key, None when nobody knows."""
    if place := await desk.district_of(call):
        return place
    places = {place.key: place for place in await desk.districts()}
    keys = {key: key for key in places} | ({DANGER: "danger"} if danger else {})
    if not keys:
        return None
    named = ["district.which", *districts(places)] if places else []
    chosen = await call.ask([*before, *named], keys)
    return places.get(chosen or "", "danger" if chosen == "danger" else None)


def told(outage: Known, now: datetime, back: datetime | None) -> list[str | Spoken]:
    """The prompts that tell of an outage: that it is, why, and when power is expected. Times on the utility's clock."""
    ids: list[str | Spoken] = ["outage.known-part" if outage.partly else "outage.known", CAUSES[outage.cause]]
    if back is None or back <= now:
        return [*ids, "outage.back-unknown"]
    return [*ids, "outage.back", Moment(back, now), "outage.back-end"]
