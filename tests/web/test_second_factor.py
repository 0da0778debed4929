"""One-time codes at the sign-in: set up with a telephone, asked for, and what helps when it is lost."""

import re
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from sqlalchemy import select

from recordings import users
from recordings.second_factor import begin, confirm, passes, secret_of
from recordings.tables import Audit, SecondFactor
from tests.web.conftest import NOON, PASSWORD, ZONE
from web import parts
from web.app import create_app


class Telephone:
    """An authenticator app that has read the key."""

    def __init__(self, secret: str) -> None:
        self._codes = pyotp.TOTP(secret)

    def shows(self, steps: int = 0) -> str:
        """The code of now, or of so many steps later."""
        return self._codes.at(parts.now() + timedelta(seconds=30 * steps))


@pytest.fixture(autouse=True)
def stopped_clock(monkeypatch) -> None:
    """The console's clock stands still: no code grows old between two lines of a test."""
    present = datetime.now(UTC)

    class Stopped(datetime):
        @classmethod
        def now(cls, tz=None) -> datetime:
            return present.astimezone(tz)

    monkeypatch.setattr(parts, "datetime", Stopped)


def key_on(page: str) -> str:
    return re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")


def set_up(agent) -> tuple[Telephone, list[str]]:
    """Scan the key, give the code of the step before, so that the present one is left, and keep the codes."""
    page = agent.sees("/second-factor")
    assert "<svg" in page
    telephone = Telephone(key_on(page))
    done = agent.sends("/second-factor", code=telephone.shows(-1))
    codes = re.findall(r"<code>([a-z2-9]{5}-[a-z2-9]{5})</code>", done.text)
    assert len(codes) == 10
    return telephone, codes


def test_after_setting_it_up_the_password_alone_opens_nothing(agent, someone, archive) -> None:
    telephone, _ = set_up(agent)
    assert "通话" in agent.sees("/calls"), "the session in which it was set up goes on"
    li = someone()
    assert "六位数字" in li.signs_in().text
    assert li.client.get("/calls").status_code == 302
    refused = li.sends("/sign-in/code", code="000000")
    assert (refused.status_code, "验证码不对" in refused.text) == (401, True)
    assert "通话" in li.sends("/sign-in/code", code=telephone.shows()).text
    with archive.reading() as s:
        done = list(s.scalars(select(Audit.action).order_by(Audit.id)))
    assert done[-3:] == ["password-passed", "code-refused", "signed-in"]
    assert "second-factor-set" in done


def test_a_code_is_good_once(agent, someone) -> None:
    telephone, _ = set_up(agent)
    code = telephone.shows()
    first, second = someone(), someone()
    first.signs_in()
    second.signs_in()
    assert first.sends("/sign-in/code", code=code).status_code == 200
    assert second.sends("/sign-in/code", code=code).status_code == 401


def test_without_the_telephone_a_recovery_code_opens_once(agent, someone) -> None:
    _, codes = set_up(agent)
    for given, status in ((codes[3].upper(), 200), (codes[3], 401), (codes[4].replace("-", " "), 200)):
        li = someone()
        li.signs_in()
        assert li.sends("/sign-in/code", code=given).status_code == status


def test_codes_cannot_be_guessed_and_the_right_password_forgives_no_wrong_code(agent, someone) -> None:
    telephone, _ = set_up(agent)
    for _ in range(5):
        li = someone()
        li.signs_in()
        assert li.sends("/sign-in/code", code="000000").status_code == 401
    li = someone()
    li.signs_in()
    assert li.sends("/sign-in/code", code=telephone.shows()).status_code == 429


def test_the_second_step_cannot_be_come_to_without_the_first(someone) -> None:
    stranger = someone()
    assert stranger.client.get("/sign-in/code").location == "/sign-in?next="
    assert "用户名" in stranger.sends("/sign-in/code", page="/sign-in", code="123456").text


def test_a_changed_password_ends_what_was_halfway(agent, someone, archive) -> None:
    set_up(agent)
    li = someone()
    li.signs_in()
    assert li.client.get("/sign-in/code").status_code == 200
    with archive.session() as s:
        users.reset_password(s, "li", NOON)
    assert li.client.get("/sign-in/code").status_code == 302


def test_setting_it_up_needs_a_right_code_and_ends_the_other_sessions(agent, someone) -> None:
    other = someone()
    other.signs_in()
    assert "请看看手机的时间" in agent.sends("/second-factor", code="000000").text
    assert other.client.get("/calls").status_code == 200
    set_up(agent)
    assert other.client.get("/calls").status_code == 302


def test_it_is_turned_off_with_the_password(agent, someone) -> None:
    set_up(agent)
    assert agent.sends("/second-factor/remove", page="/second-factor", password="wrong").status_code == 400
    assert "已停用" in agent.sends("/second-factor/remove", page="/second-factor", password=PASSWORD).text
    assert "通话" in someone().signs_in().text


def test_the_admin_takes_it_away_when_the_telephone_is_lost(agent, someone, archive) -> None:
    set_up(agent)
    with archive.session() as s:
        users.add_user(s, name="root", password=PASSWORD, role="admin", at=NOON)
        number = users.known_user(s, "li").id
    root = someone()
    root.signs_in("root")
    assert "两步验证已取消" in root.sends(f"/people/{number}/second-factor", page="/people").text
    assert agent.client.get("/calls").status_code == 302, "signed out"
    assert "通话" in someone().signs_in().text


def test_a_role_that_must_have_it_goes_nowhere_before(archive) -> None:
    app = create_app(archive, secret_key="s", zone=ZONE, second_factor=["agent"])
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    client.post("/sign-in", data={"name": "li", "password": PASSWORD})
    for page in ("/calls", "/cases", "/live"):
        assert client.get(page).location == "/second-factor"
    telephone = Telephone(key_on(client.get("/second-factor").text))
    assert client.post("/second-factor", data={"code": telephone.shows()}).status_code == 200
    assert client.get("/calls").status_code == 200


def test_the_key_stays_the_same_until_it_is_confirmed_and_is_not_shown_afterwards(agent, archive) -> None:
    key = key_on(agent.sees("/second-factor"))
    assert key_on(agent.sees("/second-factor")) == key
    set_up(agent)
    page = agent.sees("/second-factor").replace(" ", "")
    assert key not in page
    with archive.reading() as s:
        assert secret_of(s, s.scalars(select(SecondFactor)).one()) == key


@pytest.mark.parametrize(("off", "good"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_telephone_whose_clock_is_half_a_minute_off_will_do(archive, off, good) -> None:
    before = NOON - timedelta(hours=1)
    with archive.session() as s:
        li = users.known_user(s, "li")
        codes = pyotp.TOTP(secret_of(s, begin(s, li, before)))
        assert confirm(s, li, codes.at(before), before)
        assert passes(s, li, codes.at(NOON + timedelta(seconds=off)), NOON) is good


def test_the_codes_are_those_of_the_standard(archive) -> None:
    """RFC 6238, appendix B: the last six digits of its values for SHA-1."""
    with archive.session() as s:
        li = users.known_user(s, "li")
        begin(s, li, NOON).secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
        s.flush()
        for second, code in ((59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")):
            assert passes(s, li, code, datetime.fromtimestamp(second, UTC))
