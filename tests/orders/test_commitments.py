"""What is promised comes from a profile, and a mistake in one is named."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from orders.commitments import Area, load_commitments
from orders.errors import CommitmentsInvalid

FOLDER = Path(__file__).parents[2] / "config" / "commitments"
AT = datetime(2026, 7, 1, 15, 50, tzinfo=UTC)


@pytest.mark.parametrize(
    ("profile", "days"), [("state-grid-2023", 5), ("state-grid-older", 7), ("southern-grid-2017", 5)]
)
def test_every_shipped_profile_promises_a_crew_in_45_90_and_120_minutes(profile, days):
    promised = load_commitments(profile, FOLDER)
    minutes = [promised.arrival_by(area, AT) - AT for area in (Area.URBAN, Area.RURAL, Area.REMOTE)]
    assert minutes == [timedelta(minutes=45), timedelta(minutes=90), timedelta(minutes=120)]
    assert promised.contact_by(AT) == AT + timedelta(hours=24)
    assert promised.complaint_answer_days == days


def test_nothing_is_promised_of_power_back_where_nothing_is_stated():
    assert dict(load_commitments("state-grid-2023", FOLDER).restored) == {
        Area.URBAN: timedelta(hours=3),
        Area.RURAL: timedelta(hours=4),
    }
    assert not load_commitments("state-grid-older", FOLDER).restored


def test_a_profile_of_ones_own_is_read_from_its_path(tmp_path):
    own = tmp_path / "ours.toml"
    own.write_text((FOLDER / "state-grid-2023.toml").read_text("utf-8").replace("urban = 45", "urban = 30"), "utf-8")
    assert load_commitments(str(own), FOLDER).arrival[Area.URBAN] == timedelta(minutes=30)


@pytest.mark.parametrize(
    ("right", "wrong", "named"),
    [
        ("urban = 45", "urban = 0", "arrival_minutes"),
        ("urban = 45", 'urban = "soon"', "'soon'"),
        ("[complaint]", "[complaints]", "complaints"),
        ("remote = 120", "", "remote"),
        ("[inquiry]", "[inquiry", "inquiry"),
    ],
)
def test_a_mistake_is_named_in_one_line(tmp_path, right, wrong, named):
    own = tmp_path / "ours.toml"
    own.write_text((FOLDER / "state-grid-2023.toml").read_text("utf-8").replace(right, wrong), "utf-8")
    with pytest.raises(CommitmentsInvalid) as error:
        load_commitments(str(own), FOLDER)
    assert str(own) in str(error.value)
    assert named in str(error.value) or named == "inquiry"


def test_an_unknown_profile_is_answered_with_those_there_are():
    with pytest.raises(CommitmentsInvalid, match="state-grid-2023"):
        load_commitments("state-grid-2032", FOLDER)
