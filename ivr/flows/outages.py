"""Outage notices: what is off now, and what will be."""

from ivr.call import Call
from ivr.flows.desk import Desk
from ivr.flows.outcome import Outcome
from ivr.flows.where import told, which_district
from ivr.prompts.spoken import Moment, Spoken
from orders.districts import Place

MOST = 3
"""So many notices of a kind are read; nobody remembers more."""


async def outages(call: Call, desk: Desk) -> Outcome:
    """Tell what is known of outages where the caller lives, as often as they like."""
    place = await which_district(call, desk)
    while True:
        await call.tell(await _notices(desk, place) if isinstance(place, Place) else "outage.none")
        if await call.ask("outage.after", {"9": "again", "#": "done"}) != "again":
            await call.tell("goodbye")
            return Outcome.INFORMED


async def _notices(desk: Desk, place: Place) -> list[str | Spoken]:
    ids: list[str | Spoken] = []
    for outage in (await desk.outages_in(place))[:MOST]:
        ids += told(outage, desk.now, desk.local(outage.expected_back) if outage.expected_back else None)
    for outage in (await desk.outages_ahead(place))[:MOST]:
        ids += ["outage.ahead", Moment(desk.local(outage.since), desk.now)]
        if outage.expected_back:
            ids += ["outage.until", Moment(desk.local(outage.expected_back), desk.now)]
    return ids or ["outage.none"]
