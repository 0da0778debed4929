"""The controller of one telephony node, built from the settings."""

import asyncio
import signal
from typing import Any
from zoneinfo import ZoneInfo

from ivr.agents.phone import Phones
from ivr.agents.switchboard import Switchboard
from ivr.ari.client import AriClient
from ivr.ari.router import Router
from ivr.attending import Attendant
from ivr.books import Books
from ivr.callbacks.attending import CallbackAttendant
from ivr.controller import Controller
from ivr.fallback import FallbackTray
from ivr.menu_book import MenuBook
from ivr.opening import Opening
from ivr.prompts.catalogue import SHIPPED, Catalogue
from ivr.prompts.checking import check_audio
from ivr.prompts.language import Language
from ivr.settling import Settler
from ivr.sounds import Sounds
from ivr.timing import Timing
from lianxin.asterisk.layout import Layout
from lianxin.asterisk.secrets import kept_secret
from lianxin.calling_back import make_ringer
from lianxin.compose import make_celery, open_archive, var_of
from lianxin.desk import make_desk
from lianxin.menu_in_use import book_of
from lianxin.menu_watch import MenuWatch
from lianxin.settings import Settings
from worker.app import announce

APP = "lianxin"
"""Name of our Stasis application, as the dialplan calls it."""


def load_prompts(settings: Settings) -> Catalogue:
    """The shipped prompts, with the utility's own recordings before them; each can be played.

    Raises CatalogueInvalid, OwnFolderMissing, PromptMissing and PromptUnplayable.
    """
    own = settings.ivr.prompts
    prompts = Catalogue.load(SHIPPED, own.expanduser() if own else None)
    check_audio(prompts)
    return prompts


def load_english(settings: Settings) -> Catalogue:
    """The shipped English prompts, with the utility's own before them; what has no audio is said in Mandarin.

    Raises CatalogueInvalid and PromptUnplayable.
    """
    own = Language.ENGLISH.within(settings.ivr.prompts.expanduser() if settings.ivr.prompts else None)
    prompts = Catalogue.load(Language.ENGLISH.shipped, own)
    check_audio(prompts, missing_too=False)
    return prompts


def timing(settings: Settings) -> Timing:
    """How long callers are waited for."""
    return Timing(
        key_wait=settings.ivr.key_wait,
        silence=settings.ivr.message_silence,
        patience=settings.ivr.message_patience,
        notice_in_full=settings.ivr.notice_in_full,
        speech_level=settings.ivr.speech_level,
        key_gap=settings.ivr.key_gap,
        number_wait=settings.ivr.number_wait,
    )


def make_controller(
    settings: Settings, ari: AriClient, books: Books, settler: Settler, waits: Timing
) -> tuple[Controller, MenuWatch]:
    """All that leads a call, put together: prompts, menu, flows, books; and who lets it have another menu.

    Raises what loading prompts and the menu file raises.
    """
    prompts = load_prompts(settings)
    menu = book_of(settings, prompts, None)
    router = Router()
    phones = Phones(ari, router, books, settler, ring=settings.agents.ring, wrap_up=settings.agents.wrap_up)
    switchboard = Switchboard(ari, books, phones)
    desk = make_desk(settings, books, menu.scripts, switchboard)
    shared: dict[str, Any] = {
        "ari": ari, "router": router, "books": books, "sounds": Sounds(prompts, load_english(settings)),
        "timing": waits, "settler": settler,
        "opening": Opening(books.clock, ZoneInfo(settings.timezone)), "switchboard": switchboard,
    }  # fmt: skip
    ringer = make_ringer(settings, CallbackAttendant(**shared, menu=menu, desk=desk), ari, router)
    tray = FallbackTray(Layout(var_of(settings)).fallback, books, settler)
    attendant = Attendant(**shared, menu=menu, desk=desk)
    controller = Controller(
        ari=ari, books=books, attendant=attendant, settler=settler, tray=tray, router=router, ringer=ringer
    )

    def take(other: MenuBook) -> None:
        controller.attendant = Attendant(**shared, menu=other, desk=desk.with_scripts(other.scripts))

    return controller, MenuWatch(books, lambda said: book_of(settings, prompts, said), take)


async def run_controller(settings: Settings) -> None:
    """Serve this node's calls until told to stop (SIGTERM, SIGINT); calls that are up stay up."""
    layout = Layout(var_of(settings))
    celery = make_celery(settings)
    books = Books(open_archive(settings), settings.ivr.node)
    settler = Settler(books, layout.recordings, lambda recording_id: announce(celery, recording_id))
    address = f"http://127.0.0.1:{settings.asterisk.http_port}"
    async with AriClient(address, APP, kept_secret(layout.secrets, "ari"), APP, secrets=str(layout.secrets)) as ari:
        controller, menu_watch = make_controller(settings, ari, books, settler, timing(settings))
        await menu_watch.look()  # before the first call
        watching = asyncio.ensure_future(menu_watch.run())
        serving = asyncio.ensure_future(controller.run())
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, serving.cancel)
        try:
            await serving
        except asyncio.CancelledError:
            return
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)
            books.close()
