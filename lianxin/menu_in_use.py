"""The menu that callers meet: the file of the settings, or what an admin has put over it in the console."""

from pathlib import Path

from ivr.flows import ANSWERS, FLOWS
from ivr.menu import menu_text, read_menu
from ivr.menu_book import MenuBook
from ivr.prompts.catalogue import Catalogue
from lianxin.compose import in_console
from lianxin.places import CONFIG
from lianxin.settings import Settings
from recordings.amendments import menu_said

OF_CONSOLE = Path("the menu of the console")
"""What errors call a menu that is no file."""


def menu_file(settings: Settings) -> Path:
    """The menu file of the settings, or ours."""
    return settings.ivr.menu.expanduser() if settings.ivr.menu else CONFIG / "menu.toml"


def menu_in_use(settings: Settings) -> tuple[Path, str]:
    """What it is called and what it says. Raises MenuInvalid when the file cannot be read."""
    said = in_console(settings, menu_said)
    return (menu_file(settings), menu_text(menu_file(settings))) if said is None else (OF_CONSOLE, said)


def load_menu_book(settings: Settings, prompts: Catalogue) -> MenuBook:
    """The menu in use, checked. Raises MenuInvalid."""
    return read_book(*menu_in_use(settings), prompts)


def book_of(settings: Settings, prompts: Catalogue, said: str | None) -> MenuBook:
    """What is said in the console, checked; None for the file of the settings. Raises MenuInvalid."""
    file = menu_file(settings)
    return read_book(file, menu_text(file), prompts) if said is None else read_book(OF_CONSOLE, said, prompts)


def read_book(path: Path, text: str, prompts: Catalogue) -> MenuBook:
    """A menu's text, checked; errors call it `path`. Raises MenuInvalid."""
    return read_menu(text, path, FLOWS, prompts.prompts, ANSWERS)
