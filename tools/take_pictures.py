"""Takes the README's pictures anew: runs the demonstration and photographs the console with the system's Chromium.

Example: .venv/bin/python tools/take_pictures.py docs/pictures
"""

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

SIZE = {"width": 1280, "height": 800}


def main(folder: Path) -> None:
    """Write calls.png and call.png into `folder`."""
    demo = subprocess.Popen([sys.executable, "-m", "lianxin", "demo"], stdout=subprocess.PIPE, text=True)
    try:
        address, password = wait_for_console(demo)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=os.environ.get("LIANXIN_CHROMIUM") or shutil.which("chromium"),
                args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
            )
            page = browser.new_page(viewport=SIZE, locale="zh-CN")
            sign_in(page, address, password)
            page.goto(f"{address}calls")
            page.screenshot(path=folder / "calls.png")
            page.locator("a[href^='/calls/']", has_text="电线杆").first.click()
            page.wait_for_load_state()
            page.screenshot(path=folder / "call.png")
            browser.close()
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
    page.fill("#new", "a picture for the readme")
    page.fill("#again", "a picture for the readme")
    page.keyboard.press("Enter")
    page.wait_for_url("**/calls*")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
