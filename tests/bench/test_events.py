"""Both clients read every event of the stub, and the benchmark says how fast."""

import json

from ivr.ari.events import Unknown
from ivr.ari.reading import read_event
from lianxin.bench.events import measure
from lianxin.bench.stub import CALLS, a_call, frame, in_turn


async def test_both_clients_take_every_event_and_delays_are_measured() -> None:
    said: list[str] = []
    told = await measure(said.append, rounds=1, number=800, seconds=1)
    assert told["ours_per_s"] > 100
    assert told["ari_client_per_s"] > 100
    assert told["ratio"] > 0
    assert 0 < told["p99_ms"] < 10_000
    assert len(said) == 2


def test_the_stub_sends_what_asterisk_would_as_frames_that_say_their_length(now_utc) -> None:
    for event in a_call(3):
        assert not isinstance(read_event(event, now_utc), Unknown)
        sent = frame(event)
        assert json.loads(sent[4:]) == event
        assert int.from_bytes(sent[2:4], "big") == len(sent) - 4
    events = in_turn()
    assert len({str(next(events)["channel"]["id"]) for _ in range(CALLS)}) == CALLS
