"""Who works for some districts finds nothing of the others' calls, by whatever query."""

from datetime import datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import aliased, joinedload

from recordings import ledger
from recordings.archive import Archive
from recordings.tables import Call, Case, Event, Leg, Listed, Recording


@pytest.fixture
def three(archive: Archive, now: datetime) -> Archive:
    """A call in district 1, one in 2, and one of nobody knows where."""
    with archive.session() as s:
        for name, district in (("one", "1"), ("two", "2"), ("nowhere", "")):
            ledger.open_call(s, call_id=name, channel_id=name, node="main", caller="", line="", at=now)
            ledger.request_recording(s, call_id=name, side="caller", recording_id=f"r-{name}", at=now)
            s.get_one(Case, ledger.open_case(s, call_id=name, flow="repair", at=now)).district = district
    return archive


def found(archive: Archive) -> list[object]:
    other = aliased(Call)
    with archive.reading() as s:
        return [
            sorted(s.scalars(select(Call.id))),
            s.scalar(select(func.count()).select_from(Case)),
            sorted(s.scalars(select(Listed.call_id))),
            sorted(s.scalars(select(Leg.call_id).join(Recording))),
            sorted(s.scalars(select(other.id).join(Case, Case.call_id == other.id))),
            sorted({event.call_id for event in s.scalars(select(Event).options(joinedload(Event.call)))}),
            s.get(Call, "two") is not None,
            s.scalar(select(Recording.id).join(Leg).where(Recording.id == "r-two")) is not None,
        ]


def test_nothing_of_other_districts_is_found(three: Archive) -> None:
    for districts, seen in (
        (["1"], ["nowhere", "one"]),
        (["2"], ["nowhere", "two"]),
        (["1", "2"], ["nowhere", "one", "two"]),
    ):
        theirs = "2" in districts
        assert found(three.limited_to(districts)) == [seen, len(seen), seen, seen, seen, seen, theirs, theirs]


def test_without_districts_all_is_found(three: Archive) -> None:
    assert found(three.limited_to([]))[0] == ["nowhere", "one", "two"]
    assert found(three) == found(three.limited_to([]))


def test_a_case_that_moves_to_another_district_takes_its_call_along(three: Archive) -> None:
    ours = three.limited_to(["1"])
    with ours.session() as s:
        s.scalars(select(Case).where(Case.call_id == "one")).one().district = "2"
    assert found(ours)[0] == ["nowhere"]
    with three.reading() as s:
        assert s.scalar(select(Listed.district).where(Listed.call_id == "one")) == "2"
