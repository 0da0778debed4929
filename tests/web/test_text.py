"""The catalogue holds what the pages say, no more and no less."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from lianxin.menu_picture import KINDS
from orders.commitments import Promised
from orders.outages import Cause
from orders.states import CaseState
from quality.rule import Item
from recordings.agents import PHONE_SILENT, WISHES
from recordings.announcing import ANNOUNCED
from recordings.call_state import CallState
from recordings.ledger import BROKEN_OFF
from recordings.reviews import SheetState
from recordings.users import ROLES
from triage.facts.fact import FactKind
from triage.privacy.finding import Kind
from triage.verdict import Category, Urgency
from web.calls.judged import _of_side
from web.cases.queries import View
from web.queue.pages import REASONS
from web.reports.promises import Kept
from web.session.rights import SCOPES
from web.text import Text
from web.times import span, told

WEB = Path(__file__).parents[2] / "web"
SOURCES = [*WEB.glob("templates/*.html"), *WEB.rglob("*.py")]
WRITTEN = re.compile(r"""["']([a-z-]+\.[a-z-]+)["']""")

OUTCOMES = {"solved", "not-solved", "silent", "machine"} | {
    "reported",
    "asked",
    "complained",
    "message-left",
    "informed",
    "spoken",
    "hung-up",
    "lost",
    "fallback",
}
FAMILIES = {
    "category": {category.value for category in Category},
    "urgency": {urgency.value for urgency in Urgency},
    "state": {state.value for state in CallState},
    "outcome": OUTCOMES,
    "flow": {
        "main",
        "repair",
        "billing",
        "complaint",
        "business",
        "progress",
        "service",
        "outages",
        "person",
        "callback",
        "follow-up",
    },
    "fact": {kind.value for kind in (*FactKind, *Kind)},
    "mood": {"angry", "worried", "thankful", "sad"},
    "case-state": {state.value for state in CaseState},
    "case-move": {state.value for state in CaseState},
    "case-view": {view.value for view in View},
    "case-promise": {promised.value for promised in Promised},
    "promised": {promised.value for promised in Promised},
    "became": {kept.value for kept in Kept},
    "callback-state": {"waiting", "calling", "reached", "given-up"},
    "callback-answer": {"solved", "not-solved", "person", "silent"},
    "callback-result": {"on", "answered", "machine", "no-answer", "busy", "refused", "unreachable", "lost"},
    "presence": {"ready", "paused", "away"},
    "presence-now": {"ready", "paused", "away"},
    "pause": {*REASONS, PHONE_SILENT},
    "wished": set(WISHES),
    "outage-cause": set(Cause),
    "extent": {"one", "many", "danger"},
    "side": {"caller", "agent"},
    "item": {item.value for item in Item},
    "why": {"fatal", "dissatisfied", "new-agent", "share"},
    "sheet-state": {state.value for state in SheetState},
    "standing": {"praise", "warn", "none"},
    "example": {"good", "bad"},
    "quality-nav": {"queue", "samples", "calibrations", "month", "examples"},
    "own-scores": {"acknowledged", "appealed"},
    "role": set(ROLES),
    "scope": set(SCOPES),
    "token-state": {"good", "revoked", "expired", "disabled"},
    "hook-event": {event.replace(".", "-") for event in ANNOUNCED},
    "delivery-state": {"waiting", "delivered", "given-up"},
    "admin-nav": {"people", "programs", "system", "menu", "health", "audit"},
    "menu-kind": set(KINDS),
    "health-state": {"well", "note", "wrong"},
    "measure": set(_of_side(None)),
    "ended": {"key", "silence", "limit", "hang-up", BROKEN_OFF},
}
"""Ids whose second half is a value of the archive."""


def ids_in_sources() -> set[str]:
    return {found for source in SOURCES for found in WRITTEN.findall(source.read_text("utf-8"))}


def built_ids() -> set[str]:
    """Ids put together in a template: of a value's family, or of a few values that the code gives."""
    built = {f"{family}.{member}" for family, members in FAMILIES.items() for member in members}
    built |= {f"recording.{state}" for state in ("requested", "absent", "failed")}
    built |= {f"list.{by_person}" for by_person in ("corrected", "confirmed")}
    return built | {text_id for text_id in Text.load().ids() if text_id.startswith(("event.", "did."))}


def in_a_group(text_id: str, groups: set[str]) -> bool:
    group, member = text_id.split(".")
    return group in groups and member not in ("html", "js", "css", "toml")


def test_every_id_that_the_pages_use_is_in_the_catalogue() -> None:
    catalogue = Text.load()
    groups = {text_id.split(".")[0] for text_id in catalogue.ids()}
    used = {text_id for text_id in ids_in_sources() if in_a_group(text_id, groups)}
    assert used | built_ids() <= catalogue.ids()
    called = re.compile(r"""\b(?:t|zh|both)\(["']([^"']+)["'](?!\s*~)""")
    for template in WEB.glob("templates/*.html"):
        assert set(called.findall(template.read_text("utf-8"))) <= catalogue.ids(), template.name


def test_every_id_of_the_catalogue_is_used() -> None:
    assert Text.load().ids() - ids_in_sources() - built_ids() == set()


def test_every_event_that_is_logged_has_a_name() -> None:
    root = WEB.parent
    logged = re.compile(r"""(?:log_event\([^")]*|\.log\([^")]*)"([a-z-]+)\"""")
    sources = [
        *root.glob("recordings/*.py"),
        *root.glob("ivr/*.py"),
        *root.glob("orders/*.py"),
        *root.glob("worker/*.py"),
    ]
    kinds = {kind for source in sources for kind in logged.findall(source.read_text("utf-8"))}
    assert {"rang", "case-opened", "triaged"} <= kinds
    assert {f"event.{kind}" for kind in kinds} <= Text.load().ids()


def test_both_languages_take_the_same_values() -> None:
    catalogue = Text.load()
    for text_id in catalogue.ids():
        phrase = catalogue[text_id]
        assert phrase.zh.strip(), text_id
        assert phrase.en.strip(), text_id
        spoken = set(re.findall(r"\{(\w+)\}", phrase.zh))
        assert set(re.findall(r"\{(\w+)\}", phrase.en)) <= spoken, text_id


def test_a_time_in_a_sentence_is_said_in_both_languages() -> None:
    """Templates put no time that is written in Chinese alone into a phrase, whose other half is English."""
    in_chinese = re.compile(r"""\b(?:t|both)\([^{}]*times\.(?:short|short_day|calendar_day|near_day)\(""")
    for template in WEB.glob("templates/*.html"):
        assert not in_chinese.search(template.read_text("utf-8")), template.name
    both = Text.load()
    at = datetime(2026, 11, 7, 9, 5, tzinfo=UTC)
    assert both.en("case-promise.arrival", time=told(at)) == "On site by 7 Nov 09:05"
    assert both.zh("case-promise.arrival", time=told(at)) == "答应 11月7日 09:05 前到场"
    long = timedelta(days=2, hours=3, minutes=59)
    assert both.both("work.left", time=span(long)) == "还有 2天3小时 2 d 3 h left"
    assert both.both("work.over", time=span(-timedelta(minutes=65))) == "已超 1小时05分 1 h 05 min over"


def test_names_in_a_sentence_are_set_apart_as_its_language_does_it() -> None:
    praised = Text.listed(["王芳", "李强"])
    assert Text.load().both("own-scores.praised", names=praised) == (
        "本月表扬：王芳、李强。谢谢你们！ Praised this month: 王芳, 李强. Thank you!"
    )
