"""The menu is changed in the console while the hotline runs: the next caller meets it, who is in a menu does not."""

from datetime import UTC, datetime

from lianxin.menu_in_use import menu_file
from lianxin.settings import Settings
from recordings.amendments import amend_menu, withdraw
from recordings.users import add_user


async def changed(line, text: str | None, how: str) -> None:
    """Let another menu hold, None for the file's, and wait until the controller has said how it went."""
    before, now = line.log.count(how), datetime.now(UTC)
    with line.archive.session() as s:
        name = f"admin{now.timestamp():.0f}"
        by = {"user_id": add_user(s, name=name, password="a test's own words", role="admin", at=now).id, "at": now}
        if text is None:
            withdraw(s, "menu", "", reason="enough", **by)
        else:
            amend_menu(s, text, reason="to try it", **by)
    await line.until(lambda: line.log.count(how) > before, f"the controller says {how}")


async def test_a_menu_changed_in_the_console_is_met_by_the_next_caller(line):
    shipped = menu_file(Settings()).read_text("utf-8")
    swapped = shipped.replace('1 = "repair"', '1 = "complaint"').replace('4 = "complaint"', '4 = "repair"')
    await line.stop_controller()
    line.environment["LIANXIN_IVR__KEY_WAIT"] = "60"  # the first caller thinks about it for as long as the change takes
    await line.start_controller()
    early = await line.call()
    await early.begins_to_hear("menu.main")
    await changed(line, swapped, '"menu-changed"')
    late = await line.call()
    await late.begins_to_hear("menu.main")
    await late.press("1")
    await late.begins_to_hear("complaint.describe")
    await early.press("1")
    await early.begins_to_hear("repair.danger-key")
    for caller in (early, late):
        await caller.hang_up()

    await changed(line, "[menus", '"menu-refused"')
    still = await line.call()
    await still.begins_to_hear("menu.main")
    await still.press("4")
    await still.begins_to_hear("repair.danger-key")
    await still.hang_up()

    await changed(line, None, '"menu-changed"')
    last = await line.call()
    await last.begins_to_hear("menu.main")
    await last.press("1")
    await last.begins_to_hear("repair.danger-key")
    await last.hang_up()
    paths = [call.menu_path for call in await line.settled(number=4)]
    assert paths == ["main/repair", "main/complaint", "main/repair", "main/repair"]


async def test_a_controller_begins_with_the_menu_of_the_console(line):
    shipped = menu_file(Settings()).read_text("utf-8")
    await changed(line, shipped.replace('2 = "billing"', '2 = "complaint"'), '"menu-changed"')
    await line.stop_controller()
    await line.start_controller()
    caller = await line.call()
    await caller.begins_to_hear("menu.main")
    await caller.press("2")
    await caller.begins_to_hear("complaint.describe")
    await caller.hang_up()
    (call,) = await line.settled()
    assert call.menu_path == "main/complaint"
