"""A call from the notice to the goodbye: menus, and the flows behind their keys."""

from ivr.books import Books
from ivr.call import Call
from ivr.errors import AsksForPerson, GoesBack
from ivr.flows import FLOWS
from ivr.flows.desk import Desk
from ivr.flows.outcome import Outcome
from ivr.menu import MenuBook


async def converse(call: Call, book: MenuBook, desk: Desk, books: Books) -> Outcome:
    """Lead the caller through the menus to a flow, and through the flow. Raises HungUp when they leave."""
    trail = [book.first]
    await books.enter(call.id, book.first)
    while True:
        menu = book.menus[trail[-1]]
        choice = await call.choose(menu.prompt, menu.keys)
        if choice is None:
            await call.say("menu.to-voicemail")
            choice = "person"
        if choice in book.menus:
            trail.append(choice)
            await books.enter(call.id, choice)
        elif choice == "back":
            trail = trail[:-1] or trail
        elif choice != "again":
            try:
                return await _through(choice, call, desk, books)
            except GoesBack:
                continue


async def _through(flow: str, call: Call, desk: Desk, books: Books) -> Outcome:
    """Run a flow; a caller who asks for a person in the middle of it gets the way to a person, however often."""
    while True:
        await books.enter(call.id, flow)
        try:
            return await FLOWS[flow](call, desk)
        except AsksForPerson:
            flow = "person"
