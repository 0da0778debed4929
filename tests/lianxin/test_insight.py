"""What the console is told of the hotline of these settings."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from asr.models import TRIAL_MODEL, TRIAL_NAME
from lianxin import compose
from lianxin.insight import HotlineInsight
from lianxin.lessons import adopt
from lianxin.menu_in_use import load_menu_book
from lianxin.settings import Settings
from lianxin.telephony import load_prompts
from recordings import amendments
from recordings.archive import Archive
from recordings.users import add_user, user_by_name
from triage.classifier import Classifier
from triage.learning import Label
from triage.verdict import Category
from web.errors import NothingToRestore


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("LIANXIN_VAR", str(tmp_path))
    return Settings()


def test_the_shipped_hotline_is_told_whole(settings: Settings) -> None:
    overview = HotlineInsight(settings).overview()
    assert [(model.name, model.used, model.trial) for model in overview.models] == [("lianxin-trial-2.1", True, True)]
    assert (overview.model_trouble, overview.rules_trouble, overview.can_restore) == ("", "", False)
    assert any(rule.fatal for rule in overview.rules)
    assert overview.days == 180
    menu = HotlineInsight(settings).menu()
    assert menu.trouble == ""
    assert menu.first
    assert {"repair", "billing", "complaint"} <= {place.name for place in menu.first.branches}
    assert all(place.said for place in menu.first.branches if place.kind in ("menu", "message"))


def choose(var: Path, use: amendments.ModelFor, model: str) -> None:
    with console(var) as by:
        amendments.amend_model(by.pop("s"), use, model, **by)


@contextmanager
def console(var: Path) -> Iterator[dict[str, Any]]:
    """What an admin who changes something there hands over."""
    archive, now = Archive.open(f"sqlite:///{var / 'lianxin.db'}", str(var / "archive")), datetime.now(UTC)
    with archive.session() as s:
        user = user_by_name(s, "root") or add_user(s, name="root", password="a test's own words", role="admin", at=now)
        s.flush()
        yield {"s": s, "reason": "to try it", "user_id": user.id, "at": now}
    archive.close()


def test_the_menu_of_the_console_goes_before_the_file(settings: Settings, tmp_path: Path) -> None:
    insight = HotlineInsight(settings)
    file = insight.menu().text
    with console(tmp_path) as by:
        amendments.amend_menu(by.pop("s"), file.replace('1 = "repair"', '6 = "repair"'), **by)
    shown = insight.menu()
    assert shown.first
    assert (shown.trouble, "6" in {place.key for place in shown.first.branches}) == ("", True)
    assert load_menu_book(settings, load_prompts(settings)).menus["main"].keys["6"] == "repair"
    tried = insight.menu(file.replace('1 = "repair"', '1 = "nowhere"'))
    assert (tried.first, tried.trouble[:23]) == (None, "the menu of the console")
    assert "nowhere" in tried.trouble
    assert insight.menu().text == shown.text, "what is tried holds for nobody"
    with console(tmp_path) as by:
        amendments.withdraw(by.pop("s"), "menu", "", **by)
    assert insight.menu().text == file


def test_models_that_people_chose_go_before_those_of_the_settings(settings: Settings, tmp_path: Path) -> None:
    other = shutil.copytree(TRIAL_MODEL, tmp_path / "models" / "other")
    (other / "TRIAL").unlink()
    settings.asr.second_model = TRIAL_NAME
    by_settings = HotlineInsight(settings).overview()
    assert (by_settings.model, by_settings.second_model) == (TRIAL_NAME, TRIAL_NAME)
    choose(tmp_path, "model", "other")
    chosen = HotlineInsight(settings).overview()
    assert (chosen.model, chosen.second_model) == ("other", TRIAL_NAME)
    assert [(each.key, each.used, each.again) for each in chosen.models] == [
        (TRIAL_NAME, False, True), ("other", True, False),
    ]  # fmt: skip
    choose(tmp_path, "second_model", "")
    none = HotlineInsight(settings).overview()
    assert (none.model, none.second_model, none.model_trouble) == ("other", "", "")
    choose(tmp_path, "model", "gone")
    missing = HotlineInsight(settings)
    assert (missing.overview().model, "gone" in missing.overview().model_trouble) == ("", True)
    assert missing.health()[-1].state == "wrong"


def test_what_cannot_be_used_says_why_and_the_rest_is_told(settings: Settings, tmp_path: Path) -> None:
    broken = tmp_path / "menu.toml"
    broken.write_text("[menus", "utf-8")
    settings.ivr.menu, settings.asr.model, settings.quality.rules = broken, "no-such-model", tmp_path / "nowhere"
    insight = HotlineInsight(settings)
    assert str(broken) in insight.menu().trouble
    overview = insight.overview()
    assert "lianxin model install" in overview.model_trouble
    assert "nowhere" in overview.rules_trouble
    assert overview.models


def test_health_loads_no_model_into_the_console(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def loaded(*_: object) -> None:
        raise AssertionError("a large model would stay in the console's memory")

    monkeypatch.setattr(compose, "load_engine", loaded)
    monkeypatch.setattr(Classifier, "trained", loaded)
    parts = {notice.part: notice for notice in HotlineInsight(settings).health()}
    assert {"asterisk", "menu", "prompts", "disk", "model"} <= set(parts)
    assert (parts["model"].state, "TRIAL" in parts["model"].says) == ("note", True)
    settings.asr.model = "no-such-model"
    assert HotlineInsight(settings).health()[-1].state == "wrong"


def test_a_lesson_is_told_and_can_be_taken_back_once_it_was_learnt(settings: Settings, tmp_path: Path) -> None:
    insight = HotlineInsight(settings)
    with pytest.raises(NothingToRestore):
        insight.restore_classifier()
    adopt(tmp_path / "triage", [Label("停电了", Category.REPAIR, "li")], "# a card")
    overview = insight.overview()
    assert (overview.labels, overview.card, overview.can_restore) == (1, "# a card", True)
    assert insight.restore_classifier() == 0
    assert insight.overview().labels == 0
