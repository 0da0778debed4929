"""The figures of an evaluation are those of the textbooks."""

import pytest

from lianxin.evaluation.error_rate import error_rate
from lianxin.evaluation.interval import wilson
from lianxin.evaluation.spoken import trial_set


def test_errors_are_counted_by_character_without_signs_and_case() -> None:
    assert error_rate(["家里停电了，两天。", "App 坏了"], ["家里停店了两天", "app坏了"]) == pytest.approx(1 / 12)
    assert error_rate(["停电"], [""]) == 1.0
    assert error_rate(["停", ""], ["停电电", "甲"]) == 2.0


def test_nothing_said_is_no_rate() -> None:
    with pytest.raises(ValueError, match="nothing is said"):
        error_rate(["，"], ["喂"])


def test_an_interval_is_wilsons() -> None:
    low, high = wilson(81, 263) or (0, 0)  # Newcombe, Statistics in Medicine 17 (1998), table I, method 3
    assert (low, high) == (pytest.approx(0.2553, abs=1e-4), pytest.approx(0.3662, abs=1e-4))
    low, high = wilson(0, 20) or (1, 1)
    assert (low, high) == (0.0, pytest.approx(0.1611, abs=1e-4))
    assert wilson(0, 0) is None


def test_the_trial_set_is_whole_and_says_where_it_comes_from() -> None:
    spoken = trial_set()
    assert len(spoken.recordings) == 100
    assert len({each.voice for each in spoken.recordings}) == 9
    assert spoken.ours
    assert "no person speaks" in spoken.origin
