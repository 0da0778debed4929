"""The menu tree as a picture for the terminal."""

from rich.text import Text
from rich.tree import Tree

from ivr.menu_book import MenuBook
from ivr.prompts.catalogue import Catalogue
from lianxin.menu_drawing import drawn
from web.system.insight import MenuPlace

SAID = 30
"""Characters of a prompt that are shown."""
KINDS = {
    "menu": "menu",
    "loop": "menu, a loop: it leads round to above",
    "elsewhere": "menu, drawn elsewhere in this tree",
    "information-back": "information, then the menu again",
    "information-end": "information, then goodbye",
    "message": "flow, message up to {limit:g} s",
    "answer": "flow, looks it up and answers",
    "again": "hear this menu once more",
    "back": "to the menu before",
    "english": "the menu again, in English",
}


def picture(book: MenuBook, prompts: Catalogue) -> Tree:
    """The whole book, from the recording notice on."""
    root = Tree(_line("", "", "recording notice", _said(prompts.text("notice.recording"))))
    _hang(root, drawn(book, prompts))
    return root


def _hang(parent: Tree, place: MenuPlace) -> None:
    lead = "closed" if place.outside else place.key
    said = f"{_said(place.said)} … {_said(place.then)}" if place.then else _said(place.said)
    node = parent.add(_line(lead, place.name, KINDS[place.kind].format(limit=place.limit), said))
    if place.hours:
        node.add(Text(f"open: {place.hours}", style="green"))
    if place.when_closed:
        node.add(Text(f"when closed: {_said(place.when_closed)}", style="yellow"))
    for each in place.branches:
        _hang(node, each)


def _said(text: str) -> str:
    if not text:
        return ""
    return f"“{text if len(text) <= SAID else text[: SAID - 1] + '…'}”"


def _line(key: str, name: str, kind: str, said: str) -> Text:
    line = Text()
    if key:
        line.append(f"{key}  ", style="bold cyan")
    if name:
        line.append(f"{name}  ", style="bold")
    line.append(kind, style="dim")
    if said:
        line.append(f"  {said}")
    return line
