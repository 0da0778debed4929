"""Calling residents back, built from the settings."""

from datetime import time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from lianxin.errors import LianxinError
from lianxin.settings import Settings
from orders.callback_rules import CallbackRules

if TYPE_CHECKING:
    from ivr.ari.client import AriClient
    from ivr.ari.router import Router
    from ivr.callbacks.attending import CallbackAttendant
    from ivr.callbacks.ringer import Ringer

TRIAL = "trial"
"""In place of a trunk: only addresses that somebody named are called."""


class NoWayOut(LianxinError):
    """Nobody can be called, for no trunk is set."""

    error_id = "no-way-out"


def rules(settings: Settings) -> CallbackRules:
    """When residents are called back, and how often."""
    wanted = settings.callback
    return CallbackRules(
        after=timedelta(hours=wanted.after),
        tries=wanted.tries,
        retry_after=timedelta(minutes=wanted.retry_after),
        begin=time.fromisoformat(wanted.begin),
        end=time.fromisoformat(wanted.end),
        zone=ZoneInfo(settings.timezone),
    )


def way_out_lacks(settings: Settings, *, to: str = "") -> str:
    """What must be set before a resident can be called, with the mend; empty when nothing is missing.

    `to` is the SIP address that is called in place of the resident's number.
    """
    wanted = settings.callback
    if not wanted.trunk:
        return (
            'callbacks have no way out; set callback.trunk = "<host of your SIP trunk>" and callback.caller_id = '
            '"<your number>", then restart (for a trial: callback.trunk = "trial", and an address with --to)'
        )
    if wanted.trunk == TRIAL:
        return "" if to else 'callback.trunk is "trial": name a SIP address with --to, or set your trunk\'s host'
    if not wanted.caller_id:
        return 'callbacks have no number to show; set callback.caller_id = "<your number>" and restart'
    return ""


def make_ringer(settings: Settings, attendant: "CallbackAttendant", ari: "AriClient", router: "Router") -> "Ringer":
    """What makes the callbacks of this node."""
    from ivr.callbacks.greeting import Greeting
    from ivr.callbacks.outgoing import Outgoing
    from ivr.callbacks.ringer import Ringer

    wanted = settings.callback
    attendant.calls_as(wanted.caller_id, Greeting(longest=wanted.greeting, speech_level=settings.ivr.speech_level))
    outgoing = Outgoing(wanted.trunk, wanted.caller_id, wanted.ring)
    return Ringer(
        ari=ari, router=router, books=attendant.books, attendant=attendant, rules=rules(settings),
        outgoing=None if way_out_lacks(settings, to="any") else outgoing, automatic=wanted.automatic,
        at_once=wanted.at_once,
    )  # fmt: skip
