"""A branch of the menu file's own that only says something."""

from ivr.call import Call
from ivr.errors import GoesBack
from ivr.flows.outcome import Outcome
from ivr.menu_book import Announcement


async def information(call: Call, announcement: Announcement) -> Outcome:
    """Say what there is to know, then lead back to the menu (GoesBack), or say goodbye."""
    await call.tell(announcement.prompt)
    if announcement.then == "back":
        raise GoesBack
    await call.tell("goodbye")
    return Outcome.INFORMED
