"""Tokens and web hooks at the admin's desk: made, shown once, used, revoked; told, told again."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from recordings import hooks
from recordings.archive import Archive
from recordings.corrections import correct_category
from recordings.tables import Audit, Hook, HookDelivery, Token
from tests.web.conftest import NOON, Agent, Exchange


def code(page: str) -> str:
    found = re.search(r"<code>([^<]+)</code>", page.partition('role="status"')[2])
    assert found
    return found[1]


def made(root: Agent, **changes: object) -> str:
    fields = {"name": "停电地图", "user": "li", "scope": ["calls", "cases"], "days": "30"} | changes
    return root.sends("/programs/tokens", page="/programs", **fields).text


def test_a_token_is_shown_once_opens_what_it_is_for_and_nothing_after_it_is_revoked(
    root: Agent, archive: Archive, app, exchange: Exchange
) -> None:
    exchange.call("停电了", category="repair")
    page = made(root)
    assert "没用过" in page
    token = code(page)
    assert token not in root.sees("/programs"), "only once"
    key = {"Authorization": f"Bearer {token}"}
    program = app.test_client()
    assert program.get("/api/v1/calls", headers=key).status_code == 200
    assert program.get("/api/v1/reports/2026-03-02", headers=key).status_code == 403
    page = root.sees("/programs")
    assert "停电地图" in page
    assert "没用过" not in page
    with archive.reading() as s:
        kept = s.scalars(select(Token)).one()
        assert kept.scopes == "calls cases"
        assert timedelta(days=29) < kept.expires_at - datetime.now(UTC) < timedelta(days=31)
    page = root.sends(f"/programs/tokens/{kept.id}/revoke", page="/programs").text
    assert "已收回" in page
    assert program.get("/api/v1/calls", headers=key).status_code == 401
    with archive.reading() as s:
        assert {"programs.make", "token-made", "programs.revoke", "token-revoked"} <= set(
            s.scalars(select(Audit.action))
        )


@pytest.mark.parametrize(
    "changes",
    [
        {"name": " "}, {"name": "x" * 61}, {"user": "nobody"}, {"scope": []}, {"scope": ["calls", "people"]},
        {"days": "0"}, {"days": "3651"}, {"days": "-1"}, {"days": "９"}, {"days": "soon"},
    ],
)  # fmt: skip
def test_a_token_that_cannot_be_is_refused_with_what_was_typed(root: Agent, archive: Archive, changes) -> None:
    page = made(root, **changes)
    assert "没有生成" in page
    if "name" not in changes:
        assert 'value="停电地图"' in page
    with archive.reading() as s:
        assert s.scalars(select(Token)).all() == []


def test_tokens_come_as_a_file_without_themselves(root: Agent) -> None:
    token = code(made(root))
    answer = root.client.get("/programs/tokens.csv")
    assert "停电地图,li,calls cases" in answer.text
    assert token not in answer.text


def fails(archive: Archive, times: int) -> None:
    with archive.session() as s:
        for _ in range(times):
            for number in s.scalars(select(HookDelivery.id)).all():
                hooks.failed(s, number, "503 Service Unavailable", NOON)


def test_a_hook_is_added_its_deliveries_are_seen_said_again_and_it_is_removed(
    root: Agent, archive: Archive, exchange: Exchange
) -> None:
    page = root.sends(
        "/programs/hooks", page="/programs", url="https://crm.example/x", event=["category.corrected", "call.ended"]
    ).text
    with archive.reading() as s:
        hook = s.scalars(select(Hook)).one()
        secret = hooks.secret_of(s, hook)
    assert code(page) == secret
    assert secret.startswith("whsec_")
    assert secret not in root.sees("/programs")
    assert hook.events == "call.ended category.corrected"
    call = exchange.call("停电了", category="repair")
    with archive.session() as s:
        correct_category(s, call, 1, "billing", NOON)
    assert "还没有要通知的" not in root.sees(f"/programs/hooks/{hook.id}")
    fails(archive, 3)
    page = root.sees(f"/programs/hooks/{hook.id}")
    assert "503 Service Unavailable" in page
    assert "等着送" in page
    assert "再送放弃的" not in page
    fails(archive, 10)
    page = root.sees("/programs")
    assert "503 Service Unavailable" in page
    assert "再送放弃的 2 条" in root.sees(f"/programs/hooks/{hook.id}")
    rows = root.client.get(f"/programs/hooks/{hook.id}/deliveries.csv").text.splitlines()
    assert len(rows) == 3
    assert "已放弃" in rows[1]
    page = root.sends(f"/programs/hooks/{hook.id}/retry", page=f"/programs/hooks/{hook.id}").text
    assert "有 2 条会再送一次" in page
    with archive.reading() as s:
        assert {one.state for one in s.scalars(select(HookDelivery))} == {"waiting"}
    assert "不再通知" in root.sends(f"/programs/hooks/{hook.id}/remove", page="/programs").text
    assert root.client.get(f"/programs/hooks/{hook.id}").status_code == 404
    for way in ("remove", "retry"):
        assert root.sends(f"/programs/hooks/{hook.id}/{way}", page="/programs").status_code == 404


@pytest.mark.parametrize(
    ("url", "events"),
    [
        ("", ["call.ended"]), ("javascript:alert(1)", ["call.ended"]), ("https://u:p@crm.example/", ["call.ended"]),
        ("https://crm.example/", []), ("https://crm.example/", ["call.secret"]), ("https://[::1", ["call.ended"]),
        ("https://crm.example:99999/", ["call.ended"]),
    ],
)  # fmt: skip
def test_an_address_that_will_not_do_is_refused_and_stays_in_the_form(root: Agent, archive, url, events) -> None:
    answer = root.sends("/programs/hooks", page="/programs", url=url, event=events)
    assert answer.status_code == 400
    assert "没有保存：网址" in answer.text
    with archive.reading() as s:
        assert s.scalars(select(Hook)).all() == []


def test_nobody_else_finds_the_page_and_no_link_leads_there(agent: Agent) -> None:
    assert agent.client.get("/programs").status_code == 404
    assert "/programs" not in agent.sees("/calls")
    assert "/people" not in agent.sees("/calls")
