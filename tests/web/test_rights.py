"""Who may come where: every route, for every role, for a call of the reader's own district and of another."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from orders.districts import set_district
from orders.outages import add_outage
from recordings import notes, users
from recordings.calibrations import open_calibration
from recordings.hooks import add_hook
from recordings.judgements import newest_score, write_judgement
from recordings.reviews import Marks, reviews_of_call, write_review
from recordings.saved_filters import save_filter
from recordings.tables import Audit, Case, Recording, Turn, User
from recordings.tokens import make_token
from tests.web.known_insight import KnownInsight
from web.app import create_app
from web.live import stream
from web.session.guard import BY_ITSELF, OPEN, PAGE_OF_FORM
from web.session.idle import SEEN
from web.session.rights import RIGHTS, ROUTES, SCOPES, may_come

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
PASSWORD = "long enough to be good"
FORM = {
    "category": "billing",
    "state": "dispatched",
    "text": "a note",
    "answer": "acknowledged",
    "kind": "good",
    "fact": "money",
}
"""What every form would take: what is wrong with a form is said before its call is looked for."""
TO_SIGN_IN = ("session.sign_out", "codes.ask", "codes.enter")
"""Endpoints that lead to the sign-in."""
SHIPPED = {"filename": "look.css", "kind": "csv", "day": "2026-03-02", "table": "hours", "rule_id": "opening.greeting"}
OF_A_CALL = {"call_id", "recording_id", "note_id", "number"}
"""Arguments of a route that name something of a call."""


def rules(app: Flask) -> Iterator[tuple[Rule, str]]:
    for rule in app.url_map.iter_rules():
        for method in sorted(rule.methods & {"GET", "POST"}):
            yield rule, method


def test_every_route_has_a_right_and_every_right_a_route(app) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == set(ROUTES)
    assert all(role in RIGHTS for role in users.ROLES)


def test_after_signing_in_again_every_form_of_a_call_leads_back_to_the_call(app) -> None:
    forms = {
        rule.endpoint for rule, method in rules(app) if method == "POST" and rule.rule.startswith("/calls/<call_id>/")
    }
    assert {PAGE_OF_FORM.get(endpoint) for endpoint in forms} == {"calls.call"}


def test_what_the_guard_names_is_there() -> None:
    assert {*BY_ITSELF, *OPEN, *PAGE_OF_FORM, *PAGE_OF_FORM.values()} <= set(ROUTES)


@pytest.fixture
def two_districts(archive, exchange) -> dict[str, dict[str, object]]:
    """Arguments for a call in district 1 and for one in district 2."""
    found = {}
    for district in ("1", "2"):
        call = exchange.call("家里停电了", category="repair")
        with archive.session() as s:
            case = s.scalars(select(Case).where(Case.call_id == call)).one()
            case.district = district
            recording = s.scalars(select(Recording).order_by(Recording.requested_at.desc())).first().id
            write_judgement(s, call, basis="1", score=100, fatal=False, points={}, measures={}, findings=[], at=NOON)
            li = users.known_user(s, "li").id
            both = [li, users.add_user(s, name=f"qa{district}", password=PASSWORD, role="qa", at=NOON).id]
            turn = s.scalars(select(Turn.id).order_by(Turn.id.desc())).first()
            calibration = open_calibration(s, li, "both", [call], both, NOON)
        found[district] = {"call_id": call, "recording_id": recording, "number": case.number}
        found[district] |= {"calibration_id": calibration.id, "turn_id": turn}
    return found


def review_of(s, call_id: str, agent_id: int) -> None:
    """A review of the call as this agent's own; the newest one counts."""
    score, known = newest_score(s, call_id), reviews_of_call(s, call_id)
    write_review(
        s, call_id, users.known_user(s, "li").id, Marks((), 100, False), NOON, score_id=score.id, agent_id=agent_id,
        seen=known[-1].id if known else 0,
    )  # fmt: skip


@pytest.mark.parametrize("role", users.ROLES)
def test_the_whole_matrix(archive, two_districts, role, monkeypatch) -> None:
    monkeypatch.setattr(stream, "LONGEST", 0.0)
    app = create_app(archive, secret_key="for these tests", zone=NOON.tzinfo, calls_back=True, insight=KnownInsight())
    app.config["WTF_CSRF_ENABLED"] = False
    name, seen = f"a-{role}", {}
    with archive.session() as s:
        user = users.add_user(s, name=name, password=PASSWORD, role=role, at=NOON)
        other = users.add_user(s, name="other", password=PASSWORD, at=NOON)
        users.set_districts(s, name, ["1"], NOON)
        written = {d: notes.add_note(s, a["call_id"], user.id, "a note", NOON).id for d, a in two_districts.items()}
        for arguments in two_districts.values():
            review_of(s, arguments["call_id"], user.id)
            s.get_one(Case, arguments["number"]).owner_id = user.id
        kept = {d: save_filter(s, user.id, d, {"q": d}, shared=False, at=NOON)[0].id for d in two_districts}
        set_district(s, key="1", name="城区", area="urban")
        outage = add_outage(s, district="1", since=NOON).id
        lasts = timedelta(days=36500)
        _, token = make_token(s, name="all", user=name, scopes=SCOPES, at=NOON, lasts=lasts)
        spare = make_token(s, name="spare", user=name, scopes=SCOPES, at=NOON, lasts=lasts)[0].id
    client = app.test_client()
    client.post("/sign-in", data={"name": name, "password": PASSWORD})
    for rule, method in rules(app):
        for district, arguments in two_districts.items():
            given = arguments | SHIPPED | {"note_id": written[district], "user_id": other.id}
            given |= {"filter_id": kept[district], "outage_id": outage, "token_id": spare}
            if "hook_id" in rule.arguments:  # one for each question, for a removed one is not there
                with archive.session() as s:
                    given["hook_id"] = add_hook(s, url="http://127.0.0.1:9/", events=["call.ended"], at=NOON).id
            with app.test_request_context():
                address = app.url_map.bind("localhost").build(
                    rule.endpoint, {argument: given[argument] for argument in rule.arguments}
                )
            sent = {"data": FORM | {"case": arguments["number"]}} if method == "POST" else {}
            if rule.endpoint.startswith("api."):
                body = {"api.correct": "category", "api.note": "text", "api.move": "state"}.get(rule.endpoint)
                sent = {"json": {body: FORM[body]}} if body else {}
                answer = app.test_client().open(
                    address, method=method, headers={"Authorization": f"Bearer {token}"}, **sent
                )
            else:
                answer = client.open(address, method=method, **sent)
            theirs = district == "1" or not rule.arguments & OF_A_CALL
            allowed = may_come(role, rule.endpoint) and theirs
            seen[(rule.endpoint, method, district)] = (answer.status_code not in (403, 404), allowed)
            assert answer.status_code < 500, (rule.endpoint, method)
            assert "/sign-in" not in answer.headers.get("Location", "") or rule.endpoint in TO_SIGN_IN
            if rule.endpoint == "session.sign_out":
                client.post("/sign-in", data={"name": name, "password": PASSWORD})
    assert {key: came for key, (came, _) in seen.items()} == {key: allowed for key, (_, allowed) in seen.items()}
    assert len(seen) >= 2 * len(ROUTES)


def test_a_route_without_a_right_is_closed_even_to_the_admin(app, someone, archive) -> None:
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    with archive.session() as s:
        users.add_user(s, name="root", password=PASSWORD, role="admin", at=NOON)
    root = someone()
    root.signs_in("root")
    assert "secret" not in root.sees("/forgotten", status=404)


def test_lists_and_counts_hold_only_the_districts_of_the_reader(agent, archive, two_districts) -> None:
    assert "共 2 通" in agent.sees("/calls")
    with archive.session() as s:
        users.set_districts(s, "li", ["2"], NOON)
    page = agent.sees("/calls?q=停电")
    assert "共 1 通" in page
    assert "call0002" in page
    assert "call0001" not in page
    assert "100001" not in agent.sees("/cases?view=all")


def test_who_does_nothing_for_half_an_hour_signs_in_again(agent, archive) -> None:
    agent.sees("/calls")
    with agent.client.session_transaction() as session:
        session[SEEN] -= 29 * 60
    assert "通话" in agent.sees("/calls")
    with agent.client.session_transaction() as session:
        session[SEEN] -= 31 * 60
    answer = agent.client.get("/calls")
    assert answer.status_code == 302
    assert "/sign-in" in answer.headers["Location"]


def test_the_time_without_a_request_is_a_setting(archive, someone) -> None:
    app = create_app(archive, secret_key="s", zone=NOON.tzinfo, idle=timedelta(minutes=2))
    client = app.test_client()
    app.config["WTF_CSRF_ENABLED"] = False
    client.post("/sign-in", data={"name": "li", "password": PASSWORD})
    with client.session_transaction() as session:
        session[SEEN] = session.get(SEEN, 0) or int(NOON.timestamp())
        session[SEEN] -= 3 * 60
    assert client.get("/calls").status_code == 302


@pytest.fixture
def admin(someone, archive):
    """The admin, signed in."""
    with archive.session() as s:
        users.add_user(s, name="root", password=PASSWORD, role="admin", at=NOON)
    root = someone()
    root.signs_in("root")
    return root


def test_an_admin_lets_somebody_in_for_a_district_and_out_again(admin, someone, archive) -> None:
    page = admin.sends("/people", name="王芳", role="qa", district="2").text
    password = page.split("<code>")[1].split("</code>")[0]
    wang = someone()
    assert "一次性密码" in wang.signs_in("王芳", password).text
    with archive.reading() as s:
        user = users.user_by_name(s, "王芳")
        assert (user.role, [limit.district for limit in user.districts]) == ("qa", ["2"])
    admin.sends(f"/people/{user.id}", page="/people", role="supervisor")
    with archive.reading() as s:
        user = s.get(User, user.id)
        assert (user.role, user.districts, user.disabled) == ("supervisor", [], True)
        assert {"user-added", "role-supervisor", "user-disabled", "districts"} <= set(s.scalars(select(Audit.action)))
    assert wang.client.get("/password").status_code == 302


@pytest.mark.parametrize(
    "fields", [{"name": ""}, {"name": "li"}, {"name": "x", "role": "king"}, {"name": "x", "district": "9"}]
)
def test_what_cannot_be_is_refused_and_changes_nothing(admin, archive, fields) -> None:
    answer = admin.sends("/people", **({"role": "agent"} | fields))
    assert answer.status_code == 400
    with archive.reading() as s:
        assert set(s.scalars(select(User.name))) == {"li", "root"}


def test_the_admin_cannot_lock_out_or_demote_the_admin(admin, archive) -> None:
    with archive.reading() as s:
        root = users.user_by_name(s, "root")
    admin.sends(f"/people/{root.id}", page="/people", role="agent")
    with archive.reading() as s:
        assert (s.get(User, root.id).role, s.get(User, root.id).disabled) == ("admin", False)
