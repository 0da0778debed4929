"""Takes the pictures of README and docs anew, with the system's Chromium: of the demonstration, and of the desks of a
made-up hotline in full swing.

Example: .venv/bin/python tools/take_pictures.py docs/pictures
Example: .venv/bin/python tools/take_pictures.py docs/pictures --desks   # without the demonstration's calls
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parent))  # this folder is no package
from picture_house import MODEL, PASSWORD, furnish, right_now
from picture_scores import judge_calls
from picture_talk import CALL, talk

from lianxin.insight import HotlineInsight
from lianxin.settings import Settings
from recordings.archive import Archive
from web.app import create_app
from web.serving import open_server

SIZE = {"width": 1280, "height": 800}
ZONE = ZoneInfo("Asia/Shanghai")
DESKS = {
    "answering": ("王芳", "/queue"),
    "floor": ("刘班长", "/floor"),
    "day": ("刘班长", "/reports?day={yesterday}"),
    "cases": ("刘班长", "/cases"),
    "programs": ("刘班长", "/programs"),
    "talk": ("刘班长", f"/calls/{CALL}"),
    "reviewing": ("周质检", "/quality"),
    "samples": ("周质检", "/quality/samples"),
    "calibration": ("周质检", "/quality/calibrations/1"),
    "month": ("刘班长", "/quality/month"),
    "scores": ("王芳", "/scores"),
    "outages": ("刘班长", "/outages"),
    "system": ("刘班长", "/system"),
    "menu": ("刘班长", "/system/menu"),
    "people": ("刘班长", "/people"),
    "quality": ("刘班长", f"/quality/calls/{CALL}"),
}
"""Who looks at what for each picture."""


def main(folder: Path, demonstration: bool) -> None:
    """Write every picture into `folder`."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("LIANXIN_CHROMIUM") or shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        take_desks(browser, folder)
        if demonstration:
            take_demonstration(browser, folder)
        browser.close()


def take_desks(browser: Browser, folder: Path) -> None:
    """The desks of a hotline that `picture_house` made up."""
    now = datetime.now(UTC)
    yesterday = (now.astimezone(ZONE) - timedelta(days=1)).date().isoformat()
    with tempfile.TemporaryDirectory() as made, furnished(Path(made), now) as address:
        for name, (who, page_of) in DESKS.items():
            page = browser.new_context(viewport=SIZE, locale="zh-CN").new_page()
            page.goto(address + page_of.format(yesterday=yesterday))
            page.fill("#name", who)
            page.fill("#password", PASSWORD)
            page.keyboard.press("Enter")
            page.wait_for_selector(".main-nav")
            page.wait_for_timeout(1200)  # until charts have grown
            page.screenshot(path=folder / f"{name}.png", full_page="--whole" in sys.argv)
            page.context.close()


@contextmanager
def furnished(folder: Path, now: datetime) -> Iterator[str]:
    """The console of the made-up hotline, at the address that this gives."""
    archive = Archive.open(f"sqlite:///{folder}/lianxin.db", str(folder / "store"))
    furnish(archive, now, ZONE)
    judge_calls(archive, now)
    begun = now - timedelta(hours=1)
    talk(archive, folder, agent="李强", caller="13912345678", model=MODEL, at=begun)
    right_now(archive, now)
    app = create_app(archive, secret_key="for pictures", zone=ZONE, insight=HotlineInsight(Settings()))
    server = open_server(app, "127.0.0.1", 0)
    Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}"  # type: ignore[attr-defined]
    server.close()
    archive.close()


def take_demonstration(browser: Browser, folder: Path) -> None:
    """The list and the page of a call after the six calls of `lianxin demo`."""
    demo = subprocess.Popen([sys.executable, "-m", "lianxin", "demo"], stdout=subprocess.PIPE, text=True)
    try:
        address, password = wait_for_console(demo)
        page = browser.new_page(viewport=SIZE, locale="zh-CN")
        sign_in(page, address, password)
        page.goto(f"{address}calls")
        page.screenshot(path=folder / "calls.png")
        page.locator("a[href^='/calls/']", has_text="电线杆").first.click()
        page.wait_for_load_state()
        page.wait_for_timeout(1200)  # until the wave is drawn
        page.screenshot(path=folder / "call.png")
    finally:
        demo.send_signal(signal.SIGINT)
        demo.wait(60)


def wait_for_console(demo: subprocess.Popen[str]) -> tuple[str, str]:
    """The address of the demonstration's console, and the admin's one-time password."""
    said = ""
    for line in demo.stdout or ():
        said += line
        if found := re.search(r"Console: (\S+) \(sign in as admin with (\S+)\)", " ".join(said.split())):
            return found[1], found[2]
    raise SystemExit(f"the demonstration ended early:\n{said}")


def sign_in(page: Page, address: str, password: str) -> None:
    """Sign in as admin, and choose a password, as the first sign-in asks for."""
    page.goto(address)
    page.fill("#name", "admin")
    page.fill("#password", password)
    page.keyboard.press("Enter")
    page.fill("#current", password)
    page.fill("#new", PASSWORD)
    page.fill("#again", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/calls*")


if __name__ == "__main__":
    main(Path(sys.argv[1]), demonstration="--desks" not in sys.argv)
