"""Branches, keys and hours that a menu file adds: what is right, what is named, what is pointed out."""

from pathlib import Path

import pytest

from ivr.errors import MenuInvalid
from ivr.flows import FLOWS
from ivr.menu import load_menu
from ivr.menu_tree import reached, remarks

PROMPTS = {"hello", "ask", "after", "closed"}
GOOD = """\
first = "main"
[hours.office]
workdays = "08:30-17:30"
[hours.office.dates]
2026-12-31 = []
[menus.main]
prompt = "hello"
[menus.main.keys]
1 = "repair"
2 = "hall"
3 = "tariffs"
[menus.hall]
prompt = "hello"
hours = "office"
outside = "lights"
outside_prompt = "closed"
[menus.hall.keys]
1 = "lights"
[flows.repair]
describe = "ask"
next = "after"
[flows.person]
describe = "ask"
next = "after"
[flows.tariffs]
kind = "information"
prompt = "after"
then = "goodbye"
[flows.lights]
kind = "message"
describe = "ask"
next = "after"
limit = 30
"""


def load(tmp_path: Path, text: str):
    file = tmp_path / "menu.toml"
    file.write_text(text, "utf-8")
    return load_menu(file, FLOWS, PROMPTS)


def test_a_branch_of_its_own_is_read_with_its_hours(tmp_path):
    book = load(tmp_path, GOOD)
    assert book.announcements["tariffs"].then == "goodbye"
    assert book.scripts["lights"].limit == 30
    gate = book.gate("hall")
    assert (gate.hours.name, gate.outside, gate.prompt) == ("office", "lights", "closed")


def test_zero_and_star_mean_the_same_in_every_menu(tmp_path):
    book = load(tmp_path, GOOD)
    for menu in book.menus.values():
        assert (menu.keys["0"], menu.keys["*"]) == ("person", "back")


@pytest.mark.parametrize(
    ("right", "wrong", "line", "named"),
    [
        ('1 = "repair"', '0 = "repair"', 9, "callers rely on 0"),
        ('1 = "repair"', '"*" = "again"', 9, "callers rely on *"),
        ('kind = "information"', 'kind = "informtion"', 26, "informtion"),
        ('then = "goodbye"', 'then = "bye"', 28, "back, goodbye"),
        ('hours = "office"', 'hours = "ofice"', 14, "choose from office"),
        ('outside = "lights"', 'outside = "lihgts"', 15, "where callers go"),
        ('outside = "lights"', 'outside = "hall"', 15, "hall → hall"),
        ('outside_prompt = "closed"', 'outside_prompt = "clsd"', 16, "clsd"),
        ('workdays = "08:30-17:30"', 'workdays = "08:30-17.30"', 3, "08:30-17.30"),
        ("2026-12-31 = []", "2026-13-31 = []", 5, "2026-13-31"),
        ("[flows.lights]", '[flows."street lights"]', 29, "letters, digits and hyphens"),
        ("[flows.lights]", "[flows.back]", 29, "choose another name"),
        ("[flows.repair]\n", '[flows.repair]\nkind = "message"\n', 20, "no kind"),
        ("limit = 30", "limits = 30", 33, "limits"),
        ('[flows.repair]\ndescribe = "ask"', '[flows.repair]\nhours = "office"\ndescribe = "ask"', 19, "needs outside"),
        ('prompt = "after"', 'prompt = "after"\noutside = "back"', 28, "no hours"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path, right, wrong, line, named):
    assert right in GOOD
    with pytest.raises(MenuInvalid) as error:
        load(tmp_path, GOOD.replace(right, wrong, 1))
    assert f"menu.toml, line {line}:" in str(error.value)
    assert named in str(error.value)


def test_a_menu_may_not_take_the_name_of_a_flow(tmp_path):
    with pytest.raises(MenuInvalid, match="has the name of a flow"):
        load(tmp_path, GOOD.replace("menus.hall", "menus.lights").replace('2 = "hall"', '2 = "lights"'))


def test_whoever_is_sent_on_outside_the_hours_arrives_somewhere(tmp_path):
    round_trip = GOOD.replace("limit = 30", 'hours = "office"\noutside = "hall"')
    with pytest.raises(MenuInvalid, match=r"hall → lights → hall"):
        load(tmp_path, round_trip)
    for_ever = GOOD.replace('then = "goodbye"', "").replace(
        'prompt = "hello"\n[menus.main.keys]',
        'prompt = "hello"\nhours = "office"\noutside = "tariffs"\n[menus.main.keys]',
    )
    with pytest.raises(MenuInvalid, match=r"main → tariffs → back"):
        load(tmp_path, for_ever)


def test_what_nobody_reaches_and_what_leads_round_is_pointed_out(tmp_path):
    lost = '[menus.lost]\nprompt = "hello"\n[menus.lost.keys]\n1 = "main"\n'
    text = GOOD.replace('3 = "tariffs"\n', "").replace('1 = "lights"', '1 = "main"') + lost
    said = list(remarks(load(tmp_path, text)))
    assert [remark.partition(":")[0] for remark in said] == ["menu lost", "flow tariffs", "main → hall → main"]


def test_what_is_reached_outside_the_hours_only_is_reached(tmp_path):
    book = load(tmp_path, GOOD.replace('1 = "lights"', '1 = "again"'))
    assert "lights" in reached(book)
    assert not list(remarks(book))
