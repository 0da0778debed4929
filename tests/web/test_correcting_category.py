"""Correcting what a call is about: one click, the machine's answer stays, and nobody's word is lost."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from recordings import users
from recordings.tables import Correction
from tests.web.conftest import NOON, PASSWORD
from tests.web.reading import history, plain

PASSAGES = ("家里停电了", "已经三个小时")


def corrections(archive) -> int:
    with archive.reading() as s:
        return s.scalar(select(func.count()).select_from(Correction)) or 0


def test_one_click_corrects_and_the_machines_answer_stays(agent, exchange) -> None:
    call = exchange.call(*PASSAGES, category="repair", confidence=0.92)
    page = agent.sends(f"/calls/{call}/category", page=f"/calls/{call}", category="complaint").text
    assert "已记为「投诉」" in page
    assert re.fullmatch(r"机器：报修 92 %，改为：投诉（li，\d+月\d+日 \d\d:\d\d）", history(page))
    assert re.search(r'value="complaint" aria-pressed="true"', page)
    assert re.search(r'value="repair" aria-pressed="false"', page)
    back = agent.sends(f"/calls/{call}/category", page=f"/calls/{call}", category="repair").text
    assert re.fullmatch(r"机器：报修 92 %，改为：投诉（li，[^）]+），改为：报修（li，[^）]+）", history(back))


def test_agreeing_with_the_machine_is_kept_as_a_confirmation(agent, exchange, archive) -> None:
    call = exchange.call(*PASSAGES, category="repair")
    page = agent.sends(f"/calls/{call}/category", page=f"/calls/{call}", category="repair").text
    assert "人工确认：报修（li，" in history(page)
    assert corrections(archive) == 1


def test_the_same_category_twice_is_one_correction(agent, exchange, archive) -> None:
    call = exchange.call(*PASSAGES, category="repair")
    for _ in range(2):
        page = agent.sends(f"/calls/{call}/category", page=f"/calls/{call}", category="billing").text
    assert "本来就是「电费」" in page
    assert corrections(archive) == 1


def test_who_is_overtaken_is_told_what_the_other_said(agent, someone, exchange, archive) -> None:
    with archive.session() as s:
        users.add_user(s, name="wang", password=PASSWORD, at=NOON)
    wang = someone()
    wang.signs_in("wang")
    call = exchange.call(*PASSAGES, category="repair")
    form = f"/calls/{call}/category"
    assert "刚才" not in wang.sends(form, page=f"/calls/{call}", category="complaint", seen="repair").text
    page = agent.sends(form, page=f"/calls/{call}", category="billing", seen="repair").text
    assert "刚才wang记为「投诉」" in plain(page)
    assert history(page).count("改为") == 2


def test_a_form_sent_twice_at_once_is_one_correction(agent, exchange, archive, app) -> None:
    call = exchange.call(*PASSAGES, category="repair")
    token = re.search(r'name="csrf_token" value="([^"]+)"', agent.sees(f"/calls/{call}"))
    cookie = agent.client.get_cookie("lianxin")
    assert token
    assert cookie

    def send() -> int:
        client = app.test_client()
        client.set_cookie("lianxin", cookie.value)
        form = {"csrf_token": token[1], "category": "billing"}
        return client.post(f"/calls/{call}/category", data=form).status_code

    with ThreadPoolExecutor(4) as pool:
        answers = [sent.result() for sent in [pool.submit(send) for _ in range(4)]]
    assert answers == [303] * 4
    assert corrections(archive) == 1


@pytest.mark.parametrize("wrong", ["", "power", "报修", "repair "])
def test_a_correction_to_no_category_is_refused(agent, exchange, archive, wrong) -> None:
    call = exchange.call(*PASSAGES, category="repair")
    assert agent.sends(f"/calls/{call}/category", page=f"/calls/{call}", category=wrong).status_code == 400
    assert corrections(archive) == 0


def test_a_call_that_nothing_was_understood_of_can_be_given_a_category(agent, exchange) -> None:
    call = exchange.call()
    assert "还没有分类" in agent.sees(f"/calls/{call}")
    page = agent.sends(f"/calls/{call}/category", page=f"/calls/{call}", category="praise").text
    assert "改为：表扬（li，" in history(page)


def test_correcting_keeps_the_filters_and_the_way_on(agent, exchange) -> None:
    exchange.call(*PASSAGES, category="repair")
    call = exchange.call(*PASSAGES, category="repair")
    page = agent.sends(f"/calls/{call}/category?category=repair", page=f"/calls/{call}", category="billing")
    assert page.request.args["category"] == "repair"
    assert 'id="older"' in page.text


def test_correcting_a_call_that_is_not_there_is_not_found(agent, exchange) -> None:
    call = exchange.call(*PASSAGES, category="repair")
    assert agent.sends("/calls/never/category", page=f"/calls/{call}", category="billing").status_code == 404
