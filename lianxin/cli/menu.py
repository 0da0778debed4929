"""`lianxin menu`: check a menu file, and show it as a tree."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from ivr.menu_book import MenuBook
    from ivr.prompts.catalogue import Catalogue

app = typer.Typer(help="Which key leads where: check the menu file, show it as a tree.", no_args_is_help=True)

File = Annotated[
    Path | None, typer.Argument(metavar="[FILE]", readable=False, help="A menu file; the one in use when not given.")
]


@app.command("check")
def check_menu(file: File = None) -> None:
    """Check a menu file before callers hear it: names, keys, prompts, hours, and ways that lead nowhere.

    A mistake is named with its line and ends with exit code 2. What is only worth a look is said and ends with 0.

    Example: lianxin menu check new-menu.toml
    """
    from lianxin.menu_notes import menu_notes

    path, book, prompts = _load(file)
    own = len(book.scripts) + len(book.announcements)
    typer.echo(f"{path} is right: {len(book.menus)} menu(s), {own} flows, {len(book.hours)} opening hours.")
    for remark in menu_notes(book, prompts):
        typer.echo(f"worth a look: {remark}")


@app.command("show")
def show_menu(file: File = None) -> None:
    """Show the menus as a tree: keys, what is said, when it is open, where it leads, and what nobody reaches.

    Example: lianxin menu show
    """
    from rich.console import Console

    from lianxin.menu_notes import menu_notes
    from lianxin.menu_picture import picture

    path, book, prompts = _load(file)
    console = Console(highlight=False)
    console.print(str(path), style="bold", markup=False)
    console.print(picture(book, prompts))
    for remark in menu_notes(book, prompts):
        console.print(f"worth a look: {remark}", style="yellow", markup=False)


def _load(file: Path | None) -> "tuple[Path, MenuBook, Catalogue]":
    from ivr.menu import menu_text
    from lianxin.menu_in_use import menu_in_use, read_book
    from lianxin.settings import Settings
    from lianxin.telephony import load_prompts

    settings = Settings()
    prompts = load_prompts(settings)
    path, text = (file, menu_text(file)) if file else menu_in_use(settings)
    return path, read_book(path, text, prompts), prompts
