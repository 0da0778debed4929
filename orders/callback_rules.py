"""When residents are called back, how often, and at which number."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from orders.errors import CallbackRefused
from recordings.tables import Case

ADDRESS = re.compile(r"sip:[A-Za-z0-9._~+*#-]+@(\[[0-9A-Fa-f:]+\]|[A-Za-z0-9.-]+)(:\d{1,5})?(;transport=(udp|tcp))?")
"""A SIP address without anything that could mean more than an address."""


@dataclass(frozen=True, slots=True)
class CallbackRules:
    """When residents are called back, and how often."""

    after: timedelta
    """From the end of the work to the call."""
    tries: int
    """Attempts before it is given up."""
    retry_after: timedelta
    """From one attempt to the next."""
    begin: time
    """From when on residents may be called, in their own time."""
    end: time
    """Until when; equal to `begin` means at any hour, earlier than `begin` means over midnight."""
    zone: ZoneInfo

    def allowed(self, moment: datetime) -> datetime:
        """The moment itself, or the end of the quiet hours when it falls into them; in the moment's own zone."""
        local = moment.astimezone(self.zone)
        now = local.time()
        day_wise = self.begin < self.end
        quiet = not self.begin <= now < self.end if day_wise else self.end <= now < self.begin
        if not quiet:
            return moment
        day = local.date() + timedelta(days=1 if day_wise and now >= self.end else 0)
        return datetime.combine(day, self.begin, self.zone).astimezone(moment.tzinfo)


def number_of(case: Case) -> str:
    """The resident's number as it is dialled, digits and perhaps a leading +. Raises CallbackRefused."""
    number = re.sub(r"[\s()-]", "", case.contact or case.call.caller)
    if not re.fullmatch(r"\+?\d{3,20}", number):
        raise CallbackRefused(f"case {case.number} has no telephone number to call; name an address with --to")
    return number


def has_number(case: Case) -> bool:
    """Whether there is a number to call."""
    try:
        return bool(number_of(case))
    except CallbackRefused:
        return False


def check_address(address: str) -> None:
    """Raise CallbackRefused for what is no SIP address."""
    if not ADDRESS.fullmatch(address):
        raise CallbackRefused(f"{address!r} is no SIP address; write it like sip:phone@192.0.2.7:5060")
