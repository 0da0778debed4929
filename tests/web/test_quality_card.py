"""The page of a call shows what the machine found, where to hear it, and what it measured."""

from datetime import UTC, datetime

from recordings.judgements import write_judgement
from recordings.tables import Finding

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def judge(exchange, call_id, score, **finding):
    rows = [
        Finding(
            rule="forbidden.insult", zh="侮辱", en="Insult", item="wording", channel="agent", at=3.5, points=-10,
            recording_id="rec0001", second=3.5, fatal=True, **finding,
        )
    ] if finding else []  # fmt: skip
    with exchange.archive.session() as s:
        write_judgement(
            s, call_id, basis="1", score=score, fatal=bool(rows), points={}, findings=rows, at=NOW,
            measures={"agent": {"speech": 12.3, "share": 0.61, "voice": {"median": 181.2, "semitones": 9.0}}},
        )  # fmt: skip


def test_findings_lead_to_their_second(exchange, agent):
    call_id = exchange.call("你好", category="complaint")
    judge(exchange, call_id, 0, words="<b>有病吧</b>")
    page = agent.sees(f"/calls/{call_id}")
    assert 'data-seek="3.50" data-of="rec0001"' in page
    assert "&lt;b&gt;有病吧" in page
    assert "一票否决" in page
    assert "61%" in page
    assert "181 Hz" in page


def test_a_call_without_an_agent_has_no_score(exchange, agent):
    call_id = exchange.call("停电了", category="repair")
    judge(exchange, call_id, None)
    assert "没有坐席说话" in agent.sees(f"/calls/{call_id}")


def test_a_call_that_was_not_judged_shows_nothing_of_it(exchange, agent):
    assert "quality-title" not in agent.sees(f"/calls/{exchange.call('停电了', category='repair')}")
