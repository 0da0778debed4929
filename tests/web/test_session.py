"""Signing in and out, the forced change of a one-time password, and what strangers get."""

import re
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

import pytest
from sqlalchemy import select

from recordings import users
from recordings.audit import verify
from recordings.tables import Audit
from web.session import lockout
from web.session.lockout import Lockout

PASSWORD = "long enough to be good"
NOW = datetime(2026, 3, 2, tzinfo=UTC)


def audited(archive) -> list[str]:
    with archive.reading() as s:
        return list(s.scalars(select(Audit.action).order_by(Audit.id)))


def token_of(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found
    return found[1]


def test_a_stranger_is_asked_to_sign_in_and_then_gets_the_page_that_was_wanted(someone, exchange) -> None:
    call = exchange.call("家里停电了", category="repair")
    stranger = someone()
    assert "请先登录" in stranger.sees(f"/calls/{call}?q=停电")
    form = stranger.sees(f"/calls/{call}?q=停电")
    wanted = re.search(r'name="next" value="([^"]+)"', form)
    assert wanted
    page = stranger.sends("/sign-in", name="li", password=PASSWORD, next=wanted[1].replace("&amp;", "&"))
    assert page.request.path == f"/calls/{call}"
    assert page.request.args["q"] == "停电"


@pytest.mark.parametrize(
    "address",
    ["/", "/calls", "/calls/call0001", "/calls/call0001/audio/rec0001.wav", "/password"],
)
def test_no_page_is_shown_to_strangers(someone, exchange, address) -> None:
    exchange.call("家里停电了", category="repair")
    answer = someone().client.get(address)
    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in")


@pytest.mark.parametrize(
    "elsewhere", ["https://example.com/", "//example.com", "/\\example.com", "javascript:alert(1)", "/\t/example.com"]
)
def test_nobody_is_led_elsewhere_after_signing_in(someone, elsewhere) -> None:
    page = someone().sends("/sign-in", name="li", password=PASSWORD, next=elsewhere)
    assert page.request.path == "/calls"
    assert page.request.host == "localhost"


def test_a_wrong_password_gets_one_kind_line_and_no_hint_which_half_was_wrong(someone, archive) -> None:
    wrong = someone().signs_in(password="nonsense")
    unknown = someone().signs_in(name="nobody")
    assert (wrong.status_code, unknown.status_code) == (401, 401)
    said = re.compile(r'role="alert"[^>]*>(.*?)</p>', re.DOTALL)
    assert said.findall(wrong.text) == said.findall(unknown.text)
    assert "用户名或密码不对" in wrong.text
    assert 'value="li"' in wrong.text, "the name need not be typed again"
    assert audited(archive) == ["sign-in-refused", "sign-in-refused"]


def test_after_five_wrong_passwords_even_the_right_one_must_wait(someone) -> None:
    guesser = someone()
    for _ in range(lockout.FAILURES):
        assert guesser.signs_in(password="a guess").status_code == 401
    locked = guesser.signs_in()
    assert locked.status_code == 429
    assert "试的次数太多了" in locked.text
    assert someone().sees("/calls").count("登录"), "and nobody got in"


def test_guesses_sent_together_are_not_checked_together(someone, monkeypatch) -> None:
    guessers = [someone() for _ in range(3 * lockout.FAILURES)]
    tokens = [token_of(guesser.sees("/sign-in")) for guesser in guessers]
    checked, answered, go_on = [], [], Event()

    def check(user, password) -> bool:
        checked.append(password)
        go_on.wait(20)
        return False

    def guess(guesser, token) -> None:
        fields = {"csrf_token": token, "name": "li", "password": "a guess"}
        answered.append(guesser.client.post("/sign-in", data=fields).status_code)
        if len(answered) == 2 * lockout.FAILURES:
            go_on.set()

    monkeypatch.setattr(users, "verify_password", check)
    threads = [Thread(target=guess, args=both) for both in zip(guessers, tokens, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(checked) == lockout.FAILURES
    assert sorted(answered) == [401] * lockout.FAILURES + [429] * 2 * lockout.FAILURES


def test_guesses_at_the_current_password_are_counted_too(agent) -> None:
    wrong = {"current": "a guess", "new": "my very own words", "again": "my very own words"}
    for _ in range(lockout.FAILURES):
        assert agent.sends("/password", **wrong).status_code == 400
    locked = agent.sends("/password", **wrong | {"current": PASSWORD})
    assert locked.status_code == 429
    assert "试的次数太多了" in locked.text


def test_an_endless_name_is_no_key(app, someone) -> None:
    someone().signs_in(name="n" * 5000, password="a guess")
    tried = app.extensions["lianxin.lockout"]._tries
    assert max(len(part) for key in tried for part in key) == users.NAME_LENGTH


def test_the_wait_ends_and_counts_for_one_name_and_address_only() -> None:
    time = [0.0]
    lock = Lockout(clock=lambda: time[0])
    tries = [lock.admits("li", "10.0.0.1") for _ in range(lockout.FAILURES + 1)]
    assert tries == [True] * lockout.FAILURES + [False]
    assert lock.admits("li", "10.0.0.2")
    assert lock.admits("wang", "10.0.0.1")
    time[0] = lockout.WINDOW + 1
    assert lock.admits("li", "10.0.0.1")


def test_an_address_that_tries_one_name_after_the_other_must_wait_too() -> None:
    lock = Lockout(clock=lambda: 0.0)
    for number in range(lockout.FAILURES_OF_ADDRESS):
        assert lock.admits("li", "10.0.0.1")
        lock.passed("li", "10.0.0.1")  # a password that the guesser knows opens no door to others
        assert lock.admits(f"name{number}", "10.0.0.1")
        assert lock.admits(f"name{number}", "10.0.0.2")
        lock.passed(f"name{number}", "10.0.0.2")
    assert not lock.admits("another", "10.0.0.1")
    assert lock.admits("another", "10.0.0.2"), "a busy hall that mistypes nothing"


def test_the_right_password_forgets_the_wrong_ones() -> None:
    lock = Lockout(clock=lambda: 0.0)
    for _ in range(lockout.FAILURES - 1):
        lock.admits("li", "10.0.0.1")
    lock.admits("li", "10.0.0.1")
    lock.passed("li", "10.0.0.1")
    assert lock.admits("li", "10.0.0.1")


def test_guessing_names_does_not_fill_the_memory(monkeypatch) -> None:
    monkeypatch.setattr(lockout, "REMEMBERED", 4)
    lock = Lockout(clock=lambda: 0.0)
    for number in range(10):
        for _ in range(lockout.FAILURES):
            lock.admits(f"name{number}", "10.0.0.1")
    assert [number for number in (9, 8, 7) if lock.admits(f"name{number}", "10.0.0.1")] == []
    assert len(lock._tries) == 4


def test_the_first_admin_must_choose_a_password_before_anything_else(someone, tmp_path, exchange) -> None:
    with exchange.archive.session() as s:
        users.add_user(s, name="new", password="made up by us", at=NOW, must_change_password=True)
    new = someone()
    assert "一次性密码" in new.signs_in("new", "made up by us").text
    assert "一次性密码" in new.sees("/calls"), "every page leads to the change"
    changed = new.sends("/password", current="made up by us", new="my very own words", again="my very own words")
    assert changed.request.path == "/calls"
    assert "密码已更改" in changed.text
    assert someone().signs_in("new", "made up by us").status_code == 401
    assert someone().signs_in("new", "my very own words").status_code == 200
    with exchange.archive.reading() as s:
        assert verify(s).problem == "", "the audit is whole after the first day, too"


@pytest.mark.parametrize(
    ("current", "new", "again", "said"),
    [
        ("not the password", "my very own words", "my very own words", "现在的密码不对"),
        (PASSWORD, "short", "short", "新密码太短，至少要 10 个字"),
        (PASSWORD, "x" * 201, "x" * 201, "新密码太长，最多 200 个字"),
        (PASSWORD, "my very own words", "my very own word", "两次输入的新密码不一样"),
        (PASSWORD, PASSWORD, PASSWORD, "新密码和现在的一样"),
    ],
)
def test_a_password_that_will_not_do_is_refused_with_the_reason(agent, someone, current, new, again, said) -> None:
    answer = agent.sends("/password", current=current, new=new, again=again)
    assert answer.status_code == 400
    assert said in answer.text
    assert someone().signs_in().status_code == 200, "the old one still holds"


def test_a_new_password_ends_the_sessions_elsewhere(agent, someone) -> None:
    elsewhere = someone()
    elsewhere.signs_in()
    agent.sends("/password", current=PASSWORD, new="my very own words", again="my very own words")
    assert elsewhere.client.get("/calls").status_code == 302
    assert agent.client.get("/calls").status_code == 200


def test_signing_out_ends_the_session_and_is_written_down(agent, archive) -> None:
    assert agent.client.get("/sign-out").status_code == 405, "a link cannot sign anybody out"
    assert agent.sends("/sign-out", page="/calls").request.path == "/sign-in"
    assert agent.client.get("/calls").status_code == 302
    assert audited(archive) == ["signed-in", "signed-out"]


def test_a_sign_in_page_left_open_over_night_asks_once_more_for_the_password_alone(someone, exchange) -> None:
    call = exchange.call("家里停电了", category="repair")
    late = someone()
    fields = {"csrf_token": token_of(late.sees("/sign-in")), "name": "li", "password": PASSWORD}
    late.client.delete_cookie("lianxin")
    again = late.client.post("/sign-in", data=fields | {"next": f"/calls/{call}"})
    assert again.status_code == 400
    assert "请再输一次密码" in again.text
    assert 'value="li"' in again.text
    assert f'value="/calls/{call}"' in again.text
    fields["csrf_token"] = token_of(again.text)
    assert late.client.post("/sign-in", data=fields).status_code == 303


@pytest.mark.parametrize("how", ["forgotten", "ended"])
def test_a_correction_whose_session_is_over_leads_by_the_sign_in_back_to_the_call(agent, exchange, how) -> None:
    call = exchange.call("家里停电了", category="repair")
    token = token_of(agent.sees(f"/calls/{call}"))
    if how == "forgotten":
        agent.client.delete_cookie("lianxin")
    else:
        with exchange.archive.session() as s:
            users.end_sessions(users.user_by_name(s, "li"))
    answer = agent.client.post(f"/calls/{call}/category?q=停电", data={"category": "billing", "csrf_token": token})
    assert answer.status_code == 303
    assert f'name="next" value="/calls/{call}?q=%E5%81%9C%E7%94%B5"' in agent.client.get(answer.location).text


def test_a_copied_cookie_is_worth_nothing_after_signing_out(agent, someone) -> None:
    cookie = agent.client.get_cookie("lianxin")
    assert cookie
    thief = someone()
    thief.client.set_cookie("lianxin", cookie.value)
    assert thief.client.get("/calls").status_code == 200
    agent.sends("/sign-out", page="/calls")
    thief.client.set_cookie("lianxin", cookie.value)
    assert thief.client.get("/calls").status_code == 302
    assert agent.signs_in().status_code == 200
    assert thief.client.get("/calls").status_code == 302


def test_who_is_disabled_is_out_at_once_and_gets_no_hint(agent, someone, archive) -> None:
    with archive.session() as s:
        users.disable_user(s, "li", NOW)
    assert agent.client.get("/calls").status_code == 302
    assert "用户名或密码不对" in someone().signs_in().text


def test_a_session_ends_a_shift_after_signing_in_however_busy_it_is(agent, monkeypatch) -> None:
    began = datetime.now(UTC)
    for hours in range(1, 12):
        monkeypatch.setattr("web.app.now", lambda hours=hours: began + timedelta(hours=hours))
        assert agent.client.get("/calls").status_code == 200
    agent.sends("/password", current=PASSWORD, new="my very own words", again="my very own words")
    monkeypatch.setattr("web.app.now", lambda: began + timedelta(hours=12, seconds=2))
    assert agent.client.get("/calls").status_code == 302
