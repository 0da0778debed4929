"""The menu file: what is right is read, what is wrong is named with its line."""

from pathlib import Path

import pytest

from ivr.errors import MenuInvalid
from ivr.flows import ANSWERS, FLOWS
from ivr.menu import load_menu
from ivr.prompts.catalogue import SHIPPED, Catalogue

SHIPPED_MENU = Path(__file__).parents[2] / "config" / "menu.toml"
PROMPTS = {"menu.main", "repair.describe", "repair.next", "person.describe", "person.next"}
GOOD = """\
first = "main"
[menus.main]
prompt = "menu.main"
[menus.main.keys]
1 = "repair"
"*" = "back"
[flows.repair]
describe = "repair.describe"
next = "repair.next"
limit = 60
[flows.person]
describe = "person.describe"
next = "person.next"
"""


def load(tmp_path: Path, text: str):
    file = tmp_path / "menu.toml"
    file.write_text(text, "utf-8")
    return load_menu(file, FLOWS, PROMPTS)


def test_the_shipped_menu_is_valid_and_has_every_key_of_the_first_menu():
    prompts = set(Catalogue.load(SHIPPED).prompts)
    book = load_menu(SHIPPED_MENU, FLOWS, prompts, ANSWERS)
    keys = book.menus[book.first].keys
    assert keys == {
        "1": "repair", "2": "billing", "3": "business", "4": "complaint", "5": "outages",
        "9": "again", "*": "back", "0": "person", "8": "english",
    }  # fmt: skip
    assert set(book.scripts) | set(book.answers) == {*FLOWS, "service"}


def test_limits_and_targets_are_read(tmp_path):
    book = load(tmp_path, GOOD)
    assert book.scripts["repair"].limit == 60
    assert book.scripts["person"].limit == 90, "a flow without a limit gets the usual one"
    assert book.menus["main"].keys["1"] == "repair"


@pytest.mark.parametrize(
    ("wrong", "right", "line", "named"),
    [
        ('1 = "repiar"', '1 = "repair"', 5, "repiar"),
        ('prompt = "menu.mian"', 'prompt = "menu.main"', 3, "menu.mian"),
        ('next = "repair.after"', 'next = "repair.next"', 9, "repair.after"),
        ("limit = 6000", "limit = 60", 10, "6000"),
        ("[flows.repairs]", "[flows.repair]", 7, "repairs"),
        ('x = "repair"', '1 = "repair"', 5, "'x'"),
        ('first = "start"', 'first = "main"', 1, "start"),
        ('first = ["main"]', 'first = "main"', 1, "main"),
        ('1 = ["repair"]', '1 = "repair"', 5, "repair"),
        ('promt = "menu.main"', 'prompt = "menu.main"', 3, "promt"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_what_can_be_chosen(tmp_path, wrong, right, line, named):
    with pytest.raises(MenuInvalid) as error:
        load(tmp_path, GOOD.replace(right, wrong, 1))
    message = str(error.value)
    assert f"menu.toml, line {line}:" in message
    assert named in message
    assert "\n" not in message


def test_a_menu_without_a_way_to_a_person_is_refused(tmp_path):
    with pytest.raises(MenuInvalid, match=r"flows\.person"):
        load(tmp_path, GOOD[: GOOD.index("[flows.person]")])


def test_a_file_that_is_no_toml_is_named_with_the_place(tmp_path):
    with pytest.raises(MenuInvalid, match=r"line 3"):
        load(tmp_path, "first = 'main'\n[menus.main]\nprompt = \n")


def test_a_missing_file_and_one_that_is_not_text_are_named(tmp_path):
    with pytest.raises(MenuInvalid, match=r"nowhere\.toml is not there"):
        load_menu(tmp_path / "nowhere.toml", FLOWS, PROMPTS)
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(MenuInvalid, match=r"binary\.toml cannot be read"):
        load_menu(tmp_path / "binary.toml", FLOWS, PROMPTS)


def test_english_is_chosen_by_a_key_that_the_first_menu_has_free(tmp_path):
    book = load(tmp_path, f'english = "8"\n{GOOD}')
    assert (book.english, book.menus["main"].keys["8"]) == ("8", "english")
    assert load(tmp_path, GOOD).english == ""
    for key, named in (
        ("1", "chooses English; take another"),
        ("0", "no key that is free"),
        ("88", "no key that is free"),
    ):
        with pytest.raises(MenuInvalid, match=named):
            load(tmp_path, f'english = "{key}"\n{GOOD}')
