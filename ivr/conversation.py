"""A call from the notice to the goodbye: menus, and the flows behind their keys."""

from ivr.books import Books
from ivr.call import Call
from ivr.errors import AsksForPerson, GoesBack
from ivr.flows import FLOWS
from ivr.flows.desk import Desk
from ivr.flows.information import information
from ivr.flows.message import message
from ivr.flows.outcome import Outcome
from ivr.menu_book import Menu, MenuBook
from ivr.opening import Opening
from ivr.prompts.language import Language

ENGLISH_CHOSEN = "english-chosen"
"""The event after which the caller hears English."""


async def converse(call: Call, book: MenuBook, desk: Desk, books: Books, opening: Opening, goal: str = "") -> Outcome:
    """Lead the caller through the menus to a flow, and through the flow. Raises HungUp when they leave.

    They begin at `goal`, or at the first menu.
    A caller who asks for a person in the middle of it gets the way to a person, however often.
    """
    trail: list[str] = []
    goal = goal or book.first
    while True:
        try:
            goal = await _let_in(goal, call, book, books, opening)
            if goal != "back" and goal not in book.menus:
                await books.enter(call.id, goal)
                return await _through(goal, call, book, desk)
        except AsksForPerson:
            goal = "person"
            continue
        except GoesBack:
            pass
        else:
            if goal == "back":
                trail = trail[:-1] or trail
            else:
                trail.append(goal)
                await books.enter(call.id, goal)
        goal = await _choose(call, book.menus[trail[-1]], books) if trail else book.first


async def _let_in(goal: str, call: Call, book: MenuBook, books: Books, opening: Opening) -> str:
    """Where the caller goes who wants to go there: somewhere else while that is closed."""
    while (gate := opening.closed(book, goal)) is not None:
        await books.log(call.id, "was-closed", flow=goal)
        if gate.prompt:
            await call.tell(gate.prompt)
        goal = gate.outside
    return goal


async def speak_english(call: Call, books: Books) -> None:
    """From here on the caller hears English; first the notice, which they did not understand."""
    if call.language is not Language.ENGLISH:
        call.language = Language.ENGLISH
        await books.log(call.id, ENGLISH_CHOSEN)
        await call.say("notice.recording")


async def _choose(call: Call, menu: Menu, books: Books) -> str:
    """Read a menu until a key leads somewhere; who presses nothing right is led to a person."""
    while (choice := await call.choose(menu.prompt, menu.keys)) in ("again", "english"):
        if choice == "english":
            await speak_english(call, books)
    if choice is None:
        await call.say("menu.to-voicemail")
        return "person"
    return choice


async def _through(flow: str, call: Call, book: MenuBook, desk: Desk) -> Outcome:
    """Run a flow of ours, or a branch that the menu file adds."""
    if flow in book.announcements:
        return await information(call, book.announcements[flow])
    if flow in FLOWS:
        return await FLOWS[flow](call, desk)
    return await message(call, desk, flow)
