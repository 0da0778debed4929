"""The menu tree as a picture for the terminal."""

from rich.text import Text
from rich.tree import Tree

from ivr.menu_book import MenuBook
from ivr.menu_tree import Branch, tree
from ivr.prompts.catalogue import Catalogue

SAID = 30
"""Characters of a prompt that are shown."""
TURNS = {
    "again": "hear this menu once more",
    "back": "to the menu before",
    "english": "the menu again, in English",
}
"""What keys do that lead to no other place."""


def picture(book: MenuBook, prompts: Catalogue) -> Tree:
    """The whole book, from the recording notice on."""
    root = Tree(_line("", "", "recording notice", _said("notice.recording", prompts)))
    _hang(root, tree(book), book, prompts)
    return root


def _hang(parent: Tree, branch: Branch, book: MenuBook, prompts: Catalogue, *, outside: bool = False) -> None:
    lead = "closed" if outside else branch.key
    node = parent.add(_line(lead, branch.name, _kind(branch, book), _spoken(branch, book, prompts)))
    if branch.gate and not branch.seen:
        node.add(Text(f"open: {branch.gate.hours.name} ({branch.gate.hours})", style="green"))
        if branch.gate.prompt:
            node.add(Text(f"when closed: {_said(branch.gate.prompt, prompts)}", style="yellow"))
    for each in branch.branches:
        _hang(node, each, book, prompts, outside=not each.key)


def _kind(branch: Branch, book: MenuBook) -> str:
    if branch.around:
        return "menu, a loop: it leads round to above"
    if branch.seen:
        return "menu, drawn elsewhere in this tree"
    if branch.name in book.menus:
        return "menu"
    if branch.name in book.announcements:
        then = book.announcements[branch.name].then
        return f"information, then {'the menu again' if then == 'back' else 'goodbye'}"
    if branch.name in book.scripts:
        return f"flow, message up to {book.scripts[branch.name].limit:g} s"
    if branch.name in book.answers:
        return "flow, looks it up and answers"
    return TURNS[branch.name]


def _spoken(branch: Branch, book: MenuBook, prompts: Catalogue) -> str:
    if branch.seen:
        return ""
    if branch.name in book.menus:
        return _said(book.menus[branch.name].prompt, prompts)
    if branch.name in book.announcements:
        return _said(book.announcements[branch.name].prompt, prompts)
    if branch.name in book.scripts:
        script = book.scripts[branch.name]
        return f"{_said(script.describe, prompts)} … {_said(script.next, prompts)}"
    return ""


def _said(prompt_id: str, prompts: Catalogue) -> str:
    text = prompts.text(prompt_id)
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
