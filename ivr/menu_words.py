"""Whether a menu says the keys that it has: whoever moves a key must have its prompt recorded anew."""

import re
from collections.abc import Callable, Iterator

from ivr.menu_book import ALWAYS, MenuBook

SPOKEN = {
    **dict(zip("零一二三四五六七八九", "0123456789", strict=True)),
    **{digit: digit for digit in "0123456789"},
    "幺": "1",
    "两": "2",
    "星": "*",
    "井": "#",
}
"""Keys as prompts say them."""
PRESSED = re.compile(f"按下?({'|'.join(SPOKEN)})")
UNSAID = frozenset({"english"})
"""What the menu's own words need not say: the notice offers it, in English."""


def wrong_words(book: MenuBook, text: Callable[[str], str]) -> Iterator[str]:
    """Keys that a menu's prompt says and that lead nowhere, and keys that lead somewhere unsaid.

    `text` gives the words of a prompt. A prompt whose words name no key at all is not judged: its recording may.
    """
    for menu in book.menus.values():
        said = {SPOKEN[key]: f"按{key}" for key in PRESSED.findall(text(menu.prompt))}
        if not said:
            continue
        for key, words in said.items():
            if key not in menu.keys and key not in ALWAYS:
                yield f"menu {menu.name}: its prompt {menu.prompt} says {words}, and key {key} leads nowhere"
        for key, goal in menu.keys.items():
            if key not in said and key not in ALWAYS and goal not in UNSAID:
                yield f"menu {menu.name}: key {key} leads to {goal}, and its prompt {menu.prompt} does not say so"
