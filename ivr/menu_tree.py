"""The menus as a tree: where each key leads, and what no caller can reach or nobody can leave."""

from collections.abc import Iterator
from dataclasses import dataclass

from ivr.menu_book import Gate, MenuBook


@dataclass(frozen=True, slots=True)
class Branch:
    """Where a key leads, and what comes after that."""

    key: str
    """Empty for the first menu, and for where callers go outside the hours."""
    name: str
    """A menu, a flow, 'again', 'back' or 'english'."""
    gate: Gate | None
    branches: tuple["Branch", ...]
    seen: bool = False
    """A menu that is drawn elsewhere already: with its keys not drawn again."""
    around: bool = False
    """It leads back to a menu that the caller came through: a loop."""


def tree(book: MenuBook) -> Branch:
    """The whole book from its first menu on. A menu that is reached in several ways is drawn whole once."""
    return _branch("", book.first, book, (), set())


def _branch(key: str, name: str, book: MenuBook, trail: tuple[str, ...], drawn: set[str]) -> Branch:
    gate = book.gate(name)
    if name in trail or name in drawn:
        return Branch(key, name, gate, (), seen=True, around=name in trail)
    if name not in book.names:
        return Branch(key, name, None, ())
    if name in book.menus:
        drawn.add(name)
    here = (*trail, name)
    outside = [_branch("", gate.outside, book, here, drawn)] if gate else []
    keys = sorted(book.menus[name].keys.items(), key=_as_on_the_keypad) if name in book.menus else []
    branches = [_branch(each, target, book, here, drawn) for each, target in keys]
    return Branch(key, name, gate, (*outside, *branches))


def _as_on_the_keypad(entry: tuple[str, str]) -> int:
    return "1234567890*#".index(entry[0])


def reached(book: MenuBook) -> frozenset[str]:
    """Everything that a caller can come to: from the first menu, by keys or outside the hours; and the person."""
    found: set[str] = set()
    waiting = [book.first, "person"]
    while waiting:
        name = waiting.pop()
        if name in found or name not in book.names:
            continue
        found.add(name)
        gate = book.gate(name)
        waiting += [*(book.menus[name].keys.values() if name in book.menus else ()), *([gate.outside] if gate else ())]
    return frozenset(found)


def remarks(book: MenuBook) -> Iterator[str]:
    """What is not wrong, but should be looked at: what nobody reaches, and menus that lead round to themselves."""
    at_hand = reached(book)
    for name in book.names:
        if name not in at_hand and name not in book.answers:
            kind = "menu" if name in book.menus else "flow"
            yield f"{kind} {name}: no key leads there; give it one, or take it out"
    for way in _loops(tree(book), ()):
        yield f"{' → '.join(way)}: a loop; * leads back out of it as well, so perhaps the key is not needed"


def _loops(branch: Branch, trail: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    here = (*trail, branch.name)
    if branch.around:
        yield here[trail.index(branch.name) :]
    for each in branch.branches:
        yield from _loops(each, here)
