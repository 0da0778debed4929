"""How the hotline is set up, as the admin sees it."""

import pytest

from recordings import ledger, users
from tests.web.conftest import NOON, ZONE, Agent
from web.app import create_app


@pytest.fixture(autouse=True)
def heartbeat(archive) -> None:
    """A worker that was there once."""
    with archive.session() as s:
        ledger.beat(s, "worker:here", NOON, model="lianxin-trial", trial=True)


def test_models_rules_and_terms_stand_there_with_how_to_change_them(root) -> None:
    page = root.sees("/system")
    for said in (
        "lianxin-trial", "只供试用", "vosk-model-cn-0.22", "从 12 条人工更正里学过", "180 天", "730 天",
        "/etc/lianxin.toml", "开头问候", "/srv/rules", "lianxin rules check", "lianxin purge --dry-run", "worker:here",
        "没有动静",
    ):  # fmt: skip
        assert said in page, said


def test_the_rules_come_as_a_file_in_which_nothing_is_a_formula(root) -> None:
    assert "forbidden.insult,'=辱骂," in root.client.get("/system/rules.csv").text


def test_the_classifier_before_is_put_back_once(root) -> None:
    assert "换回上一个" in root.sees("/system")
    assert "已换回上一个分类模型（7 条更正）" in root.sends("/system/classifier/restore", page="/system").text
    assert "换回上一个</" not in root.sees("/system")
    assert "没有可以换回" in root.sends("/system/classifier/restore", page="/system").text


def test_the_menu_shows_keys_words_and_hours(root) -> None:
    page = root.sees("/system/menu")
    for said in (
        "<kbd>1</kbd>", "报修", "请说哪里停电", "留言，最长 90 秒", "会有人来", "office (08:30-17:30)", "现在下班了",
        "再听一遍", "/srv/menu.toml", "flow tariffs: no key leads there", "本次通话会录音",
    ):  # fmt: skip
        assert said in page, said


def test_health_counts_what_is_wrong_and_names_the_mend(root) -> None:
    page = root.sees("/system/health")
    assert "有 1 处不对" in page
    assert "0 GB free; make room" in page


def test_a_console_that_stands_alone_has_no_such_page(archive, root) -> None:
    alone = Agent(create_app(archive, secret_key="for these tests", zone=ZONE).test_client())
    alone.signs_in("root")
    assert alone.client.get("/system").status_code == 404
    assert alone.client.get("/programs").status_code == 200


def test_a_supervisor_finds_nothing_of_it(agent, archive) -> None:
    with archive.session() as s:
        users.set_role(s, "li", "supervisor", NOON)
    for page in ("/system", "/system/menu", "/system/health", "/system/rules.csv"):
        assert agent.client.get(page).status_code == 404
