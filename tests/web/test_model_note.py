"""Which model is in use is said plainly at the top of the list and of every call."""

from datetime import UTC, datetime, timedelta

import pytest

from recordings import ledger


@pytest.fixture
def pages(agent, exchange):
    call = exchange.call("家里停电了", category="repair")
    return lambda: [agent.sees("/calls"), agent.sees(f"/calls/{call}")]


def beat(archive, *, model: str, trial: bool, ago: timedelta = timedelta(), name: str = "worker:box") -> None:
    with archive.session() as s:
        ledger.beat(s, name, datetime.now(UTC) - ago, model=model, trial=trial)


def test_the_embedded_model_is_called_a_trial(archive, pages) -> None:
    beat(archive, model="lianxin-trial", trial=True)
    for page in pages():
        assert "试用模型「lianxin-trial」" in page
        assert "请以录音为准" in page


def test_another_model_is_named_without_the_warning(archive, pages) -> None:
    beat(archive, model="vosk-model-cn-0.22", trial=False)
    for page in pages():
        assert "转写模型：vosk-model-cn-0.22" in page
        assert "试用" not in page


def test_without_any_worker_the_page_says_that_transcripts_will_not_come(archive, pages) -> None:
    beat(archive, model="", trial=True, name="controller:main")
    assert all("还没有转写进程在运行" in page for page in pages())


def test_a_worker_that_fell_silent_is_missed(archive, pages) -> None:
    beat(archive, model="lianxin-trial", trial=True, ago=timedelta(minutes=17, seconds=20))
    assert all("17 分钟没有动静" in page for page in pages())


def test_the_newest_worker_speaks_for_all(archive, pages) -> None:
    beat(archive, model="old", trial=False, ago=timedelta(hours=3))
    beat(archive, model="new", trial=False, name="worker:other")
    for page in pages():
        assert "转写模型：new" in page
        assert "没有动静" not in page
