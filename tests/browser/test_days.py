"""Each person's day at the console, from sign-in to done. Everything is found by its Chinese and its English name
together, so both are there; and nothing serious is found by axe-core on any page as the day leaves it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from orders.cases import describe_case
from orders.commitments import Promised
from orders.districts import set_district
from quality.sheet import WORTH
from recordings import agents, ledger, second_factor, users
from recordings.archive import Archive
from recordings.judgements import newest_score, write_judgement
from recordings.reviews import Marks, write_review
from recordings.tables import Case, Finding
from tests.browser.conftest import MORNING, PASSWORD, copied, open_page, serving
from tests.browser.day import TEXT, Day

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, three_calls: Path) -> Iterator[Archive]:
    """One archive for all the days: calls 2 and 3 are Li's and judged, Qian has reviewed call 3."""
    with copied(three_calls, tmp_path_factory.mktemp("house")) as archive:
        with archive.session() as s:
            for name, role in (("qian", "qa"), ("chen", "supervisor")):
                users.add_user(s, name=name, role=role, password=PASSWORD, at=MORNING)
            set_district(s, key="1", name="城区", area="urban")
            li, qian = users.known_user(s, "li"), users.known_user(s, "qian")
            agents.add_agent(s, "li", MORNING)
            for call in ("call2", "call3"):
                s.scalars(select(Case).where(Case.call_id == call)).one().owner_id = li.id
                judge(s, call)
            case = s.scalars(select(Case).where(Case.call_id == "call1")).one()
            due = datetime.now(UTC) - timedelta(minutes=1)
            describe_case(s, case.number, contact="13800000001", promised=Promised.CONTACT, promised_at=due)
            score = newest_score(s, "call3")
            write_review(s, "call3", qian.id, Marks((), 90, False), MORNING, score_id=score.id, agent_id=li.id, seen=0)
        yield archive


def judge(s, call: str) -> None:
    points = {item.value: worth for item, worth in WORTH.items()} | {"wording": 0}
    finding = Finding(
        rule="forbidden.shrug", zh="生硬", en="Curt", item="wording", channel="agent", at=2.0, points=-10,
        recording_id=call.replace("call", "rec"), second=2.0, words="不知道", fatal=False,
    )  # fmt: skip
    write_judgement(
        s, call, basis="1", score=90, fatal=False, points=points, measures={}, findings=[finding], at=MORNING
    )


@pytest.fixture(scope="module")
def address(house: Archive) -> Iterator[str]:
    """Where the console of that archive is."""
    with serving(house) as address:
        yield address


@pytest.fixture
def day(chromium: Browser, address: str, troubles: list[str]) -> Iterator[Day]:
    context = chromium.new_context(base_url=address, locale="zh-CN")
    yield Day(open_page(context, address, troubles))
    context.close()
    assert troubles == []


def rings(archive: Archive, caller: str) -> None:
    """A caller's line rings at Li's telephone."""
    now = datetime.now(UTC)
    with archive.session() as s:
        ledger.open_call(s, call_id=caller, channel_id=caller, node="main", caller=caller, line="95598", at=now)
        agents.known_agent(s, "li").call_id = caller


def test_an_agents_day_by_keyboard_alone(day: Day, house: Archive) -> None:
    page, keys = day.page, day.page.keyboard
    page.goto("/sign-in")
    keys.type("li")
    keys.press("Tab")
    keys.type(PASSWORD)
    keys.press("Enter")
    page.wait_for_url("**/calls")

    day.presses("nav a[href='/queue']")
    page.wait_for_url("**/queue")
    day.presses("#be-ready")
    day.sees("presence-now.ready")
    rings(house, "13911112222")
    day.sees("hall.rings")
    with house.session() as s:
        li = users.known_user(s, "li").id
        agents.case_of_call(s, "13911112222", li, "13911112222", datetime.now(UTC))
    expect(day.button("wish.hold")).to_be_visible()
    day.looks()
    day.presses("#wish-hold")
    day.sees("wished.hold")
    day.presses("#wish-hang-up")
    day.sees("wished.hang-up")
    with house.session() as s:
        ledger.close_call(s, "13911112222", "spoken", datetime.now(UTC))
        agents.freed(s, li, datetime.now(UTC))
    expect(day.button("wish.hang-up")).to_be_hidden()

    day.presses("nav a[href='/calls']")
    day.reaches("#q")
    keys.type("停电")
    with page.expect_navigation():
        keys.press("Enter")
    expect(page.locator("tr.call")).to_have_count(1)
    day.presses("tr.call td.words a")
    expect(page.get_by_role("heading", level=1)).to_contain_text("100002")
    expect(page.locator(".word").first).to_have_attribute("role", "button")
    keys.press("2")
    expect(page.locator(".history")).to_contain_text(re.compile("改为.*电费.*（li，"))
    day.reaches("[name=text]")
    keys.type("老人在吸氧，已告知抢修班")
    keys.press("Enter")
    expect(page.locator("#notes li")).to_contain_text("已告知抢修班")
    day.looks()

    day.presses("nav a[href='/cases']")
    day.presses("#case-100001 form[action*='/take'] button")
    day.sees("work.taken", number="100001")
    day.presses("#case-100001 button[value=done]")
    day.sees("work.moved", number="100001", state=TEXT["case-state.done"])
    day.looks()

    day.presses("nav a[href='/scores']")
    day.looks()
    day.presses("a[href='/scores/call3']")
    day.presses("button[value=acknowledged]")
    day.sees("own-scores.acknowledged")
    day.looks()
    day.presses("form.leave button")
    expect(day.button("sign-in.title")).to_be_visible()
    assert day.found == []


def test_a_reviewers_day_begins_with_a_code_from_the_telephone(day: Day, house: Archive) -> None:
    with house.session() as s:
        qian, before = users.known_user(s, "qian"), datetime.now(UTC) - timedelta(minutes=10)
        telephone = pyotp.TOTP(second_factor.secret_of(s, second_factor.begin(s, qian, before)))
        assert second_factor.confirm(s, qian, telephone.at(before), before)
    day.signs_in("qian")
    day.sees("code.title")
    day.looks()
    day.field("code.code").fill(telephone.now())
    day.button("sign-in.title").click()
    day.page.wait_for_url("**/calls")

    day.goes("nav.quality")
    day.goes("quality-nav.samples")
    day.field("sample.from").fill("2026-03-01")
    day.field("sample.to").fill("2026-03-03")
    day.field("sample.share").fill("100")
    day.button("sample.do").click()
    day.sees("sample.drawn", count=2, of=2)
    day.looks()
    day.goes("quality-nav.queue")
    assert day.takes_away("XLSX").suggested_filename == "to-mark.xlsx"
    day.opens(day.page.locator(".sheets a[href='/quality/calls/call2']"))
    day.page.locator("#points-wording").press("Home")
    day.page.locator("#reason-wording").fill("是居民说的")
    day.button("sheet.save").click()
    day.sees("sheet.saved")
    expect(day.page.locator(".reviews")).to_contain_text("是居民说的")
    day.looks()
    day.field("sheet.learn").fill("先安抚，再问地址")
    day.opens(day.button("example.good"))
    day.goes("quality-nav.examples")
    expect(day.page.locator("main")).to_contain_text("先安抚，再问地址")
    day.goes("quality-nav.calibrations")
    day.goes("quality-nav.month")
    day.signs_out()


def test_a_supervisors_day(day: Day, house: Archive) -> None:
    day.signs_in("chen")
    day.goes("nav.floor")
    expect(day.page.get_by_role("region", name=TEXT.both("scene.seats"))).to_contain_text("li")
    now = datetime.now(UTC)
    with house.session() as s:
        ledger.open_call(s, call_id="waits", channel_id="w", node="main", caller="13933334444", line="95598", at=now)
        agents.joined(s, "waits", now, first=True)
    expect(day.page.get_by_role("region", name=TEXT.both("hall.waiting"))).to_contain_text("13933334444")
    day.looks()

    day.goes("nav.reports")
    day.page.goto("/reports?day=2026-03-02")
    day.page.wait_for_function("() => document.querySelectorAll('.chart canvas').length === 5")
    day.page.get_by_text(TEXT.zh("report.as-table")).first.click()
    day.looks()
    assert day.takes_away("XLSX").suggested_filename == "hours-2026-03-02.xlsx"

    day.goes("nav.outages")
    day.field("supply.area").fill("东湖新村")
    day.button("supply.add").click()
    day.sees("supply.added")
    expect(day.page.locator("ol.outages")).to_contain_text("东湖新村")
    day.looks()
    day.page.get_by_role("button", name=TEXT.both("supply.end")).click()
    day.sees("supply.ended-now")
    day.goes("nav.cases")
    day.goes("nav.calls")
    day.signs_out()


def chooses_a_model(day: Day) -> None:
    """Another model hears from now on."""
    day.goes("admin-nav.system")
    ears = day.page.locator("#ears")
    ears.locator("summary").click()
    ears.get_by_label(TEXT.both("setup.first-model")).select_option("vosk-model-cn-0.22")
    ears.get_by_label(TEXT.both("setup.reason")).fill("听得准")
    day.looks()
    ears.get_by_role("button", name=TEXT.both("setup.save")).click()
    day.sees("setup.model-saved")
    expect(ears.locator(".said")).to_contain_text("听得准")


def changes_the_menu(day: Day) -> None:
    """First with a mistake, which is shown; then one that holds for the next callers."""
    day.goes("admin-nav.menu")
    day.page.locator(".menu-change summary").click()
    day.field("menu.text").fill("wrong = 1")
    day.button("menu.try").click()
    day.sees("menu.tried")
    expect(day.page.get_by_role("alert")).to_contain_text("wrong is no menu")
    day.looks()
    day.field("menu.text").fill('first = "main"')
    day.field("setup.reason").fill("换季")
    day.button("setup.save").click()
    day.sees("menu.saved")


def test_an_admins_first_day(day: Day, house: Archive) -> None:
    page = day.page
    day.signs_in("admin", "made up by us")
    day.sees("password.must")
    day.looks()
    day.field("password.current").fill("made up by us")
    page.locator("#new").fill("my very own words")
    day.field("password.again").fill("my very own words")
    day.button("password.save").click()
    day.sees("password.saved")

    day.goes("nav.admin")
    day.field("staff.name").fill("王芳")
    day.button("staff.add").click()
    expect(page.get_by_role("status")).to_contain_text(TEXT.zh("staff.password", name="王芳"))
    day.looks()
    day.goes("admin-nav.programs")
    day.field("program.name").fill("停电地图")
    page.get_by_role("checkbox", name=TEXT.both("scope.calls")).check()
    day.button("program.make").click()
    expect(page.get_by_role("status")).to_contain_text("lianxin_1_")
    day.field("program.url").fill("https://crm.example/lianxin")
    page.get_by_role("checkbox", name=TEXT.both("hook-event.call-ended")).check()
    day.button("program.add-hook").click()
    expect(page.get_by_role("status")).to_contain_text("whsec_")
    day.looks()
    day.opens(page.get_by_role("link", name="https://crm.example/lianxin"))
    chooses_a_model(day)
    changes_the_menu(day)
    for tab in ("health", "audit"):
        day.goes(f"admin-nav.{tab}")
    expect(page.locator("table.audit")).to_contain_text("token-made")
    assert day.takes_away("CSV").suggested_filename == "audit.csv"
    day.goes("nav.password")
    day.goes("two-step.title")
    day.signs_out()
