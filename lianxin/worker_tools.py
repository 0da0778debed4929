"""What a worker works with, put together from the settings."""

import structlog

from asr.errors import AsrError
from lianxin.compose import load_classifier, load_seal
from lianxin.engines import Choice, Said, at_once, load
from lianxin.quality_rules import load_rules
from lianxin.settings import Settings
from recordings.archive import Archive
from worker.tools import Tools

log = structlog.get_logger()


def make_tools_as_said(settings: Settings, archive: Archive, said: Said) -> Tools:
    """The tools with the models that people chose in the console, else with those of the settings.

    A chosen model that cannot be used here must not stop the work: the log names it, and the settings hold.
    Raises what `make_tools` raises of the settings' own.
    """
    try:
        return make_tools(settings, archive, at_once(settings, said))
    except AsrError as error:
        if not said:
            raise
        log.warning("chosen-model-unusable", models=sorted(said.values()), problem=str(error))
        return make_tools(settings, archive, at_once(settings))


def make_tools(settings: Settings, archive: Archive, choice: Choice) -> Tools:
    """Raises what loading models, classifier, rules and key raises."""
    engine, by_flow = load(settings, choice)
    return Tools(
        archive,
        engine,
        load_classifier(settings),
        rulebook=load_rules(settings),
        seal=load_seal(settings),
        engines_by_flow=by_flow,
    )
