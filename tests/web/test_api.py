"""The API as a program meets it: what it is given, what it may change, and what it is refused."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from recordings import users
from recordings.tables import Audit, Case, Note, Token
from recordings.tokens import revoke_token
from web.api.desk import OPERATIONS
from web.api.pace import Pace
from web.app import create_app
from web.calls import queries
from web.session.rights import ROUTES, SCOPES

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
PASSWORD = "long enough to be good"


def test_a_program_finds_a_call_reads_it_hears_it_corrects_it_and_notes_something(program, exchange, archive) -> None:
    exchange.call("电费太高了", category="billing")
    call = exchange.call("家里停电了", "我在东湖", category="repair", urgency="urgent", evidence=("停电",))
    crm = program("calls", "review")
    (found,) = crm.asks("/calls?q=停电&urgent=1")["calls"]
    assert (found["id"], found["category"], found["cases"]) == (call, "repair", [100002])
    assert found["moment"] == {"recording_id": "rec0002", "second": 1.5}
    whole = crm.asks(f"/calls/{call}")
    assert whole["recordings"][0]["turns"][0]["text"] == "家里停电了"
    assert whole["machine"]["evidence"] == ["停电"]
    sound = crm.asks(f"/calls/{call}/recordings/rec0002.wav", 206, headers={"Range": "bytes=0-3"})
    assert sound.data == b"RIFF"
    corrected = crm.says(f"/calls/{call}/category", {"category": "complaint"})
    assert (corrected["category"], corrected["corrections"][0]["by"]) == ("complaint", "li")
    noted = crm.says(f"/calls/{call}/notes", {"text": "已联系", "recording_id": "rec0002", "second": 1.5})
    assert noted["notes"][0]["moment"] == {"recording_id": "rec0002", "second": 1.5}
    with archive.reading() as s:
        done = list(s.execute(select(Audit.action, Audit.target).where(Audit.action.like("% token-1"))))
    assert {("viewed token-1", call), ("listened token-1", "rec0002"), ("api.correct token-1", call)} <= set(done)


def test_a_program_moves_a_case_once(program, exchange) -> None:
    exchange.call("家里停电了", category="repair")
    crm = program("cases")
    (waiting,) = crm.asks("/cases?state=open")["cases"]
    assert (waiting["number"], waiting["category"], "dispatched" in waiting["moves"]) == (100001, "repair", True)
    assert crm.says("/cases/100001/state", {"state": "dispatched"})["state"] == "dispatched"
    assert crm.says("/cases/100001/state", {"state": "dispatched"}, 409)["type"] == "urn:lianxin:case-moved-on"
    assert crm.asks("/cases/100001")["state"] == "dispatched"


def test_pages_lead_from_one_to_the_next(program, exchange, monkeypatch) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    ids = [exchange.call("停电", category="repair") for _ in range(3)]
    crm = program("calls")
    first = crm.asks("/calls")
    second = crm.asks(f"/calls?after={first['older']}")
    assert [call["id"] for call in first["calls"] + second["calls"]] == ids[::-1]
    assert second["older"] is None
    assert crm.asks(f"/calls?before={second['newer']}")["calls"] == first["calls"]


def test_the_day_in_figures(program, exchange, archive) -> None:
    with archive.session() as s:
        users.set_role(s, "li", "supervisor", NOON)
    exchange.call("家里停电了", category="repair")
    day = program("reports").asks("/reports/2026-03-02")
    assert day["calls"]["now"] == 1
    assert day["categories"] == [{"name": "repair", "now": 1, "before": 0}]


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x", "Bearer lianxin_1_", "Bearer lianxin_1_no", "Basic bGk6"])
def test_without_a_good_token_nothing_opens(app, program, header) -> None:
    program()
    answer = app.test_client().get("/api/v1/calls", headers={"Authorization": header} if header else {})
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert answer.json["type"] == "urn:lianxin:token-missing"


def test_a_session_of_the_console_is_no_token(agent) -> None:
    assert agent.client.get("/api/v1/calls").status_code == 401


def test_revoked_expired_and_of_somebody_disabled_it_is_good_for_nothing(program, archive) -> None:
    revoked, expired, good = program(), program(lasts=timedelta(seconds=-1)), program()
    with archive.session() as s:
        revoke_token(s, revoked.number, NOON)
    revoked.asks("/token", 401)
    expired.asks("/token", 401)
    assert good.asks("/token")["user"] == "li"
    with archive.session() as s:
        users.disable_user(s, "li", NOON)
    good.asks("/token", 401)


@pytest.mark.parametrize("role", users.ROLES)
def test_a_token_opens_its_scopes_and_no_more_than_its_user_may(program, exchange, archive, role) -> None:
    call = exchange.call("家里停电了", category="repair")
    with archive.session() as s:
        users.set_role(s, "li", role, NOON)
    given = {"call_id": call, "recording_id": "rec0001", "number": "100001", "day": "2026-03-02"}
    for scope in SCOPES:
        crm = program(scope)
        for each in OPERATIONS:
            path = each.path
            for name, value in given.items():
                path = path.replace(f"<int:{name}>", value).replace(f"<{name}>", value)
            answer = crm.client.open(f"/api/v1{path}", method=each.method, headers=crm.key, json={})
            right = ROUTES[f"api.{each.name}"]
            may = right in ("none", "self") or (
                right == scope and (right != "reports" or role in ("supervisor", "admin"))
            )
            assert (answer.status_code != 403) == may, (role, scope, each.name, answer.text)


def test_calls_of_other_districts_are_not_there(program, exchange, archive) -> None:
    call = exchange.call("家里停电了", category="repair")
    with archive.session() as s:
        s.scalars(select(Case)).one().district = "2"
        users.set_districts(s, "li", ["1"], NOON)
    crm = program()
    assert crm.asks("/calls")["calls"] == crm.asks("/cases")["cases"] == []
    for path in (f"/calls/{call}", f"/calls/{call}/recordings/rec0001.wav", "/cases/100001"):
        assert crm.asks(path, 404)["status"] == 404
    crm.says(f"/calls/{call}/notes", {"text": "x"}, 404)
    crm.says("/cases/100001/state", {"state": "dispatched"}, 404)
    with archive.reading() as s:
        assert s.scalars(select(Note)).all() == []


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("category", b"{"),
        ("category", b'{"category": "nonsense"}'),
        ("category", b'{"category": "repair", "more": 1}'),
        ("category", b'{"category": null}'),
        ("notes", b'{"text": " "}'),
        ("notes", b"[]"),
    ],
)
def test_a_body_that_is_not_as_described_is_refused_and_changes_nothing(program, exchange, archive, path, body) -> None:
    call, crm = exchange.call("家里停电了", category="repair"), program()
    answer = crm.client.post(
        f"/api/v1/calls/{call}/{path}", data=body, headers=crm.key, content_type="application/json"
    )
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")
    assert "openapi.json" in answer.json["detail"]
    assert crm.asks(f"/calls/{call}")["corrections"] == crm.asks(f"/calls/{call}")["notes"] == []


def test_a_note_on_a_recording_that_is_not_the_calls_is_not_found_and_not_kept(program, exchange) -> None:
    call, crm = exchange.call("家里停电了", category="repair"), program()
    crm.says(f"/calls/{call}/notes", {"text": "x", "recording_id": "none", "second": 1}, 404)
    assert crm.asks(f"/calls/{call}")["notes"] == []


@pytest.mark.parametrize(
    "query", ["catgory=repair", "q=a&q=b", "category=x", "day=31", "urgent=2", "after=no", "q=" + "x" * 101]
)
def test_a_misspelt_question_is_said_and_not_answered_with_everything(program, query) -> None:
    program().asks(f"/calls?{query}", 404 if query == "after=no" else 400)


def test_what_there_is_not_is_a_problem_and_no_page(program) -> None:
    crm = program()
    for path in ("/nothing", "/calls/none", "/calls/%00", "/cases/99999999999999999999", "/calls/a/recordings/b.wav"):
        assert crm.asks(path, 404)["title"] == "Not Found"
    answer = crm.client.delete("/api/v1/calls", headers=crm.key)
    assert (answer.status_code, "GET" in answer.headers["Allow"]) == (405, True)


def test_who_asks_too_often_waits(archive, program) -> None:
    crm = program()
    slow = create_app(archive, secret_key="s", zone=NOON.tzinfo, api_per_minute=3).test_client()
    answers = [slow.get("/api/v1/token", headers=crm.key) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 20


def test_the_pace_is_even_and_each_token_has_its_own() -> None:
    now = [0.0]
    pace = Pace(60, lambda: now[0])
    assert [pace.wait(1) for _ in range(61)] == [0] * 60 + [1]
    assert pace.wait(2) == 0
    now[0] = 1.0
    assert [pace.wait(1), pace.wait(1)] == [0, 1]


def test_no_token_is_kept(program, archive) -> None:
    crm = program()
    with archive.reading() as s:
        row = s.scalars(select(Token)).one()
    assert crm.key["Authorization"].removeprefix("Bearer ") not in str(vars(row))


def test_no_cookie_is_given_to_a_program(program) -> None:
    crm = program()
    assert "Set-Cookie" not in crm.client.get("/api/v1/token", headers=crm.key).headers
