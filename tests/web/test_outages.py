"""The page of outages: what is noted here is what callers hear."""

from datetime import timedelta

import pytest

from orders.districts import set_district
from orders.outages import current_outages, outages
from recordings import users
from tests.web.conftest import NOON, PASSWORD
from web.outages import pages

AREA = "解放路 1 到 40 号"
GIVEN = {"district": "1", "area": AREA, "cause": "fault", "since": "2026-03-02T12:00", "back": "2026-03-02T15:30"}


@pytest.fixture(autouse=True)
def one_oclock(monkeypatch, archive):
    """It is one in the afternoon, and there are two districts."""
    monkeypatch.setattr(pages, "now", lambda: NOON + timedelta(hours=1))
    with archive.session() as s:
        for key, name in (("1", "城区"), ("2", "山区")):
            set_district(s, key=key, name=name, area="urban")


@pytest.fixture
def chief(archive, someone):
    with archive.session() as s:
        users.add_user(s, name="chief", password=PASSWORD, role="supervisor", at=NOON)
    chief = someone()
    chief.signs_in("chief")
    return chief


@pytest.fixture
def heard(archive):
    """What a caller of a district hears of at one o'clock: areas and times in UTC."""

    def look(district: str = "1", minutes: int = 60):
        with archive.reading() as s:
            found = current_outages(s, district, NOON + timedelta(minutes=minutes))
            return [(one.area, one.expected_back) for one in found]

    return look


def test_what_a_supervisor_notes_is_what_callers_hear(chief, heard):
    answer = chief.sends("/outages", page="/outages", **GIVEN)
    assert "已登记" in answer.text
    assert heard() == [(AREA, NOON + timedelta(hours=3, minutes=30))]
    page = chief.sees("/outages")
    assert "城区" in page
    assert AREA in page
    assert "预计 3月2日 15:30 来电" in page


def test_without_times_it_is_off_from_now_on_and_nobody_knows_until_when(chief, heard):
    chief.sends("/outages", page="/outages", **GIVEN | {"since": "", "back": "", "area": ""})
    assert heard(minutes=59) == []
    assert heard() == [("", None)]
    assert "来电时间未定" in chief.sees("/outages")


def test_it_can_be_put_right_and_ended(chief, heard, archive):
    chief.sends("/outages", page="/outages", **GIVEN)
    with archive.reading() as s:
        number = outages(s)[0].id
    chief.sends(f"/outages/{number}", page="/outages", **GIVEN | {"district": "2", "back": "2026-03-02T18:00"})
    assert heard() == []
    assert heard("2") == [(AREA, NOON + timedelta(hours=6))]
    chief.sends(f"/outages/{number}/end", page="/outages")
    assert heard("2") == []
    assert AREA not in chief.sees("/outages")
    assert "已来电" in chief.sees("/outages?ended=1")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"back": "2026-03-02T11:00"}, "预计来电要晚于停电开始"),
        ({"since": "noon"}, "时间写成"),
        ({"cause": "ghosts"}, "没有保存"),
        ({"area": "路" * 201}, "没有保存"),
        ({"district": "9"}, "请选一个片区"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(chief, heard, wrong, told):
    answer = chief.sends("/outages", page="/outages", **GIVEN | wrong)
    assert answer.status_code == 400
    assert told in answer.text
    assert (GIVEN | wrong)["area"] in answer.text
    assert heard() == []


def test_an_agent_sees_outages_and_changes_none(agent, chief, heard):
    chief.sends("/outages", page="/outages", **GIVEN)
    page = agent.sees("/outages")
    assert AREA in page
    assert "来电了" not in page
    assert agent.sends("/outages", page="/outages", **GIVEN).status_code == 404
    assert len(heard()) == 1


def test_a_time_that_has_passed_asks_for_a_new_one(chief):
    chief.sends("/outages", page="/outages", **GIVEN | {"back": "2026-03-02T12:30"})
    assert "已过预计时间" in chief.sees("/outages")


def test_an_outage_that_is_not_there(chief):
    assert chief.sends("/outages/99", page="/outages", **GIVEN).status_code == 404
    assert chief.sends("/outages/99/end", page="/outages").status_code == 404
