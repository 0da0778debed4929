"""Web hooks as the other side sees them: told once, signed, told again until it has it."""

import base64
import hmac
import json
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from sqlalchemy import select

from recordings import hooks
from recordings.corrections import correct_category
from recordings.errors import HookRefused
from recordings.judgements import write_judgement
from recordings.purging import purge
from recordings.retention import Terms
from recordings.tables import HookDelivery
from web.hooks.sending import Sender

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
LATER = NOON + timedelta(days=1)


class Receiver:
    """Another program's address: what it was told, and what it answers."""

    def __init__(self) -> None:
        self.told: list[tuple[dict[str, str], bytes]] = []
        self.status = 204
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                receiver.told.append(({k.lower(): v for k, v in self.headers.items()}, body))
                self.send_response(receiver.status)
                self.send_header("Location", "/elsewhere")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/lianxin"
        self.thread = Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)
        self.thread.start()

    @property
    def events(self) -> list[str]:
        return [json.loads(body)["type"] for _, body in self.told]


@pytest.fixture
def receiver():
    other = Receiver()
    yield other
    other.server.shutdown()
    other.server.server_close()
    other.thread.join(5)


@pytest.fixture
def clock():
    """The hour by which the sender goes; `clock[0]` may be moved."""
    return [LATER]


@pytest.fixture
def sender(archive, clock) -> Sender:
    return Sender(archive, lambda: clock[0])


def hook_for(archive, url: str, *events: str) -> hooks.Hook:
    with archive.session() as s:
        return hooks.add_hook(s, url=url, events=events, at=NOON)


def states(archive) -> list[tuple[str, int]]:
    with archive.reading() as s:
        return [(d.state, d.tries) for d in s.scalars(select(HookDelivery).order_by(HookDelivery.id))]


def test_a_call_is_told_once_when_it_is_transcribed_and_when_somebody_corrects_it(
    archive, exchange, receiver, sender
) -> None:
    hook_for(archive, receiver.url, "call.transcribed", "category.corrected")
    call = exchange.call("家里停电了", category="repair")
    with archive.session() as s:
        correct_category(s, call, 1, "complaint", NOON)
    assert (sender.round(), sender.round()) == (2, 0)
    assert receiver.events == ["call.transcribed", "category.corrected"]
    assert json.loads(receiver.told[1][1])["data"] == {"call_id": call, "before": "repair", "after": "complaint"}
    assert "停电" not in receiver.told[0][1].decode()
    assert "1380" not in receiver.told[0][1].decode()
    assert states(archive) == [("delivered", 1)] * 2


def test_what_is_told_is_signed(archive, exchange, receiver, sender) -> None:
    hook = hook_for(archive, receiver.url, "call.ended")
    exchange.call("家里停电了")
    sender.round()
    ((headers, body),) = receiver.told
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    with archive.reading() as s:
        key = base64.b64decode(hooks.secret_of(s, hook).removeprefix("whsec_"))
    wanted = base64.b64encode(hmac.digest(key, signed, "sha256")).decode()
    assert headers["webhook-signature"] == f"v1,{wanted}"
    assert int(headers["webhook-timestamp"]) == int(LATER.timestamp())


@pytest.mark.parametrize(("fatal", "told"), [(True, ["finding.fatal"]), (False, [])])
def test_only_a_fatal_finding_is_told(archive, exchange, receiver, sender, fatal, told) -> None:
    hook_for(archive, receiver.url, "finding.fatal")
    call = exchange.call("家里停电了")
    with archive.session() as s:
        write_judgement(
            s, call, basis="1", score=0, fatal=fatal, points={}, measures={}, findings=[], at=NOON
        )  # fmt: skip
    sender.round()
    assert receiver.events == told


@pytest.mark.parametrize("status", [500, 404, 302])
def test_who_refuses_is_told_again_after_a_pause_with_the_same_number(
    archive, exchange, receiver, sender, clock, status
) -> None:
    hook_for(archive, receiver.url, "call.ended")
    exchange.call("家里停电了")
    receiver.status = status
    assert (sender.round(), sender.round()) == (0, 0)
    assert len(receiver.told) == 1, "told again only after a pause, and not where a redirect leads"
    receiver.status = 200
    clock[0] += hooks.PAUSES[0]
    assert sender.round() == 1
    assert len({headers["webhook-id"] for headers, _ in receiver.told}) == 1
    assert states(archive) == [("delivered", 2)]


def test_after_two_days_it_is_given_up_and_a_person_may_have_it_said_again(
    archive, exchange, receiver, sender, clock
) -> None:
    hook = hook_for(archive, receiver.url, "call.ended")
    exchange.call("家里停电了")
    receiver.status = 503
    for pause in (*hooks.PAUSES, timedelta(0)):
        sender.round()
        clock[0] += pause
    assert states(archive) == [("given-up", len(hooks.PAUSES) + 1)]
    receiver.status = 200
    with archive.session() as s:
        assert hooks.try_again(s, hook.id, clock[0]) == 1
    assert sender.round() == 1


def test_one_who_is_away_holds_up_nobody_and_gets_all_later(archive, exchange, receiver, sender, clock) -> None:
    hook_for(archive, "http://127.0.0.1:9/away", "call.ended")
    hook_for(archive, receiver.url, "call.ended")
    for _ in range(2):
        exchange.call("家里停电了")
    assert sender.round() == 2
    assert [tries for state, tries in states(archive) if state == "waiting"] == [1, 0]


def test_a_hook_whose_secret_cannot_be_opened_silences_no_other(archive, exchange, receiver, sender) -> None:
    lost = hook_for(archive, "http://127.0.0.1:9/", "call.transcribed")
    hook_for(archive, receiver.url, "call.transcribed")
    with archive.session() as s:
        s.get_one(hooks.Hook, lost.id).secret = "sealed:AAAA"
    exchange.call("家里停电了", category="repair")
    assert sender.round() == 1
    assert receiver.events == ["call.transcribed"]
    assert sorted(states(archive)) == [("delivered", 1), ("waiting", 1)]
    with archive.reading() as s:
        assert "sealed" in s.scalars(select(HookDelivery.answer).where(HookDelivery.hook_id == lost.id)).one()


def test_what_a_broken_off_sender_took_is_sent_by_another(archive, exchange, receiver, sender, clock) -> None:
    hook_for(archive, receiver.url, "call.ended")
    exchange.call("家里停电了")
    with archive.session() as s:
        assert len(hooks.take_due(s, clock[0])) == 1
    assert sender.round() == 0
    clock[0] += hooks.HOLD
    assert sender.round() == 1


def test_a_removed_hook_is_told_nothing_more(archive, exchange, receiver, sender) -> None:
    hook = hook_for(archive, receiver.url, "call.ended")
    exchange.call("家里停电了")
    with archive.session() as s:
        hooks.remove_hook(s, hook.id, NOON)
    exchange.call("家里停电了")
    assert sender.round() == 0
    assert states(archive) == [("given-up", 0)]


def test_what_waits_goes_with_its_call(archive, exchange, receiver) -> None:
    hook_for(archive, receiver.url, "call.ended")
    exchange.call("家里停电了", category="repair")
    assert purge(archive, Terms(1, {}), NOON + timedelta(days=9), NOON.tzinfo).calls == 1
    assert states(archive) == []


@pytest.mark.parametrize(
    ("url", "events"),
    [
        ("ftp://x/y", ["call.ended"]),
        ("nonsense", ["call.ended"]),
        ("https://me:secret@x/", ["call.ended"]),
        ("https://x/", ["call.sung"]),
        ("https://x/", []),
        ("https://" + "x" * 300, ["call.ended"]),
    ],
)
def test_an_address_or_event_that_will_not_do_is_refused(archive, url, events) -> None:
    with archive.session() as s, pytest.raises(HookRefused):
        hooks.add_hook(s, url=url, events=events, at=NOON)
