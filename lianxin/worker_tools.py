"""What a worker works with, put together from the settings."""

from lianxin.compose import load_classifier, load_seal
from lianxin.engines import Choice, load
from lianxin.quality_rules import load_rules
from lianxin.settings import Settings
from recordings.archive import Archive
from worker.tools import Tools


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
