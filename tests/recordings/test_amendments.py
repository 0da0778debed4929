"""What people change of the settings in the console: the newest word counts, every one stays, and says why."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from recordings import amendments, users
from recordings.archive import Archive
from recordings.errors import AmendmentRefused
from recordings.retention import Terms
from recordings.tables import Amendment

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
FILE = Terms(180, {"complaint": 730})


@pytest.fixture
def by(archive: Archive) -> dict[str, object]:
    with archive.session() as s:
        return {"user_id": users.add_user(s, name="root", password="long enough 1", at=NOON).id, "at": NOON}


def test_the_newest_word_holds_until_the_file_holds_again(archive, by) -> None:
    with archive.session() as s:
        amendments.amend_rule(s, "opening.greeting", points=-3, off=False, reason="too dear", **by)
        amendments.amend_rule(s, "opening.greeting", points=-3, off=True, reason="a  false\nalarm ", **by)
        amendments.amend_rule(s, "closing.thanks", points=0, off=False, reason="on trial", **by)
    with archive.reading() as s:
        said = amendments.amendments(s, "rule")
        assert {name: row.value for name, row in said.items()} == {
            "opening.greeting": {"points": -3, "off": True},
            "closing.thanks": {"points": 0, "off": False},
        }
        assert said["opening.greeting"].reason == "a false alarm"
        assert said["opening.greeting"].user.name == "root"
    with archive.session() as s:
        amendments.withdraw(s, "rule", "opening.greeting", reason="mended in the file", **by)
    with archive.reading() as s:
        assert set(amendments.amendments(s, "rule")) == {"closing.thanks"}
        assert s.scalar(select(func.count(Amendment.id))) == 4


def test_terms_are_the_files_until_somebody_says_otherwise(archive, by) -> None:
    with archive.session() as s:
        assert amendments.terms_in_force(s, FILE) is FILE
        amendments.amend_terms(s, Terms(90, {"praise": 30}), reason="the data office", **by)
    with archive.reading() as s:
        assert amendments.terms_in_force(s, FILE) == Terms(90, {"praise": 30})
        assert not amendments.amendments(s, "rule")
    with archive.session() as s:
        amendments.withdraw(s, "terms", "", reason="taken back", **by)
    with archive.reading() as s:
        assert amendments.terms_in_force(s, FILE) is FILE


@pytest.mark.parametrize("reason", ["", " \n ", "字" * 201])
def test_nobody_changes_anything_without_a_reason(archive, by, reason) -> None:
    with archive.session() as s:
        with pytest.raises(AmendmentRefused, match="say why"):
            amendments.amend_rule(s, "r", points=-1, off=False, reason=reason, **by)
        with pytest.raises(AmendmentRefused, match="say why"):
            amendments.amend_terms(s, FILE, reason=reason, **by)
        with pytest.raises(AmendmentRefused, match="say why"):
            amendments.withdraw(s, "terms", "", reason=reason, **by)
    with archive.reading() as s:
        assert s.scalar(select(func.count(Amendment.id))) == 0


@pytest.mark.parametrize("points", [1, -101])
def test_points_stay_on_the_sheet(archive, by, points) -> None:
    with archive.session() as s, pytest.raises(AmendmentRefused, match=f"{points} points"):
        amendments.amend_rule(s, "r", points=points, off=False, reason="why", **by)


@pytest.mark.parametrize("terms", [Terms(0, {}), Terms(36501, {}), Terms(1, {"praise": 0})])
def test_terms_are_days_and_at_most_a_century(archive, by, terms) -> None:
    with archive.session() as s, pytest.raises(AmendmentRefused, match="days"):
        amendments.amend_terms(s, terms, reason="why", **by)
