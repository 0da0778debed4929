"""The audit says what was done in words: every action that the code writes has a name, and no other has."""

import ast
from collections.abc import Iterator
from pathlib import Path

from flask import Flask

from recordings.archive import Archive
from recordings.hooks import add_hook
from recordings.tables import Audit, HookDelivery
from recordings.users import ROLES
from tests.web.conftest import NOON, Agent, Exchange
from tests.web.reading import plain
from web.audit.pages import name_of
from web.looking import TOLD_ELSEWHERE
from web.session.rights import ROUTES
from web.text import Text

ROOT = Path(__file__).parents[2]
PASSES_ON = ROOT / "web" / "looking.py"
"""Where actions are written that others name: who looks by `note_looking`, and forms by their endpoint."""


def written(source: Path) -> Iterator[str]:
    """Every action that a file writes into the audit itself, or has written by `note_looking`."""
    tree = ast.parse(source.read_text("utf-8"))
    for body in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        given = {
            target.id: node.value
            for node in ast.walk(body)
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for action in actions_in(body):
            found = list(strings(given.get(action.id, action) if isinstance(action, ast.Name) else action))
            assert found, f"{source}:{action.lineno} writes an action that this test cannot read"
            yield from found


def actions_in(body: ast.AST) -> Iterator[ast.expr]:
    """What stands for the action in every call that writes one."""
    for node in ast.walk(body):
        match node:
            case ast.Call(func=ast.Name("Audit") | ast.Attribute(attr="Audit"), keywords=keywords):
                yield from (keyword.value for keyword in keywords if keyword.arg == "action")
            case ast.Call(func=ast.Name("note_looking"), args=[_, _, action, *_]):
                yield action


def strings(value: ast.expr) -> Iterator[str]:
    """The texts that an expression may come to; one that ends in a role stands for every role."""
    match value:
        case ast.Constant(str(text)):
            yield text
        case ast.JoinedStr([ast.Constant("role-"), ast.FormattedValue(ast.Name("role"))]):
            yield from (f"role-{role}" for role in ROLES)
        case ast.IfExp(body=one, orelse=other):
            yield from strings(one)
            yield from strings(other)


def actions(app: Flask) -> set[str]:
    """Every action that can be in the audit, without the token that it was done with."""
    folders = ("asr", "ivr", "lianxin", "orders", "quality", "recordings", "triage", "web", "worker")
    sources = [source for folder in folders for source in (ROOT / folder).rglob("*.py") if source != PASSES_ON]
    forms = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    noted = {form for form in forms if ROUTES[form] not in TOLD_ELSEWHERE}
    return noted | {action for source in sources for action in written(source)}


def test_every_action_has_a_name_and_every_name_an_action(app: Flask) -> None:
    done = actions(app)
    assert {"signed-in", "sign-in-refused", "listened", "role-qa", "purged", "viewed", "judging.mark"} <= done
    names = {text_id for text_id in Text.load().ids() if text_id.startswith("did.")}
    assert {name_of(action) for action in done} == names
    assert len(names) == len(done), "two actions share a name"


def test_the_audit_says_it_in_words_with_the_code_beside(root: Agent, archive: Archive) -> None:
    for action in ("viewed token-3", "people.drop_factor", "of-an-older-version"):
        archive.note(Audit(at=NOON, action=action, target="x"))
    page = plain(root.sees("/audit"))
    assert "登录 signed in signed-in" in page
    assert "看了通话 call viewed viewed token-3" in page
    assert "提交：取消两步验证 form: second factor taken away people.drop_factor" in page
    assert '<td role="cell"><code>of-an-older-version</code></td>' in root.sees("/audit")
    file = root.client.get("/audit/export.csv").data.decode("utf-8-sig")
    assert "时间,谁,做了什么,代码,对象" in file
    assert ",看了通话,viewed token-3,x," in file
    assert ",,of-an-older-version,x," in file


def test_what_a_hook_is_told_of_is_named_as_in_its_form(root: Agent, archive: Archive, exchange: Exchange) -> None:
    call = exchange.call()
    with archive.session() as s:
        hook = add_hook(s, url="https://crm.example/", events=["call.began", "case.moved"], at=NOON).id
        for event in ("case.moved", "of.old"):
            s.add(HookDelivery(hook_id=hook, call_id=call, event=event, at=NOON, next_at=NOON))
    assert "有来电 call.began 工单变动 case.moved" in plain(root.sees("/programs"))
    page = root.sees(f"/programs/hooks/{hook}")
    assert "有来电 call.began 工单变动 case.moved" in plain(page)
    assert '<td role="cell"><span class="told">工单变动 <code>case.moved</code></span></td>' in page
    assert '<td role="cell"><span class="told"><code>of.old</code></span></td>' in page
    file = root.client.get(f"/programs/hooks/{hook}/deliveries.csv").data.decode("utf-8-sig")
    assert "什么事,代码,发生于" in file
    assert ",工单变动,case.moved," in file
    assert ",,of.old," in file
