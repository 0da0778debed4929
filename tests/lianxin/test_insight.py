"""What the console is told of the hotline of these settings."""

import shutil
from pathlib import Path

import pytest

from asr.models import TRIAL_MODEL, TRIAL_NAME
from lianxin import compose
from lianxin.insight import HotlineInsight
from lianxin.lessons import adopt
from lianxin.settings import Settings
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


def test_models_that_people_chose_go_before_those_of_the_settings(settings: Settings, tmp_path: Path) -> None:
    other = shutil.copytree(TRIAL_MODEL, tmp_path / "models" / "other")
    (other / "TRIAL").unlink()
    settings.asr.second_model = TRIAL_NAME
    by_settings = HotlineInsight(settings).overview()
    assert (by_settings.model, by_settings.second_model) == (TRIAL_NAME, TRIAL_NAME)
    chosen = HotlineInsight(settings, lambda: {"model": "other"}).overview()
    assert (chosen.model, chosen.second_model) == ("other", TRIAL_NAME)
    assert [(each.key, each.used, each.again) for each in chosen.models] == [
        (TRIAL_NAME, False, True), ("other", True, False),
    ]  # fmt: skip
    none = HotlineInsight(settings, lambda: {"second_model": ""}).overview()
    assert (none.model, none.second_model, none.model_trouble) == (TRIAL_NAME, "", "")
    missing = HotlineInsight(settings, lambda: {"model": "gone"})
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
