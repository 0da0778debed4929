"""When something of ours fails, the page says so kindly and shows nothing of the inside."""

import pytest

from recordings.errors import DatabaseUnreachable
from web.calls import pages


def test_a_database_that_went_away_is_a_page_and_no_traceback(agent, archive, monkeypatch) -> None:
    def gone():
        raise DatabaseUnreachable("database sqlite:///gone: no such file; check the setting `database`")

    monkeypatch.setattr(archive, "reading", gone)
    page = agent.sees("/calls", status=503)
    assert "系统自己出了错" in page
    assert "sqlite" not in page


def test_a_fault_of_the_program_is_a_page_and_no_traceback(agent, app, monkeypatch) -> None:
    def stumble(*_: object, **__: object) -> None:
        raise RuntimeError("a fault for this test")

    monkeypatch.setattr(pages, "page_of_calls", stumble)
    page = agent.sees("/calls", status=500)
    assert "系统自己出了错" in page
    assert "a fault for this test" not in page


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_other_ways_of_asking_are_refused(agent, method) -> None:
    answer = getattr(agent.client, method)("/calls")
    assert answer.status_code == 405
    assert "连心热线" in answer.text


def test_a_form_that_is_far_too_large_is_refused(agent) -> None:
    answer = agent.client.post("/password", data={"current": "x" * 200_000})
    assert answer.status_code in (400, 413)
    assert "连心热线" in answer.text
