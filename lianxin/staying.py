"""Keeping the hotline up until somebody wants it stopped."""

import asyncio
import signal
from collections.abc import Callable
from datetime import UTC, datetime

from lianxin.hotline import Hotline
from lianxin.settings import Settings
from recordings.users import make_first_admin


async def stay_up(settings: Settings, say: Callable[[str], None]) -> None:
    """Run the hotline until SIGINT or SIGTERM; the first start also makes the admin and says the one-time password."""
    hotline = Hotline(settings, say=say)
    with hotline.archive.session() as session:
        password = make_first_admin(session, datetime.now(UTC))
    if password:  # said before anything can fail: it is shown this once
        say(f"First start: sign in as admin with the one-time password {password} (to be changed at the first sign-in)")
    starting = asyncio.ensure_future(hotline.start())
    _at_stop(starting)
    try:
        await starting
    except asyncio.CancelledError:
        return
    say(f"The hotline is up. Console: {hotline.console}")
    say("Stop with Ctrl-C.")
    try:
        await until_stopped(hotline)
    finally:
        say("Stopping …")
        await hotline.stop()


async def until_stopped(hotline: Hotline) -> None:
    """Watch over the hotline until SIGINT or SIGTERM."""
    watching = asyncio.ensure_future(hotline.watch())
    _at_stop(watching)
    try:
        await watching
    except asyncio.CancelledError:
        return


def _at_stop(doing: asyncio.Future[None]) -> None:
    """Cancel what is being done at SIGINT or SIGTERM."""
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, doing.cancel)
