"""Which model hears which calls: one for most, others for those who came into certain flows; at once, or later."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from lianxin.settings import Settings

if TYPE_CHECKING:
    from asr.engine import Engine

Said = Mapping[str, str]
"""Models that people chose in the console, by what they are for: model | second_model, as in `[asr]`."""
NOTHING: Said = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Choice:
    """Models by name or folder, as the settings have them; an empty name is the embedded trial model."""

    usual: str
    by_flow: Mapping[str, str]
    """Those of flows of the menu that have one of their own."""

    @property
    def models(self) -> tuple[str, ...]:
        """Each once, the usual one first."""
        return tuple(dict.fromkeys((self.usual, *self.by_flow.values())))


def at_once(settings: Settings, said: Said = NOTHING) -> Choice:
    """What hears a call when it has ended; what people said in the console goes before the settings."""
    return Choice(said.get("model", settings.asr.model), settings.asr.models_by_flow)


def later(settings: Settings, said: Said = NOTHING) -> Choice:
    """What hears it again: the second models, where there are any; elsewhere what hears it at once."""
    asr, now = settings.asr, at_once(settings, said)
    if second := said.get("second_model", asr.second_model):
        return Choice(second, asr.second_models_by_flow)
    return Choice(now.usual, {**now.by_flow, **asr.second_models_by_flow})


def said_in_console(settings: Settings) -> Said:
    """What people chose in the console; nothing while there is no database to be read."""
    from lianxin.compose import in_console
    from recordings.amendments import models_said

    return in_console(settings, models_said) or NOTHING


def load(settings: Settings, choice: Choice) -> "tuple[Engine, dict[str, Engine]]":
    """The usual recogniser, and those by flow; each model is once in memory. Raises ModelMissing, ModelUnusable."""
    from lianxin.compose import load_engine

    loaded = {model: load_engine(settings, model) for model in choice.models}
    return loaded[choice.usual], {flow: loaded[model] for flow, model in choice.by_flow.items()}
