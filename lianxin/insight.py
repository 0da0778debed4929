"""What the console shows of the rest of the hotline, looked up anew for every page."""

import os
from collections.abc import Sequence
from pathlib import Path

from lianxin.compose import var_of
from lianxin.engines import said_in_console
from lianxin.models_here import models_here
from lianxin.settings import Settings
from web.errors import NothingToRestore
from web.system.insight import MenuShown, Notice, Overview, RuleShown


class HotlineInsight:
    """The hotline of these settings, as `web.system.insight.Insight` wants to know it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def overview(self) -> Overview:
        """How it is set up; what cannot be read says why."""
        from lianxin.lessons import BEFORE, CARD, labels_in_use
        from lianxin.quality_rules import rules_folder

        lessons = var_of(self._settings) / "triage"
        here = models_here(self._settings, said_in_console(self._settings))
        rules, rules_trouble = self._rules()
        card = lessons / CARD
        return Overview(
            settings_file=_settings_file(),
            models=here.models,
            model=here.usual,
            second_model=here.second,
            model_trouble=here.trouble,
            labels=len(labels_in_use(lessons)),
            card=card.read_text("utf-8") if card.exists() else "",
            can_restore=(lessons / BEFORE).exists(),
            rules_folder=str(rules_folder(self._settings)),
            rules=rules,
            rules_trouble=rules_trouble,
            days=self._settings.retention.days,
            days_by_category=self._settings.retention.days_by_category,
        )

    def menu(self, text: str | None = None) -> MenuShown:
        """Which key leads where, by the menu in use or by that text; one that cannot be used says why."""
        from lianxin.errors import known_errors
        from lianxin.menu_drawing import drawn
        from lianxin.menu_in_use import OF_CONSOLE, menu_file, menu_in_use, read_book
        from lianxin.menu_notes import menu_notes
        from lianxin.telephony import load_prompts

        file, said = str(menu_file(self._settings)), text or ""
        try:
            path, said = menu_in_use(self._settings) if text is None else (OF_CONSOLE, text)
            prompts = load_prompts(self._settings)
            book = read_book(path, said, prompts)
        except known_errors() as error:
            return MenuShown(file, said, "", None, (), str(error))
        notes = menu_notes(book, prompts)
        return MenuShown(file, said, prompts.text("notice.recording"), drawn(book, prompts), notes)

    def health(self) -> Sequence[Notice]:
        """Every part, looked at as by `lianxin doctor`, but nothing is loaded that would stay in the console's memory.

        A large model takes gigabytes: here it is known by its files alone.
        """
        from lianxin.diagnosis import examine

        found = examine(self._settings, without=("model", "triage", "softphone"))
        return [*(Notice(each.part, each.state, each.says) for each in found), self._model()]

    def restore_classifier(self) -> int:
        """Put the classifier before the last lesson back. Raises NothingToRestore."""
        from lianxin.lessons import restore
        from triage.errors import LabelsUnusable

        try:
            return restore(var_of(self._settings) / "triage")
        except LabelsUnusable as error:
            raise NothingToRestore(str(error)) from error

    def _model(self) -> Notice:
        here = models_here(self._settings, said_in_console(self._settings))
        if here.trouble:
            return Notice("model", "wrong", here.trouble)
        used = [model for model in here.models if model.used]
        if trial := next((model.name for model in used if model.trial), None):
            mend = "install an official one: lianxin model install vosk-model-small-cn-0.22"
            return Notice("model", "note", f"{trial} is for TRIAL only: it hears real people poorly; {mend}")
        return Notice("model", "well", "; ".join(f"{model.name}, {model.rate} Hz" for model in used))

    def _rules(self) -> tuple[Sequence[RuleShown], str]:
        from lianxin.quality_rules import load_rules
        from quality.errors import QualityError

        try:
            rules = load_rules(self._settings).rules
        except QualityError as error:
            return (), str(error)
        return [RuleShown(rule.id, rule.zh, rule.en, rule.item, rule.points, rule.fatal) for rule in rules], ""


def _settings_file() -> str:
    """The settings file that is read, as an absolute path; empty when there is none."""
    file = Path(os.environ.get("LIANXIN_SETTINGS", "") or "lianxin.toml")
    return str(file.absolute()) if file.is_file() else ""
