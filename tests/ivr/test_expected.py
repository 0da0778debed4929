"""How long a caller will wait is told honestly, or not at all."""

from datetime import UTC, datetime, timedelta

import pytest

from ivr.agents.expected import AnswerTimes

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def answered(*minutes_ago: float) -> AnswerTimes:
    times = AnswerTimes()
    for ago in sorted(minutes_ago, reverse=True):
        times.answered(NOON - timedelta(minutes=ago))
    return times


@pytest.mark.parametrize(
    ("ago", "before", "minutes"),
    [
        ((9, 6, 3), 0, 3),
        ((9, 6, 3), 1, 6),
        ((9, 6, 3), 9, 30),
        ((9, 6, 3), 10, None),
        ((6, 3), 0, None),
        ((70, 65, 3), 0, None),
        ((1.5, 1, 0.5), 0, 1),
        ((), 0, None),
    ],
)
def test_the_wait_follows_from_the_last_answers(ago, before, minutes):
    assert answered(*ago).minutes(before, NOON) == minutes


def test_the_longer_nobody_was_answered_the_longer_is_the_wait():
    times = answered(9, 6, 3)
    later = NOON + timedelta(minutes=30)
    assert (times.minutes(0, NOON), times.minutes(0, later)) == (3, 13)
