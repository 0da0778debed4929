"""From one call to the next that waits for a person's word."""

from tests.web.reading import plain


def test_one_goes_from_call_to_call_until_none_is_left_in_doubt(agent, exchange) -> None:
    oldest = exchange.call("灯一闪一闪的", category="repair", confidence=0.4)
    exchange.call("家里停电了", category="repair", confidence=0.95)
    newest = exchange.call("电费怎么算", category="billing", confidence=0.5)
    assert f'href="/calls/{newest}/next-in-doubt"' in agent.sees(f"/calls/{newest}")
    for here, then in ((newest, oldest), (oldest, newest)):
        assert agent.client.get(f"/calls/{here}/next-in-doubt").headers["Location"] == f"/calls/{then}?unsure=1"
    for call in (newest, oldest):
        agent.sends(f"/calls/{call}/category", page=f"/calls/{call}", category="inquiry")
    page = agent.sees(f"/calls/{oldest}/next-in-doubt")
    assert "没有等人判断的通话了" in plain(page)
    assert 'class="calls"' in page


def test_a_call_that_is_not_there_has_no_next(agent, exchange) -> None:
    exchange.call("家里停电了", category="repair", confidence=0.4)
    agent.sees("/calls/none/next-in-doubt", status=404)
