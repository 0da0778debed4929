"""The menu as it is drawn, in the terminal and in the console: what each key does, and what is said there."""

from ivr.menu_book import MenuBook
from ivr.menu_tree import Branch, tree
from ivr.prompts.catalogue import Catalogue
from web.system.insight import MenuPlace


def drawn(book: MenuBook, prompts: Catalogue) -> MenuPlace:
    """The whole book from its first menu on."""
    return _place(tree(book), book, prompts, outside=False)


def _place(branch: Branch, book: MenuBook, prompts: Catalogue, *, outside: bool) -> MenuPlace:
    gate = branch.gate if branch.gate and not branch.seen else None
    script = book.scripts.get(branch.name)
    return MenuPlace(
        key=branch.key,
        name=branch.name,
        kind=_kind(branch, book),
        said=_said(branch, book, prompts),
        limit=script.limit if script else 0.0,
        then=prompts.text(script.next) if script and not branch.seen else "",
        hours=f"{gate.hours.name} ({gate.hours})" if gate else "",
        when_closed=prompts.text(gate.prompt) if gate and gate.prompt else "",
        outside=outside,
        branches=tuple(_place(each, book, prompts, outside=not each.key) for each in branch.branches),
    )


def _kind(branch: Branch, book: MenuBook) -> str:
    if branch.seen:
        return "loop" if branch.around else "elsewhere"
    if branch.name in book.menus:
        return "menu"
    if branch.name in book.announcements:
        return "information-back" if book.announcements[branch.name].then == "back" else "information-end"
    if branch.name in book.scripts:
        return "message"
    return "answer" if branch.name in book.answers else branch.name


def _said(branch: Branch, book: MenuBook, prompts: Catalogue) -> str:
    if branch.seen:
        return ""
    for told in (book.menus, book.announcements):
        if branch.name in told:
            return prompts.text(told[branch.name].prompt)
    return prompts.text(book.scripts[branch.name].describe) if branch.name in book.scripts else ""
