"""The numbers beside the filters: what one would see there, and always true."""

import random
import re
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, text

from recordings import users
from recordings.corrections import correct_category
from recordings.listing import rebuild
from recordings.purging import purge
from recordings.retention import Terms
from recordings.tables import Call, Case, Listed, Tally
from tests.web.conftest import NOON
from triage.verdict import Category
from web.calls.facets import recent_days
from web.calls.filters import Filters
from web.calls.queries import page_of_calls


@pytest.fixture
def varied(archive, exchange) -> None:
    """Calls of several kinds."""
    exchange.call("家里停电了", category="repair", urgency="urgent")
    exchange.call("又停电了", category="repair")
    exchange.call("电费太高", category="billing", confidence=0.5)
    exchange.call(ended=False)
    exchange.call("态度太差", category="complaint", at=NOON + timedelta(days=1))


def numbers(page: str) -> dict[str, str]:
    """The number in every tab, by the Chinese name of the tab."""
    tabs = page.split('<nav class="tabs"')[1].split("</nav>")[0]
    found = re.findall(r'<span class="zh">([^<]+)</span>.*?<span class="tally">([^<]+)</span>', tabs, re.DOTALL)
    return dict(found)


def test_every_filter_says_how_many_calls_are_behind_it(agent, varied) -> None:
    seen = numbers(agent.sees("/calls"))
    assert (seen["全部"], seen["报修"], seen["电费"], seen["表扬"], seen["只看紧急"]) == ("5", "2", "1", "0", "1")
    assert seen["待人判断"] == "1"
    assert re.search(r'今天</span>.*?<span class="tally">0</span>', agent.sees("/calls"))
    assert "已转写 Ready (4)" in agent.sees("/calls")
    of_day = numbers(agent.sees("/calls?day=2026-03-02&urgent=1"))
    assert (of_day["全部"], of_day["报修"], of_day["投诉"]) == ("1", "1", "0")
    searched = numbers(agent.sees("/calls?q=停电&category=repair"))
    assert (searched["全部"], searched["报修"], searched["只看紧急"]) == ("2", "2", "1")


@pytest.mark.parametrize(
    "address", [{}, {"day": "2026-03-02"}, {"q": "停电"}, {"urgent": "1"}, {"unsure": "1"}, {"state": "ready"}]
)
def test_a_number_is_what_one_sees_when_one_goes_there(archive, varied, address) -> None:
    with archive.reading() as s:
        here = page_of_calls(s, Filters.parse(address), NOON.tzinfo).facets
        for category in Category:
            there = page_of_calls(s, Filters.parse(address | {"category": category.value}), NOON.tzinfo)
            assert here.categories[category] == len(there.rows) == there.count


@pytest.mark.parametrize(
    ("address", "counts"),
    [({}, [1, 4]), ({"day": "2026-03-02"}, [1, 4]), ({"urgent": "1"}, [0, 1]), ({"q": "停电"}, [0, 2])],
)
def test_today_and_yesterday_have_their_numbers_whatever_day_is_chosen(archive, varied, address, counts) -> None:
    with archive.reading() as s:
        found = recent_days(s, Filters.parse(address), NOON.tzinfo, date(2026, 3, 3))
    assert found == dict(zip([date(2026, 3, 3), date(2026, 3, 2)], counts, strict=True))


def test_who_works_for_a_district_gets_numbers_of_that_district(agent, archive, varied) -> None:
    with archive.session() as s:
        for case, district in zip(s.scalars(select(Case).order_by(Case.number)), "1222", strict=True):
            case.district = district
        users.set_districts(s, "li", ["2"], NOON)
    for address in ("/calls", "/calls?q=停电", "/calls?day=2026-03-02"):
        assert numbers(agent.sees(address))["报修"] == "1"


def test_the_tallies_follow_every_change(archive, exchange) -> None:
    """Whatever is written, corrected, purged or drawn up anew: the tallies are what counting would give."""

    def check() -> None:
        kind = (Listed.category, Listed.state, Listed.urgent, Listed.district, Listed.doubtful)
        tally = (*(getattr(Tally, each.key) for each in kind), Tally.calls)
        with archive.reading() as s:
            counted = set(s.execute(select(*kind, func.count()).group_by(*kind)).all())
            assert set(s.execute(select(*tally).where(Tally.calls != 0)).all()) == counted

    chance = random.Random(3)
    for number in range(6):
        call = exchange.call(
            "停电",
            category=chance.choice(["", "repair", "billing"]),
            confidence=chance.choice([0.4, 0.9]),
            at=NOON + timedelta(days=number),
        )
        check()
        with archive.session() as s:
            correct_category(s, call, 1, chance.choice(["praise", "other"]), NOON)
            s.get_one(Call, call).cases[0].district = chance.choice(["1", "2"])
        check()
    assert purge(archive, Terms(1, {}), NOON + timedelta(days=4), NOON.tzinfo).calls == 3
    check()
    with archive.session() as s:
        s.execute(text("UPDATE tallies SET calls = 77"))
        rebuild(s)
    check()


def test_a_filter_is_kept_shared_and_let_go_of(agent, someone, archive, varied) -> None:
    with archive.session() as s:
        users.add_user(s, name="wang", password="long enough to be good", at=NOON)
    wang = someone()
    wang.signs_in("wang")
    page = agent.sends(
        "/calls/filters?q=停电&urgent=1", page="/calls?q=停电&urgent=1", name="夜里 停电", shared="1"
    ).text
    assert "「夜里 停电」已存下" in page
    assert 'aria-current="true">夜里 停电</a>' in page
    shared = re.search(r'href="([^"]+)">夜里 停电</a>', wang.sees("/calls"))
    assert "共 1 通" in wang.sees(shared[1].replace("&amp;", "&"))
    assert wang.sends("/calls/filters/1/remove", page="/calls").status_code == 404
    again = {"page": "/calls?q=停电", "name": "夜里 停电"}
    assert "原来的条件已换成这个。" in agent.sends("/calls/filters?q=停电", shared="1", **again).text
    assert "同事不再看到它" in agent.sends("/calls/filters?q=停电", **again).text
    assert "夜里 停电" not in wang.sees("/calls"), "kept anew, and this time for oneself"
    agent.sends("/calls/filters/1/remove", page="/calls")
    assert "夜里 停电" not in agent.sees("/calls")


@pytest.mark.parametrize(("name", "query"), [("", "q=停电"), ("x" * 41, "q=停电"), ("x", ""), (" ", "q=停电")])
def test_what_is_no_filter_is_not_kept(agent, varied, name, query) -> None:
    assert "没有存下" in agent.sends(f"/calls/filters?{query}", page="/calls?q=停电", name=name).text


def test_a_name_is_text_whatever_it_looks_like(agent, varied) -> None:
    page = agent.sends("/calls/filters?q=停电", page="/calls?q=停电", name="<script>alert(1)</script>").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
