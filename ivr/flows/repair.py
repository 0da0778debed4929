"""The repair flow: what is said, in the order it is said."""

from ivr.call import Call
from ivr.flows.desk import Desk
from ivr.flows.outcome import Outcome
from ivr.flows.where import DANGER, told, which_district
from ivr.prompts.spoken import Count


async def repair(call: Call, desk: Desk) -> Outcome:
    """Take a fault report: known outage first, then one household or many, then the address in the caller's own words.

    The key 8 tells of danger at every question: the case is urgent and opened at once, whatever follows.
    """
    place = await which_district(call, desk, before=["repair.danger-key"], danger=True)
    danger = place == "danger"
    place = None if isinstance(place, str) else place
    if place and not danger and (outages := await desk.outages_in(place)):
        back = outages[0].expected_back
        await call.tell(told(outages[0], desk.now, desk.local(back) if back else None))
        answer = await call.ask("repair.report-anyway", {"1": "report", "2": "informed", DANGER: "danger"})
        if answer == "informed":
            await call.tell("repair.informed")
            await call.tell("goodbye")
            return Outcome.INFORMED
        danger = answer == "danger"
    extent = "danger" if danger else await call.ask("repair.how-many", {"1": "one", "2": "many", DANGER: "danger"})
    if extent:
        await desk.note(call, "fault-extent", extent=extent)
    report = None
    if extent == "danger":
        report = await desk.open_report(call, place, urgent=True)
        await call.tell("repair.danger", whole=True)
    script = desk.script("repair")
    await call.record_message(script.describe, flow="repair", limit=script.limit)
    number, minutes = report or await desk.open_report(call, place, urgent=False)
    await call.tell("case.number", number=number, whole=True)
    await call.tell("case.repeat", number=number)
    await call.tell(["repair.promise", Count(minutes), "repair.promise-end"])
    await call.tell(script.next)
    await call.tell("goodbye")
    return Outcome.REPORTED
