"""What flows ask of the house behind the telephone."""

from collections.abc import Mapping, Sequence
from copy import copy
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from ivr.accounts import Accounts
from ivr.agents.switchboard import Switchboard
from ivr.agents.talk import Left
from ivr.books import Books
from ivr.call import Call
from ivr.menu_book import Script
from ivr.number_ear import NumberEar
from orders.cases import Standing, newest_of, open_described, standing
from orders.commitments import Area, Commitments, Promised
from orders.customers import Account, district_of_phone, plain_phone
from orders.districts import Place, all_districts
from orders.outages import Known, announced_outages, current_outages, known_of
from recordings import agents

RECENT = timedelta(days=30)
"""A case that a caller is recognised by is no older."""
ANNOUNCED = timedelta(days=7)
"""Planned work is announced so long ahead, as the commitments have it."""


class Caller(Protocol):
    """Whoever is on the line."""

    @property
    def id(self) -> str:
        """The call's id."""
        ...

    @property
    def caller(self) -> str:
        """The caller's number, empty when withheld."""
        ...


class Desk:
    """The desk that a flow turns to: scripts, cases, outages, bills."""

    def __init__(
        self,
        books: Books,
        scripts: Mapping[str, Script],
        switchboard: Switchboard,
        *,
        accounts: Accounts,
        ear: NumberEar,
        commitments: Commitments,
        zone: ZoneInfo,
        usual_area: Area,
        number_length: int,
    ) -> None:
        self._books = books
        self._scripts = scripts
        self._switchboard = switchboard
        self._accounts = accounts
        self.ear = ear
        """Who hears numbers that callers say."""
        self._commitments = commitments
        self._zone = zone
        self._usual_area = usual_area
        self.number_length = number_length
        """Digits of a customer number."""

    def with_scripts(self, scripts: Mapping[str, Script]) -> "Desk":
        """The same desk under another menu."""
        other = copy(self)
        other._scripts = scripts
        return other

    def script(self, flow: str) -> Script:
        """What the menu file has this flow say."""
        return self._scripts[flow]

    def local(self, moment: datetime) -> datetime:
        """A moment as the utility's clocks show it."""
        return moment.astimezone(self._zone)

    @property
    def now(self) -> datetime:
        """The present moment as the utility's clocks show it."""
        return self.local(self._books.clock())

    async def open_case(self, caller: Caller, flow: str, *, customer_number: str = "") -> int:
        """Open a case for this call and give its number."""
        return await self._open(caller, flow, customer_number=customer_number)

    async def open_report(self, caller: Caller, place: Place | None, *, urgent: bool) -> tuple[int, int]:
        """Open a case for a fault; its number, and in how many minutes a crew is promised there."""
        area = place.area if place else self._usual_area
        by = self._commitments.arrival_by(area, self._books.clock())
        number = await self._open(caller, "repair", place=place, urgent=urgent, promised=Promised.ARRIVAL, by=by)
        return number, self._commitments.arrival[area] // timedelta(minutes=1)

    async def open_complaint(self, caller: Caller) -> tuple[int, datetime]:
        """Open a case for a complaint; its number, and by when a call back is promised, on the utility's clock."""
        by = self._commitments.contact_by(self._books.clock())
        return await self._open(caller, "complaint", promised=Promised.CONTACT, by=by), self.local(by)

    async def _open(
        self,
        caller: Caller,
        flow: str,
        *,
        place: Place | None = None,
        customer_number: str = "",
        urgent: bool = False,
        promised: Promised | None = None,
        by: datetime | None = None,
    ) -> int:
        return await self._books.write(
            open_described,
            call_id=caller.id,
            flow=flow,
            at=self._books.clock(),
            contact=plain_phone(caller.caller),
            district=place.key if place else "",
            customer_number=customer_number,
            urgent=urgent,
            promised=promised,
            promised_at=by,
        )

    async def note(self, caller: Caller, kind: str, **detail: str) -> None:
        """Add to the call's timeline what the caller told by keys."""
        await self._books.log(caller.id, kind, **detail)

    async def districts(self) -> Sequence[Place]:
        """All districts, by key."""
        return await self._books.read(all_districts)

    async def district_of(self, caller: Caller) -> Place | None:
        """Where a caller's accounts are, when the telephone is known and they are all in one district."""
        key = await self._books.read(district_of_phone, caller.caller)
        return next((place for place in await self.districts() if place.key == key), None)

    async def outages_in(self, place: Place) -> Sequence[Known]:
        """What is known to be off there now, the longest first."""
        return await self._books.read(known_of, current_outages, place.key, self._books.clock())

    async def outages_ahead(self, place: Place) -> Sequence[Known]:
        """Planned work there in the days to come, soonest first."""
        now = self._books.clock()
        return await self._books.read(known_of, announced_outages, place.key, now, now + ANNOUNCED)

    async def account(self, number: str) -> Account | None:
        """What the bill of a customer number says; None for an unknown number. Raises AccountsAway."""
        return await self._accounts.find(number)

    async def case(self, number: int) -> Standing | None:
        """How far a case has come; None when there is none of that number."""
        return await self._books.read(standing, number)

    async def case_of(self, caller: Caller) -> Standing | None:
        """The newest case of a caller's telephone, open ones first."""
        return await self._books.read(newest_of, plain_phone(caller.caller), self._books.clock() - RECENT)

    async def agents_on_duty(self) -> bool:
        """Whether anybody answers calls now."""
        return await self._switchboard.on_duty()

    async def put_through(self, call: Call) -> Left | None:
        """Let the caller talk to an agent; who left first, None when they talked to nobody."""
        return await self._switchboard.put_through(call)

    async def keep_score(self, caller: Caller, score: int) -> None:
        """Keep how satisfied the caller is; 3 opens a case that somebody follows up."""
        await self._books.write(agents.surveyed, caller.id, score, self._books.clock())
