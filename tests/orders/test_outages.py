"""Outages: noted, found while they hold, ended once."""

from datetime import timedelta

import pytest

from orders.districts import all_districts, find_district, remove_district, set_district
from orders.errors import DistrictRefused, DistrictUnknown, OutageRefused, OutageUnknown
from orders.outages import add_outage, announced_outages, current_outages, edit_outage, end_outage, outages

HOUR = timedelta(hours=1)


def test_a_new_archive_has_a_district_of_each_kind(archive):
    with archive.reading() as s:
        assert [(d.key, d.name, d.area) for d in all_districts(s)] == [
            ("1", "城区", "urban"), ("2", "乡镇", "rural"), ("3", "边远山区", "remote")
        ]  # fmt: skip


def test_an_outage_is_known_from_its_begin_to_its_end_and_in_its_district_alone(archive, now):
    with archive.session() as s:
        outage = add_outage(s, district="1", since=now, expected_back=now + 3 * HOUR, area="解放路 1—99 号")
        end_outage(s, outage.id, now + 2 * HOUR)
        end_outage(s, outage.id, now + 9 * HOUR)
    with archive.reading() as s:
        for hours, there in ((-1, 0), (0, 1), (1, 1), (2, 0), (5, 0)):
            assert len(current_outages(s, "1", now + hours * HOUR)) == there, f"after {hours} h"
        assert not current_outages(s, "2", now)


def test_planned_work_is_announced_before_and_known_during(archive, now):
    with archive.session() as s:
        add_outage(s, district="2", since=now + 5 * HOUR, expected_back=now + 9 * HOUR, cause="planned")
    with archive.reading() as s:
        assert len(announced_outages(s, "2", now, now + 24 * HOUR)) == 1
        assert not announced_outages(s, "2", now, now + HOUR)
        assert not current_outages(s, "2", now)
        assert len(current_outages(s, "2", now + 6 * HOUR)) == 1


def test_those_that_have_ended_are_listed_only_when_asked_for(archive, now):
    with archive.session() as s:
        first = add_outage(s, district="1", since=now)
        add_outage(s, district="3", since=now - HOUR)
        end_outage(s, first.id, now)
    with archive.reading() as s:
        assert [o.place.name for o in outages(s)] == ["边远山区"]
        assert len(outages(s, ended=True)) == 2


def test_an_edit_writes_all_of_it(archive, now):
    with archive.session() as s:
        made = add_outage(s, district="1", since=now)
        edit_outage(
            s, made.id, district="2", since=now, expected_back=now + HOUR, area="  河东村\n一组 ", cause="weather"
        )
    with archive.reading() as s:
        (found,) = outages(s)
    assert (found.place.name, found.area, found.cause, found.expected_back) == (
        "乡镇", "河东村 一组", "weather", now + HOUR
    )  # fmt: skip


def test_what_cannot_be_is_refused(archive, now):
    with archive.session() as s:
        with pytest.raises(DistrictUnknown, match="'9'"):
            add_outage(s, district="9", since=now)
        with pytest.raises(OutageRefused, match="before it is off"):
            add_outage(s, district="1", since=now, expected_back=now)
        with pytest.raises(OutageRefused, match="fault, planned"):
            add_outage(s, district="1", since=now, cause="ghosts")
        with pytest.raises(OutageRefused, match="at most 200"):
            add_outage(s, district="1", since=now, area="长" * 201)
        with pytest.raises(OutageUnknown, match="77"):
            end_outage(s, 77, now)
        assert not outages(s)


def test_a_district_is_added_changed_and_taken_away(archive, now):
    with archive.session() as s:
        set_district(s, key="4", name="开发区", area="urban")
        set_district(s, key="4", name="高新区", area="rural")
        assert find_district(s, "4").name == "高新区"
        remove_district(s, "4")
        assert find_district(s, "4") is None


@pytest.mark.parametrize(
    ("key", "name", "area"),
    [
        ("8", "南山", "urban"),
        ("12", "南山", "urban"),
        ("4", " ", "urban"),
        ("4", "南山", "moon"),
        ("4", "城区", "urban"),
    ],
)
def test_a_district_that_cannot_be_is_refused(archive, key, name, area):
    with archive.session() as s, pytest.raises(DistrictRefused):
        set_district(s, key=key, name=name, area=area)


def test_a_district_with_outages_on_record_stays(archive, now):
    with archive.session() as s:
        add_outage(s, district="1", since=now)
        with pytest.raises(DistrictRefused, match="rename"):
            remove_district(s, "1")
