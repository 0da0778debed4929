"""Residents who ring the hotline of a module: with the keys they press, and the books of their calls."""

from tests.telephony.stage import Stage

NUMBER = "3300000012"
"""The customer that the hotline knows."""


async def dials(hotline: Stage, keys: str):
    """A caller who presses these keys as soon as the notice begins."""
    caller = await hotline.call()
    await caller.begins_to_hear("notice.recording")
    await caller.press(keys)
    return caller


def newest(hotline: Stage):
    """The call that rang last."""
    return hotline.calls()[-1]


async def closed(hotline: Stage):
    """The newest call, once it is over in the books."""
    await hotline.until(lambda: newest(hotline).ended_at, "the call is closed")
    return newest(hotline)
