"""What a caller, known or not, can do with a real Asterisk while no controller is there."""

import time
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from lianxin.asterisk.ports import Ports
from lianxin.asterisk.program import AsteriskProgram
from lianxin.asterisk.running import AsteriskServer

pytestmark = pytest.mark.telephony
Phone = Callable[[AsteriskServer], Any]


@pytest.fixture
def trunk(program: AsteriskProgram, prompts: Path, tmp_path: Path) -> Any:
    """A server whose trunk is this machine: what comes from 127.0.0.1 is a call from the network."""
    with AsteriskServer(program, tmp_path / "var", Ports.free(), prompts, trunk_address="127.0.0.1/32") as server:
        yield server


def channels(server: AsteriskServer) -> list[dict[str, Any]]:
    auth = ("lianxin", server.ari_password)
    answer: list[dict[str, Any]] = httpx.get(f"{server.ari_url}/channels", auth=auth, trust_env=False).json()
    return answer


def sidecar(server: AsteriskServer, ending: str) -> Path | None:
    return next(server.layout.fallback.glob(f"*{ending}"), None)


def test_a_stranger_is_turned_away_whatever_he_dials(server: AsteriskServer, telephone: Phone) -> None:
    server.start()
    for number in ("95598", "+8613800138000", "s", "00441234567890", "away", "trial"):
        assert telephone(server).dial(number) == 401, number
        assert telephone(server).dial(number, user="nobody") == 401, number
    assert telephone(server).dial("95598", password="guessed") == 401
    assert channels(server) == []
    assert sidecar(server, ".txt") is None


def test_the_trial_endpoint_gets_in_with_its_password_alone(
    server: AsteriskServer, telephone: Phone, until: Any
) -> None:
    server.start()
    phone = telephone(server)
    assert phone.dial("95598", password=server.trial_password) == 200
    assert phone.request("BYE") == 200
    until(lambda: channels(server) == [])


def test_a_call_from_the_trunk_reaches_the_hotline_and_nothing_else(
    trunk: AsteriskServer, telephone: Phone, until: Any
) -> None:
    for number in ("away", "trial", "h", "PJSIP%2Ftrial", "Local%2F95598%40hotline"):
        assert telephone(trunk).dial(number) == 404, number
    phone = telephone(trunk)
    assert phone.dial("95598") == 200
    assert [channel["dialplan"]["context"] for channel in channels(trunk)] == ["away"]
    elsewhere = "Refer-To: <sip:00441234567890@127.0.0.1>"
    assert phone.request("REFER", elsewhere, limit=1.0) != 202, "a caller must not be able to have the hotline dial"
    assert telephone(trunk).request("REFER", elsewhere, limit=1.0) != 202
    assert len(channels(trunk)) == 1
    assert phone.request("BYE") == 200
    until(lambda: channels(trunk) == [])


def test_registering_and_subscribing_are_not_offered(trunk: AsteriskServer, telephone: Phone) -> None:
    for method in ("REGISTER", "SUBSCRIBE", "MESSAGE", "PUBLISH"):
        assert telephone(trunk).request(method, "Event: presence", "Expires: 60") >= 400, method
    assert telephone(trunk).request("OPTIONS") == 200, "trunks ask so whether we are there"


def test_without_a_controller_the_caller_leaves_a_message(trunk: AsteriskServer, telephone: Phone, until: Any) -> None:
    phone = telephone(trunk)
    before = int(time.time())
    assert phone.dial("95598", caller="13800138000") == 200
    phone.speak(0.2, amplitude=0)
    until(lambda: sidecar(trunk, ".wav"))
    assert sidecar(trunk, ".done") is None, "the call is still on"
    phone.speak(1.5)
    phone.press_hash()
    assert phone.was_hung_up()
    until(lambda: sidecar(trunk, ".done"))

    told = dict(line.split("=", 1) for line in sidecar(trunk, ".txt").read_text().splitlines())
    assert told["caller"] == "13800138000"
    assert told["line"] == "95598"
    assert before <= int(told["at"]) <= time.time()
    assert sidecar(trunk, ".done").read_text().strip() == "ended=DTMF"
    with wave.open(str(sidecar(trunk, ".wav"))) as message:
        assert (message.getnchannels(), message.getsampwidth(), message.getframerate()) == (1, 2, 8000)
        assert 1.0 < message.getnframes() / 8000 < 2.5


def test_a_message_is_kept_when_the_caller_hangs_up_in_mid_sentence(
    trunk: AsteriskServer, telephone: Phone, until: Any
) -> None:
    phone = telephone(trunk)
    assert phone.dial("+8695598") == 200
    phone.speak(0.2, amplitude=0)
    until(lambda: sidecar(trunk, ".wav"))
    phone.speak(1.0)
    assert phone.request("BYE") == 200
    until(lambda: sidecar(trunk, ".done"))
    assert "line=+8695598" in sidecar(trunk, ".txt").read_text()
    assert sidecar(trunk, ".done").read_text().strip() == "ended=HANGUP"
    with wave.open(str(sidecar(trunk, ".wav"))) as message:
        assert message.getnframes() / 8000 > 0.6


def test_who_hangs_up_during_the_apology_is_still_on_the_books(
    trunk: AsteriskServer, telephone: Phone, until: Any
) -> None:
    phone = telephone(trunk)
    assert phone.dial("95598", caller="0755%2C12;rm") == 200
    assert phone.request("BYE") == 200
    until(lambda: sidecar(trunk, ".done"))
    caller = sidecar(trunk, ".txt").read_text().splitlines()[0].removeprefix("caller=")
    assert set(caller) <= set("0123456789+*#"), "only what can stand in a number is written"


def test_nothing_is_logged_of_a_call(trunk: AsteriskServer, telephone: Phone, until: Any) -> None:
    phone = telephone(trunk)
    assert phone.dial("95598", caller="13800138000") == 200
    phone.speak(0.2, amplitude=0)
    until(lambda: sidecar(trunk, ".wav"))
    phone.press_hash()
    assert phone.was_hung_up()
    log = (trunk.layout.log / "messages.log").read_text()
    noted = [line for line in log.splitlines() if "WARNING" in line or "ERROR" in line]
    assert noted
    assert all("app 'lianxin'" in line for line in noted), "that the controller is away, and nothing else"
    assert "13800138000" not in log
