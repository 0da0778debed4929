"""Somebody's day at the console: everything is found by its Chinese and its English name together."""

import re

from playwright.sync_api import Download, Locator, Page, expect

from tests.browser.axe import serious
from tests.browser.conftest import PASSWORD
from web.text import Text

TEXT = Text.load()


class Day:
    """Somebody at the console, who finds things by both their names, and what axe-core found on the way."""

    def __init__(self, page: Page) -> None:
        self.page, self.found = page, list[str]()

    def button(self, text_id: str, **values: object) -> Locator:
        return self.page.get_by_role("button", name=TEXT.both(text_id, **values)).first

    def field(self, text_id: str) -> Locator:
        return self.page.get_by_label(TEXT.both(text_id)).first

    def sees(self, text_id: str, **values: object) -> None:
        """A phrase is there in both languages."""
        zh, en = TEXT.zh(text_id, **values), TEXT.en(text_id, **values)
        expect(self.page.get_by_text(zh).first).to_be_visible()
        expect(self.page.get_by_text(en).first).to_be_visible()

    def goes(self, text_id: str) -> None:
        """Follow the main navigation or the tabs, and look at the page."""
        self.opens(self.page.get_by_role("link", name=TEXT.both(text_id), exact=True).first)

    def opens(self, link: Locator) -> None:
        """Follow a link, and look at its page once it is there."""
        with self.page.expect_navigation():
            link.click()
        self.looks()

    def looks(self) -> None:
        self.page.wait_for_load_state()
        self.found += serious(self.page)

    def signs_in(self, name: str, password: str = PASSWORD) -> None:
        self.page.goto("/sign-in")
        self.looks()
        self.field("sign-in.name").fill(name)
        self.field("sign-in.password").fill(password)
        self.button("sign-in.title").click()

    def signs_out(self) -> None:
        self.button("nav.sign-out").click()
        expect(self.button("sign-in.title")).to_be_visible()
        assert self.found == []

    def takes_away(self, name: str) -> Download:
        with self.page.expect_download() as file:
            self.page.get_by_role("link", name=re.compile(name)).first.click()
        return file.value

    def reaches(self, selector: str) -> None:
        """Go on with Tab until that has the focus."""
        for _ in range(150):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"no Tab leads to {selector} on {self.page.url}")

    def presses(self, selector: str) -> None:
        """Reach it, press Enter, and wait for the page to which that leads."""
        self.reaches(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
