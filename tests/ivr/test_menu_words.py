"""A menu whose prompt says other keys than it has is worth a look."""

import pytest

from ivr.flows import ANSWERS, FLOWS
from ivr.menu import load_menu
from ivr.menu_book import Menu, MenuBook
from ivr.menu_words import wrong_words
from ivr.prompts.catalogue import SHIPPED, Catalogue
from lianxin.places import CONFIG


def told(words: str, **keys: str) -> list[str]:
    book = MenuBook(
        "main", {"main": Menu("main", "menu.main", {key.strip("_"): goal for key, goal in keys.items()})}, {}
    )
    return list(wrong_words(book, lambda prompt: words))


def test_the_shipped_menus_say_what_their_keys_do():
    prompts = Catalogue.load(SHIPPED)
    book = load_menu(CONFIG / "menu.toml", FLOWS, prompts.prompts, ANSWERS)
    assert list(wrong_words(book, prompts.text)) == []


@pytest.mark.parametrize("words", ["报修请按一", "报修，请按1", "报修请按下一，电费请按2", "报修，按幺"])
def test_a_key_that_was_moved_is_named_from_both_ends(words):
    found = told(words, _2="billing", _6="repair")
    assert "menu main: its prompt menu.main says 按" in found[0]
    assert found[0].endswith("and key 1 leads nowhere")
    assert "menu main: key 6 leads to repair, and its prompt menu.main does not say so" in found


def test_what_is_always_there_and_english_need_no_word():
    assert told("报修请按一", _1="repair", _0="person", _8="english") == []
    assert told("报修请按一，返回请按星号键，人工请按零", _1="repair") == []


def test_words_that_name_no_key_are_not_judged():
    assert told("营业厅", _1="repair") == []
