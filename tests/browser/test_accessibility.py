"""Every page of the console, held against WCAG 2.2 AA by axe-core: nothing serious is found, in light and in dark."""

import pytest
from playwright.sync_api import Page

from recordings import users
from recordings.archive import Archive
from tests.browser.axe import serious
from tests.browser.conftest import MORNING, PASSWORD, ZONE
from tests.browser.test_console import sign_in
from web.app import create_app

pytestmark = pytest.mark.browser

NO_PAGE = (
    "static",
    "api.",
    "live.",
    "queue.live",
    "floor.live",
    "exports.",
    "audio.",
    "waves.",
    "session.sign_in",
    "codes.",
    "calls.home",
)
"""Endpoints that answer with something else than a page, and those for whoever is not signed in."""
KNOWN = {"call_id": "call2"}


@pytest.fixture
def pages(archive: Archive) -> list[str]:
    """The address of every page that an admin may come to; of those about one thing, the ones whose thing is known."""
    with archive.session() as s:
        users.add_user(s, name="root", role="admin", password=PASSWORD, at=MORNING)
    app = create_app(archive, secret_key="for these tests", zone=ZONE)
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    wanted = [rule for rule in rules if not rule.endpoint.startswith(NO_PAGE) and rule.arguments <= set(KNOWN)]
    with app.test_request_context():
        found = [app.url_map.bind("localhost").build(r.endpoint, {a: KNOWN[a] for a in r.arguments}) for r in wanted]
    assert {"/calls", "/calls/call2", "/people", "/second-factor"} <= set(found)
    return sorted(path.removeprefix("http://localhost") for path in found)


def is_there(page: Page, address: str, troubles: list[str]) -> bool:
    """Open a page; False for one whose thing is not in this archive, such as the sheet of a call without an agent."""
    answer = page.goto(address)
    assert answer
    if answer.status == 404:
        troubles[:] = [trouble for trouble in troubles if "404" not in trouble]
    return answer.status != 404


def test_nothing_serious_is_found_on_any_page(page: Page, pages: list[str], troubles: list[str]) -> None:
    page.goto("/sign-in")
    found = serious(page)
    sign_in(page, "root")
    for address in (*pages, "/calls?q=停电"):
        if is_there(page, address, troubles):
            found += serious(page)
    assert found == []


def test_in_the_dark_and_on_a_telephone_neither_and_nothing_is_wider_than_the_window(
    phone: Page, pages: list[str], troubles: list[str]
) -> None:
    sign_in(phone, "root")
    found = []
    for address in pages:
        if not is_there(phone, address, troubles):
            continue
        if address in ("/calls", "/calls/call2"):
            found += serious(phone)
        if phone.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{address} is wider than the window")
    assert found == []


def test_it_would_find_something(page: Page) -> None:
    page.set_content("<html lang=zh><title>x</title><main><h1>x</h1><input></main></html>")
    assert any("label" in trouble for trouble in serious(page))
