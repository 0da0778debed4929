"""Kappa against values from the literature, and sampling that can be repeated."""

import pytest

from quality.agreement import cohens_kappa, fleiss_kappa
from quality.sampling import Candidate, sample


def test_two_judges_of_fifty_as_in_the_usual_example():
    one = ["yes"] * 25 + ["no"] * 25
    other = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    assert cohens_kappa(one, other) == pytest.approx(0.4)


def test_full_agreement_chance_and_nothing_to_say():
    assert cohens_kappa("abab", "abab") == 1
    assert cohens_kappa("aabb", "abab") == 0
    assert cohens_kappa("aaaa", "aaaa") is None
    assert cohens_kappa("", "") is None


def test_fourteen_judges_of_ten_items_as_in_the_usual_example():
    rows = [
        (0, 0, 0, 0, 14), (0, 2, 6, 4, 2), (0, 0, 3, 5, 6), (0, 3, 9, 2, 0), (2, 2, 8, 1, 1),
        (7, 7, 0, 0, 0), (3, 2, 6, 3, 0), (2, 5, 3, 2, 2), (6, 5, 2, 1, 0), (0, 2, 2, 3, 7),
    ]  # fmt: skip
    answers = [[answer for answer, times in enumerate(row) for _ in range(times)] for row in rows]
    assert fleiss_kappa(answers) == pytest.approx(0.210, abs=0.0005)


def test_judges_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="same items"):
        cohens_kappa("a", "ab")
    with pytest.raises(ValueError, match="same number"):
        fleiss_kappa(["ab", "a"])


CALLS = [Candidate(f"c{n:03}", f"agent{n % 4}", fatal=n == 7, new_agent=n == 9) for n in range(100)]


def test_a_sample_is_repeated_by_its_seed_whatever_the_order():
    assert sample(CALLS, 0.1, 5) == sample(CALLS[::-1], 0.1, 5)
    assert sample(CALLS, 0.1, 5) != sample(CALLS, 0.1, 6)


def test_every_agent_is_heard_and_what_must_be_heard_is():
    chosen = sample(CALLS, 0.1, 5)
    assert {"c007", "c009"} <= set(chosen)
    agents = [int(each[1:]) % 4 for each in chosen if each not in {"c007", "c009"}]
    assert {agent: agents.count(agent) for agent in range(4)} == {0: 3, 1: 3, 2: 3, 3: 3}
    assert sample(CALLS, 0, 5) == ("c007", "c009")
