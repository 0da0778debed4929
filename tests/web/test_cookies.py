"""The cookie and the headers of the console: what they give away, and what they take from nobody."""


def test_a_form_without_its_token_does_nothing(agent, exchange) -> None:
    call = exchange.call("家里停电了", category="repair")
    answer = agent.client.post(f"/calls/{call}/category", data={"category": "billing"})
    assert answer.status_code == 400
    assert "页面放得太久了" in answer.text
    assert "（li，" not in agent.sees(f"/calls/{call}")


def test_what_a_page_fetches_does_not_put_the_cookie_back_to_what_it_was(agent, exchange) -> None:
    call = exchange.call("家里停电了", category="repair")
    agent.sees(f"/calls/{call}")
    for address in (f"/calls/{call}/wave.json", "/static/look.css", f"/calls/{call}"):
        assert "Set-Cookie" not in agent.client.get(address).headers, address


def test_cookies_and_headers_give_nothing_away(someone) -> None:
    answer = someone().client.get("/sign-in")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self'")
    assert "unsafe" not in policy
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_forged_cookie_signs_nobody_in(someone) -> None:
    forger = someone()
    forger.client.set_cookie("lianxin", "eyJfdXNlcl9pZCI6IjEuMDAifQ.aAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAA")
    assert forger.client.get("/calls").status_code == 302
