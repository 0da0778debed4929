"""The plan language: what a caller does, read from a comma list, and what is said of a plan that cannot be read."""

from pathlib import Path

import pytest

from lianxin.softphone.errors import PlanWrong
from lianxin.softphone.plan import HangUp, Press, Say, Step, Wait, parse_plan

LAMP = Path("lamp.wav")


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("", ()),
        ("  ", ()),
        ("1,wait:2,#", (Press("1"), Wait(2), Press("#"))),
        (" 0 , * , wait:0.5 ", (Press("0"), Press("*"), Wait(0.5))),
        ("say:other.wav,hangup", (Say(Path("other.wav")), HangUp())),
        ("say:a:b.wav", (Say(Path("a:b.wav")),)),
    ],
)
def test_a_plan_is_read_step_by_step(text: str, steps: tuple[Step, ...]) -> None:
    assert parse_plan(text) == steps


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("", (Say(LAMP),)),
        ("1,wait:2", (Press("1"), Wait(2), Say(LAMP))),
        ("1,hangup", (Press("1"), Say(LAMP), HangUp())),
        ("1,say,#", (Press("1"), Say(LAMP), Press("#"))),
        ("say,say", (Say(LAMP), Say(LAMP))),
        ("say:other.wav", (Say(Path("other.wav")), Say(LAMP))),
    ],
)
def test_the_audio_to_say_comes_where_the_plan_says_or_last(text: str, steps: tuple[Step, ...]) -> None:
    assert parse_plan(text, LAMP) == steps


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1,,2", 'step 2 of the plan, "": there is nothing between two commas'),
        ("1,", 'step 2 of the plan, "": there is nothing between two commas'),
        ("1,dance", 'step 2 of the plan, "dance": not a step; there are keys (0-9, *, #)'),
        ("12#", 'step 1 of the plan, "12#": one key a step; write 1,2,#'),
        ("A", 'step 1 of the plan, "A": not a step'),
        ("１", 'step 1 of the plan, "１": not a step'),
        ("wait", 'step 1 of the plan, "wait": say how many seconds, like wait:2'),
        ("wait:soon", 'step 1 of the plan, "wait:soon": say how many seconds, like wait:2'),
        ("wait:-1", 'step 1 of the plan, "wait:-1": seconds go from 0 to 3600'),
        ("wait:nan", 'step 1 of the plan, "wait:nan": seconds go from 0 to 3600'),
        ("say", 'step 1 of the plan, "say": it needs a file; give --say FILE or write say:FILE'),
        ("say:", 'step 1 of the plan, "say:": name the file after the colon'),
        ("hangup,1", 'step 2 of the plan, "1": nothing can follow hangup'),
        ("hangup:3", 'step 1 of the plan, "hangup:3": not a step'),
    ],
)
def test_a_wrong_plan_names_the_step_and_the_mend(text: str, message: str) -> None:
    with pytest.raises(PlanWrong) as raised:
        parse_plan(text)
    assert str(raised.value).startswith(message)
    assert "\n" not in str(raised.value)
