"""Who is rung for whom: the longest free agent, for whoever is first in line."""

from datetime import datetime, timedelta

import pytest

from recordings import agents, ledger, users
from recordings.archive import Archive
from recordings.errors import AgentRefused, AgentUnknown, UserUnknown
from recordings.tables import Agent, Case


@pytest.fixture
def phone(archive: Archive, now: datetime):
    """Makes an agent who has been free for so many minutes, or is not ready; gives the user's id."""

    def make(name: str, free: int | None = None) -> int:
        with archive.session() as s:
            users.add_user(s, name=name, password="long enough 1", at=now)
            agent = agents.add_agent(s, name, now)
            if free is not None:
                agents.set_state(s, agent.user_id, agents.READY, now - timedelta(minutes=free))
            return agent.user_id

    return make


@pytest.fixture
def waits(archive: Archive, now: datetime):
    """A caller who has been waiting for so many minutes."""

    def make(call_id: str, minutes: int, *, first: bool = False) -> str:
        at = now - timedelta(minutes=minutes)
        with archive.session() as s:
            ledger.open_call(s, call_id=call_id, channel_id=call_id, node="main", caller="138", line="95598", at=at)
            agents.joined(s, call_id, at, first=first)
        return call_id

    return make


def next_name(archive: Archive, call_id: str, now: datetime) -> str:
    with archive.session() as s:
        found = agents.next_agent(s, call_id, now)
        return found.user.name if found else ""


def test_the_agent_free_for_longest_answers_whoever_is_first(archive, now, phone, waits):
    phone("li", 1)
    phone("wang", 9)
    phone("away")
    first, second = waits("a", 5), waits("b", 3)
    assert next_name(archive, second, now) == "wang", "two are free, so the second need not wait for the first"
    assert next_name(archive, first, now) == "li"
    assert next_name(archive, first, now) == "", "nobody is free any more"


def test_the_second_waits_while_only_one_is_free(archive, now, phone, waits):
    phone("li", 1)
    first, second = waits("a", 5), waits("b", 3)
    assert next_name(archive, second, now) == ""
    assert next_name(archive, first, now) == "li"


def test_danger_comes_before_those_who_came_earlier(archive, now, phone, waits):
    phone("li", 1)
    calm, danger = waits("calm", 9), waits("danger", 1, first=True)
    assert next_name(archive, calm, now) == ""
    assert next_name(archive, danger, now) == "li"


def test_who_writes_up_a_call_is_left_alone_meanwhile(archive, now, phone, waits):
    li = phone("li", 1)
    caller = waits("a", 1)
    with archive.session() as s:
        agents.freed(s, li, now + timedelta(seconds=10))
    assert next_name(archive, caller, now + timedelta(seconds=9)) == ""
    assert next_name(archive, caller, now + timedelta(seconds=10)) == "li"


def test_a_call_that_ended_waits_no_more_and_its_agent_is_free(archive, now, phone, waits):
    li = phone("li", 1)
    gone, caller = waits("gone", 9), waits("a", 1)
    assert next_name(archive, gone, now) == "li"
    with archive.session() as s:
        ledger.close_call(s, gone, "hung-up", now)
        agents.tidy(s, now)
        assert s.get_one(Agent, li).call_id is None
    assert next_name(archive, caller, now) == "li"


def test_the_first_agent_owns_the_case_and_stays_the_owner(archive, now, phone, waits):
    li, wang = phone("li", 1), phone("wang", 1)
    call = waits("a", 1)
    with archive.session() as s:
        number = agents.case_of_call(s, call, li, "138", now)
        assert agents.case_of_call(s, call, wang, "138", now) == number
        case = s.get_one(Case, number)
        assert (case.owner_id, case.contact, case.flow) == (li, "138", "person")
        assert s.get_one(Agent, wang).call_id == call


def test_the_first_answer_of_a_survey_counts_and_dissatisfaction_opens_a_case(archive, now, phone, waits):
    li = phone("li", 1)
    call = waits("a", 1)
    with archive.session() as s:
        agents.case_of_call(s, call, li, "138", now)
        agents.surveyed(s, call, 3, now)
        agents.surveyed(s, call, 1, now)
        assert [case.flow for case in s.query(Case).order_by(Case.number)] == ["person", "follow-up"]


def test_extensions_are_given_in_turn_and_never_twice(archive, now, phone):
    phone("li")
    phone("wang")
    with archive.session() as s:
        assert [agent.extension for agent in agents.agents(s)] == ["801", "802"]
        agents.remove_agent(s, "li")
        users.add_user(s, name="chen", password="long enough 1", at=now)
        assert agents.add_agent(s, "chen", now).extension == "801"
        with pytest.raises(AgentUnknown, match="agent list"):
            agents.remove_agent(s, "li")


@pytest.mark.parametrize("extension", ["8", "80a", "123456789", "８０１", "801"])
def test_an_extension_that_cannot_be_is_refused(archive, now, phone, extension):
    phone("li")
    with archive.session() as s:
        users.add_user(s, name="chen", password="long enough 1", at=now)
        with pytest.raises(AgentRefused):
            agents.add_agent(s, "chen", now, extension)


def test_only_users_have_telephones_and_only_one_each(archive, now, phone):
    phone("li")
    with archive.session() as s:
        with pytest.raises(UserUnknown):
            agents.add_agent(s, "nobody", now)
        with pytest.raises(AgentRefused, match="already"):
            agents.add_agent(s, "li", now)


def test_a_wish_needs_a_call_and_is_granted_once(archive, now, phone, waits):
    li = phone("li", 1)
    with archive.session() as s, pytest.raises(AgentRefused):
        agents.wish(s, li, "hold", now)
    call = waits("a", 1)
    next_name(archive, call, now)
    with archive.session() as s:
        agents.wish(s, li, "transfer", now, "802")
        assert agents.has_wishes(s, call)
        assert agents.open_wishes(s, call, li, now) == [("transfer", "802")]
        assert agents.open_wishes(s, call, li, now) == []
        assert not agents.has_wishes(s, call)


@pytest.mark.parametrize(("caller", "calls"), [("138", 3), ("", 0), ("139", 0)])
def test_how_often_a_number_rang(archive, now, caller, calls):
    with archive.session() as s:
        for n, minutes in enumerate((1, 30, 119, 121)):
            at = now - timedelta(minutes=minutes)
            ledger.open_call(s, call_id=f"c{n}", channel_id=f"c{n}", node="main", caller="138", line="95598", at=at)
        assert agents.recent_calls(s, caller, now - timedelta(hours=2)) == calls
