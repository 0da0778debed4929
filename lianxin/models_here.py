"""The speech models of this machine, as the console shows them and lets people choose among them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from asr.errors import AsrError, ModelUnusable
from asr.model_folder import ModelFolder, look_into
from asr.models import TRIAL_MODEL, TRIAL_NAME, installed_models, resolve_model
from lianxin.compose import var_of
from lianxin.engines import Said, at_once, later
from lianxin.settings import Settings
from web.system.insight import ModelShown


@dataclass(frozen=True, slots=True)
class ModelsHere:
    """Nothing of it is loaded: a large model takes gigabytes."""

    models: Sequence[ModelShown]
    """The embedded one first."""
    usual: str
    """Key of the one that hears calls when they have ended; empty when it is missing."""
    second: str
    """Key of the one that hears them again; empty when there is none."""
    trouble: str
    """Why a model that is named cannot be used; empty when all can."""


def models_here(settings: Settings, said: Said) -> ModelsHere:
    """Look at the folders anew."""
    now, again = at_once(settings, said), later(settings, said)
    found, trouble = _named({*now.models, *again.models}, settings)
    there = _there(settings, found.values())
    hears = {found[name] for name in now.models if name in found}
    hears_again = {found[name] for name in again.models if name in found} - hears
    shown = [
        ModelShown(key, each.name, path in hears, path in hears_again, each.trial, each.sample_rate)
        for path, (key, each) in there.items()
    ]
    keys = {name: there[path][0] for name, path in found.items()}
    second = said.get("second_model", settings.asr.second_model)
    return ModelsHere(shown, keys.get(now.usual, ""), keys.get(second, "") if second else "", trouble)


def _named(names: set[str], settings: Settings) -> tuple[dict[str, Path], str]:
    """Where the models of those names are, and the first reason why one is nowhere."""
    found, trouble = dict[str, Path](), ""
    for name in sorted(names):
        try:
            found[name] = resolve_model(name, var_of(settings) / "models").resolve()
        except AsrError as error:
            trouble = trouble or str(error)
    return found, trouble


def _there(settings: Settings, named: Iterable[Path]) -> dict[Path, tuple[str, ModelFolder]]:
    """All models, each with what the settings call it: embedded, installed, and in folders that somebody named."""
    there = {TRIAL_MODEL.resolve(): (TRIAL_NAME, look_into(TRIAL_MODEL))}
    for model in installed_models(var_of(settings) / "models"):
        if not isinstance(model, ModelUnusable):
            there[model.path.resolve()] = (model.path.name, model)
    for path in sorted({*named} - there.keys()):
        there[path] = (str(path), look_into(path))
    return there
