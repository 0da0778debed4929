"""The whole: somebody rings, and somebody else reads in the console what they said."""

import asyncio
import os
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from lianxin.asterisk.installing import install_asterisk
from lianxin.demo.callers import demo_callers
from lianxin.demo.findings import find_call
from lianxin.demo.stage import set_stage
from lianxin.hotline import Hotline
from lianxin.settings import Settings
from lianxin.softphone.caller import Order, place_call
from lianxin.softphone.plan import parse_plan
from lianxin.softphone.target import target
from recordings.tables import Call
from recordings.users import add_user

pytestmark = pytest.mark.telephony


@pytest.fixture
async def hotline(tmp_path, monkeypatch):
    """Everything `lianxin up` starts, on free ports and in a folder of its own."""
    program = install_asterisk(Settings(), lambda stage, done, total: None)
    for name in list(os.environ):
        if name.startswith("LIANXIN_"):
            monkeypatch.delenv(name)
    before = dict(os.environ)
    if program.fetched:
        (tmp_path / "asterisk").mkdir()
        (tmp_path / "asterisk" / "root").symlink_to(Settings().var.absolute() / "asterisk" / "root")
    monkeypatch.setenv("LIANXIN_VAR", str(tmp_path))
    said: list[str] = []
    hotline = Hotline(set_stage(Settings()), say=said.append)
    await hotline.start()
    try:
        yield hotline
    finally:
        await hotline.stop()
        os.environ.clear()
        os.environ.update(before)


async def ring(hotline, caller, keys):
    """Somebody who knows the way: presses the keys at once, cuts the question short, speaks and ends the message."""
    whom = target(hotline.settings, "", "", "")
    plan = parse_plan(f"{keys},wait:3,#,wait:3,say,#", caller.audio)
    return await place_call(Order(whom.to, whom.user, whom.password, plan, None, caller.hangs_up_after))


async def until(condition, what, limit=60.0):
    async with asyncio.timeout(limit):
        while not await asyncio.to_thread(condition):
            await asyncio.sleep(0.2)


async def test_a_call_is_rung_understood_and_read_in_the_console(hotline):
    caller = next(caller for caller in demo_callers() if caller.expected == "repair")
    await ring(hotline, caller, "1,1,1")

    def found():
        with hotline.archive.reading() as session:
            return find_call(session, caller, "95598")

    await until(lambda: found().states[-1] == "understood", "the call was understood")
    assert found().came_through, found()
    assert found().states == ("requested", "stored", "transcribed", "understood")

    with hotline.archive.session() as session:
        add_user(session, name="li", password="a long enough one", at=datetime.now(UTC))
    async with httpx.AsyncClient(base_url=hotline.console, follow_redirects=True, trust_env=False) as browser:
        page = await browser.get("/")
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)[1]
        form = {"csrf_token": token, "name": "li", "password": "a long enough one"}
        page = await browser.post(page.url, data=form)
        assert page.status_code == 200
        address = re.search(r'href="(/calls/[0-9a-f]{32}[^"]*)"', page.text)[1]
        page = await browser.get(address.replace("&amp;", "&"))
        spoken = "".join(re.findall(r"[\u4e00-\u9fff]", re.sub(r"<[^>]+>", "", page.text)))
        assert "".join(re.findall(r"[\u4e00-\u9fff]", found().transcript)) in spoken
        assert str(found().case) in page.text


async def test_a_worker_that_was_killed_in_mid_work_loses_no_call(hotline):
    watching = asyncio.create_task(hotline.watch())
    caller = next(caller for caller in demo_callers() if caller.expected == "billing")
    await ring(hotline, caller, "2,#")
    os.kill(hotline.pids()["worker"], 9)

    def understood():
        with hotline.archive.reading() as session:
            (call,) = session.scalars(select(Call)).all()
            return [recording.stage for leg in call.legs for recording in leg.recordings] == ["understood"]

    await until(understood, "the next worker finished the work", limit=90)
    watching.cancel()


async def test_up_starts_says_where_the_console_is_and_stops_at_sigterm(tmp_path, hotline, free_port):
    """In a second folder beside the first: two hotlines on one machine do not meet."""
    environment = {**os.environ, "LIANXIN_VAR": str(tmp_path / "second")}
    (tmp_path / "second" / "asterisk").mkdir(parents=True)
    root = Path(hotline.settings.var) / "asterisk" / "root"
    (tmp_path / "second" / "asterisk" / "root").symlink_to(root.resolve())
    from lianxin.asterisk.ports import Ports

    ports = Ports.free()
    environment |= {
        "LIANXIN_ASTERISK__SIP_PORT": str(ports.sip), "LIANXIN_ASTERISK__HTTP_PORT": str(ports.http),
        "LIANXIN_ASTERISK__RTP_START": str(ports.rtp_start), "LIANXIN_ASTERISK__RTP_END": str(ports.rtp_end),
        "LIANXIN_WEB__PORT": str(free_port()),
    }  # fmt: skip
    up = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "lianxin", "up", env=environment, cwd=tmp_path,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    said = ""
    try:
        async with asyncio.timeout(60):
            while "Stop with Ctrl-C" not in said:
                line = (await up.stdout.readline()).decode()
                assert line, f"it ended: {said}"
                said += line
        assert re.search(r"one-time password \S{8,}", said)
        address = re.search(r"Console: (http://\S+)", said)[1]
        async with httpx.AsyncClient(follow_redirects=True, trust_env=False) as browser:
            assert (await browser.get(address)).status_code == 200
    finally:
        up.terminate()
        said += (await asyncio.wait_for(up.stdout.read(), 40)).decode()
    assert await up.wait() == 0, said
