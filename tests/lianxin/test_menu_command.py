"""`lianxin menu check` and `lianxin menu show`, and a branch with words of the utility's own."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ivr.prompts.catalogue import SHIPPED
from lianxin.cli.menu import app
from lianxin.places import CONFIG

BRANCH = """
[flows.tariffs]
kind = "information"
prompt = "tariffs.day"
[hours.office]
workdays = "08:30-17:30"
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A utility's folder with a text and a recording of its own."""
    (tmp_path / "catalogue.toml").write_text('[tariffs]\nday = "白天的电价是五角五分。"\n', "utf-8")
    shutil.copy(SHIPPED / "goodbye.wav", tmp_path / "tariffs.day.wav")
    monkeypatch.setenv("LIANXIN_IVR__PROMPTS", str(tmp_path))
    return tmp_path


def with_branch(own: Path, more: str = 'hours = "office"\noutside = "person"') -> Path:
    shipped = (CONFIG / "menu.toml").read_text("utf-8")
    file = own / "menu.toml"
    keys = shipped.replace("[menus.main.keys]\n", f'{more}\n[menus.main.keys]\n7 = "tariffs"\n', 1)
    file.write_text(keys + BRANCH, "utf-8")
    return file


def test_the_shipped_menu_is_right_and_shows_every_key():
    assert CliRunner().invoke(app, ["check"]).exit_code == 0
    shown = CliRunner().invoke(app, ["show"], env={"COLUMNS": "160"}).output
    for line in ("1  repair", "0  person", "*  back", "9  again"):
        assert line in shown


def test_a_branch_is_shown_with_its_words_its_hours_and_what_happens_outside_them(own):
    result = CliRunner().invoke(app, ["show", str(with_branch(own))], env={"COLUMNS": "160"})
    assert result.exit_code == 0, result.output
    assert "7  tariffs  information, then the menu again  “白天的电价是五角五分。”" in result.output
    assert "open: office (workdays 08:30-17:30, other days closed)" in result.output
    assert "closed  person" in result.output


def test_the_end_of_the_holiday_calendar_is_said_before_it_comes(own):
    result = CliRunner().invoke(app, ["check", str(with_branch(own))])
    assert result.exit_code == 0, result.output
    from datetime import date, timedelta

    from ivr.working_days import CALENDAR_ENDS

    assert ("known up to" in result.output) is (date.today() + timedelta(days=60) > CALENDAR_ENDS)  # noqa: DTZ011


def test_a_prompt_without_a_recording_is_named(own):
    (own / "tariffs.day.wav").unlink()
    result = CliRunner().invoke(app, ["check", str(with_branch(own))])
    assert result.exit_code != 0
    assert f"tariffs.day has no audio in {own}" in str(result.exception)
