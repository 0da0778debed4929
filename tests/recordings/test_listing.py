"""The list of calls follows every change, and can be drawn up anew."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, select, text

from recordings import ledger, stages, users
from recordings.archive import Archive
from recordings.corrections import correct_category
from recordings.listing import rebuild
from recordings.search_words import pairs, runs, signs, sounds, typed_sounds
from recordings.tables import Case, Listed, Recording


def listed(archive: Archive) -> dict[str, tuple[object, ...]]:
    with archive.reading() as s:
        rows = s.scalars(select(Listed)).all()
        found = s.execute(text("SELECT rowid, said, sounds, numbers FROM call_words ORDER BY rowid")).all()
    fields = ("id", "category", "by_person", "urgent", "state", "district", "said", "numbers")
    return {row.call_id: tuple(getattr(row, field) for field in fields) for row in rows} | {"index": tuple(found)}


@pytest.fixture
def busy(archive: Archive, call: str, recording: str, now: datetime) -> Archive:
    """A call that was recorded, understood, and corrected."""
    with archive.session() as s:
        row = s.get_one(Recording, recording)
        row.state, row.stage = "stored", "queued"
        number = ledger.open_case(s, call_id=call, flow="repair", at=now)
        s.get_one(Case, number).district = "2"
        written = stages.write_transcript(s, recording, model="m", text="家里停电，冒烟了", turns=[], at=now)
        assert written
        stages.write_verdict(
            s, recording, transcript_id=written.id, category="billing", second="", confidence=0.9, urgency="urgent",
            evidence=[], at=now,
        )  # fmt: skip
        ledger.close_call(s, call, "reported", now)
        user = users.add_user(s, name="li", password="long enough 1", at=now)
    with archive.session() as s:
        correct_category(s, call, user.id, "repair", now)
    return archive


def test_every_change_of_a_call_shows_in_its_row(busy: Archive, call: str) -> None:
    assert listed(busy)[call][1:] == ("repair", "corrected", True, "ready", "2", "家里停电，冒烟了", "100001")


def test_drawing_it_up_anew_comes_to_the_same(busy: Archive) -> None:
    before = listed(busy)
    with busy.session() as s:
        s.execute(text("UPDATE listed SET said = 'nonsense', state = 'waiting'"))
        s.execute(text("DELETE FROM call_words"))
    assert listed(busy) != before
    with busy.session() as s:
        assert rebuild(s) == 1
    assert listed(busy) == before


def test_an_archive_without_a_list_gets_one_when_it_is_opened(busy: Archive, tmp_path: Path) -> None:
    before = listed(busy)
    with busy.session() as s:
        s.execute(text("DELETE FROM listed"))
    assert listed(busy) == {"index": ()}
    again = Archive.open(f"sqlite:///{tmp_path}/lianxin.db", str(tmp_path / "archive"))
    assert listed(again) == before
    again.close()


def test_what_is_undone_is_not_listed(archive: Archive, call: str, now: datetime) -> None:
    before = listed(archive)

    def ring_and_fail() -> None:
        with archive.session() as s:
            ledger.open_call(s, call_id="gone", channel_id="gone", node="main", caller="139", line="", at=now)
            s.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ring_and_fail()
    assert listed(archive) == before


def test_two_calls_of_one_moment_have_places_of_their_own(archive: Archive, call: str, now: datetime) -> None:
    with archive.session() as s:
        ledger.open_call(s, call_id="twin", channel_id="twin", node="main", caller="", line="", at=now)
    rows = listed(archive)
    assert rows["twin"][0] == rows[call][0] + 1  # type: ignore[operator]


@pytest.mark.parametrize(
    ("said", "signs_held"),
    [
        ("停电", "停电 电"),
        ("UPS坏", "up ps s坏 坏"),
        ("１３９", "13 39 9"),
        ("停，电", "停电 电"),
        ("", ""),
        ("停 电", "停电 电"),
    ],
)
def test_text_is_held_in_overlapping_pairs(said: str, signs_held: str) -> None:
    assert pairs(signs(said)) == signs_held


def test_signs_that_are_no_letters_are_held_as_well() -> None:
    assert signs("5%😀") == ["5", "ꀀ25", "ꀀ1f600"]
    assert runs(signs("5%")) == "5ꀀ25"


def test_signs_become_syllables_and_letters_that_are_pinyin_too() -> None:
    assert sounds("停电UPS") == ["ting", "dian", "u", "p", "s"]
    assert typed_sounds("tingdianle") == ["ting", "dian", "le"]
    assert typed_sounds("xi'an") == ["xian"]
    assert typed_sounds("ups") == []
    assert typed_sounds("x" * 5000) == []


def test_what_is_written_down_while_a_call_is_on_costs_the_list_nothing(
    archive: Archive, call: str, recording: str, now: datetime
) -> None:
    asked: list[str] = []

    def note(connection: object, cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        with archive.session() as s:
            ledger.answered(s, call, now)
            ledger.entered(s, call, "main/repair", now)
            ledger.recording_started(s, recording, now)
        busy = [statement for statement in asked if "listed" in statement]
        with archive.session() as s:
            ledger.close_call(s, call, "hung-up", now)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert not busy
    assert any("listed" in statement for statement in asked)
    assert listed(archive)[call][4] == "waiting"
