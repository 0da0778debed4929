"""What strangers, callers and slips send: every address, every field of every form, every word that was said."""

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from orders.districts import set_district
from orders.outages import add_outage
from recordings import agents, ledger, notes, users
from recordings.archive import Archive
from recordings.hooks import add_hook
from recordings.judgements import write_judgement
from recordings.samples import judged_calls, keep_sample
from recordings.saved_filters import save_filter
from recordings.tables import Call, Case, Turn, User
from recordings.tokens import make_token
from tests.web.conftest import NOON, PASSWORD, ZONE, Agent, Exchange
from tests.web.known_insight import KnownInsight
from web.app import create_app
from web.live import stream

ATTACK = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>'; DROP TABLE calls; -- {{7*7}} %s ../../etc/passwd 😀停电"
)
"""Markup, SQL, template, format, traversal and emoji, all in one."""
VALUES = (ATTACK, "𠀀" * 15_000, "9" * 30, "-1\0\u202e\ud7ff\r\nSet-Cookie: a=b")
RAW = ("<script>alert", "<img src=x", "49 %s")
"""What no page may hold."""
ARGUMENTS = (
    "q", "day", "state", "category", "urgent", "unsure", "before", "after", "view", "ended", "month", "user", "target",
    "next",
)  # fmt: skip
NO_PAGE = ("static", "api.", "live.", "session.sign_out")
STAYS = ("/sign-out", "/password", "/second-factor")
"""Forms about one's own session, which would end the test; tests/web/test_session.py is about them."""


@pytest.fixture
def app(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> Flask:
    monkeypatch.setattr(stream, "LONGEST", 0.0)
    app = create_app(archive, secret_key="s", zone=ZONE, calls_back=True, insight=KnownInsight(lessons=99))
    app.config["WTF_CSRF_ENABLED"] = False
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app


@pytest.fixture
def known(archive: Archive, exchange: Exchange) -> dict[str, object]:
    """Something of every kind, with hostile words wherever a caller or a colleague can put some."""
    call = exchange.call(ATTACK, category="repair", caller=ATTACK[:40], evidence=(ATTACK,))
    waits = exchange.call(ended=False, caller=ATTACK[:40])
    with archive.session() as s:
        root = users.add_user(s, name="root", password=PASSWORD, role="admin", at=NOON)
        other = users.add_user(s, name="<b>other", password=PASSWORD, at=NOON)
        case = s.scalars(select(Case).where(Case.call_id == call)).one()
        case.contact, case.district, case.promised, case.promised_at = ATTACK[:40], "1", "arrival", NOON
        for called in (call, waits):
            row = s.get_one(Call, called)
            row.line, row.menu_path, row.node = ATTACK[:40], f"main/{ATTACK}"[:200], ATTACK[:64]
            ledger.log_event(s, called, "entered", NOON, flow=ATTACK)
        set_district(s, key="1", name=ATTACK[:60], area="urban")
        agents.add_agent(s, "root", NOON)
        agents.joined(s, waits, NOON, first=True)
        write_judgement(s, call, basis="1", score=90, fatal=False, points={}, measures={}, findings=[], at=NOON)
        keep_sample(
            s, root.id, NOON, since=NOON, until=NOON, share=1, seed=7, chosen={call: "share"},
            calls=judged_calls(s, NOON.replace(year=2000), NOON.replace(year=2100)), reviewers=[root.id],
        )  # fmt: skip
        return {
            "call_id": call,
            "recording_id": "rec0001",
            "number": case.number,
            "user_id": other.id,
            "note_id": notes.add_note(s, call, root.id, ATTACK, NOON).id,
            "filter_id": save_filter(s, root.id, ATTACK[:40], {"q": ATTACK[:90]}, shared=True, at=NOON)[0].id,
            "outage_id": add_outage(s, district="1", since=NOON, area=ATTACK).id,
            "token_id": make_token(s, name=ATTACK[:60], user="root", scopes=["calls"], at=NOON, lasts=NOON - NOON)[
                0
            ].id,
            "hook_id": add_hook(s, url=f"http://127.0.0.1:9/{quote(ATTACK)}", events=["call.ended"], at=NOON).id,
            "calibration_id": 1,
            "turn_id": s.scalars(select(Turn.id)).first(),
            "kind": "csv",
            "table": "repeat",
        }


@pytest.fixture
def root(app: Flask, known: dict[str, object]) -> FlaskClient:
    """The admin, who comes everywhere."""
    client = app.test_client()
    assert Agent(client).client.post("/sign-in", data={"name": "root", "password": PASSWORD}).status_code == 303
    return client


def addresses(app: Flask, known: dict[str, object]) -> Iterator[str]:
    """Every page and file that can be opened."""
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if "GET" in (rule.methods or ()) and not rule.endpoint.startswith(NO_PAGE):
                given = {argument: known[argument] for argument in rule.arguments}
                yield app.url_map.bind("localhost").build(rule.endpoint, given).removeprefix("http://localhost")


class Forms(HTMLParser):
    """The forms of a page that change something: address, and names of fields with the values they would take."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, set[str]] = {}
        self._open: set[str] | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form" and given.get("method") == "post":
            self._open = self.found.setdefault(str(given["action"]), set())
        elif self._open is not None and tag in ("input", "select", "textarea", "button") and given.get("name"):
            self._open.add(str(given["name"]))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None


def test_nothing_that_anybody_said_or_wrote_is_markup_on_any_page(
    app: Flask, root: FlaskClient, known: dict[str, object]
) -> None:
    seen = 0
    for address in addresses(app, known):
        answer = root.get(address)
        assert answer.status_code < 500, address
        if answer.mimetype == "text/html":
            seen += "&lt;script&gt;" in answer.text
            assert [raw for raw in RAW if raw in answer.text] == [], address
    assert seen >= 8, "the words are there, as words"


def test_no_field_of_any_form_ends_in_a_fault_or_comes_back_as_markup(
    app: Flask, root: FlaskClient, known: dict[str, object], archive: Archive
) -> None:
    forms: dict[str, set[str]] = {}
    for address in addresses(app, known):
        answer = root.get(address)
        if answer.mimetype == "text/html":
            for action, names in Forms(answer.text).found.items():
                forms.setdefault(re.sub(r"\?.*", "", action), set()).update(names)
    assert {"/people", "/programs/tokens", "/programs/hooks", "/outages", "/queue/presence"} <= set(forms)
    assert len(forms) > 20
    for value in VALUES:
        for action, names in forms.items():
            if action not in STAYS:
                for _ in range(2):  # sent twice, as an impatient hand does
                    answer = root.post(action, data=dict.fromkeys(names - {"csrf_token"}, value))
                    assert answer.status_code < 500, (action, value[:60])
                    assert [raw for raw in RAW if raw in answer.text] == [], action
                    assert "a=b" not in answer.headers.get("Set-Cookie", "")
    with archive.reading() as s:
        assert s.get(Call, known["call_id"]) is not None
        assert s.scalars(select(User).where(User.name == "root")).one().role == "admin"


def test_no_argument_of_any_address_ends_in_a_fault(app: Flask, root: FlaskClient, known: dict[str, object]) -> None:
    hostile = (f"{ATTACK}\0", "9" * 30)
    for address in addresses(app, known):
        answer = root.get(address, query_string={"nobody-knows": "%" * 40_000})
        assert answer.status_code < 500, address
    for address in (
        "/calls",
        "/calls/call0001",
        "/cases",
        "/outages",
        "/reports",
        "/audit",
        "/quality/month",
        "/sign-in",
    ):
        for argument in ARGUMENTS:
            for value in hostile:
                answer = root.get(address, query_string={argument: value})
                assert answer.status_code < 500, (address, argument, value[:40])
                assert [raw for raw in RAW if raw in answer.text] == [], (address, argument)


def test_an_id_that_is_none_is_not_found_whatever_it_looks_like(
    app: Flask, root: FlaskClient, known: dict[str, object], someone: Callable[[], Agent]
) -> None:
    strange = ("../../etc/passwd", "..%2f..%2fetc", ATTACK, "a" * 5000, "\0", "💥", "call0001\n")
    numbers = (0, 2**31, 2**63, 10**40)
    with app.test_request_context():
        built = app.url_map.bind("localhost")
        for rule in app.url_map.iter_rules():
            named = rule.arguments & {
                "call_id", "recording_id", "note_id", "number", "user_id", "filter_id", "outage_id", "token_id",
                "hook_id", "calibration_id", "turn_id",
            }  # fmt: skip
            if rule.endpoint.startswith("api."):
                continue
            for argument in named:
                values = numbers if argument not in ("call_id", "recording_id") else strange
                for value in values:
                    given = {each: known[each] for each in rule.arguments} | {argument: value}
                    address = built.build(rule.endpoint, given, append_unknown=False)
                    method = "GET" if "GET" in (rule.methods or ()) else "POST"
                    answer = root.open(
                        address, method=method, data={"category": "billing", "text": "a", "state": "done"}
                    )
                    assert answer.status_code in (404, 400, 308), (rule.endpoint, argument, str(value)[:40])
                    assert "root:" not in answer.text
