"""Calls that were kept for long enough go whole, rows first and files after them; all others stay whole."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, func, select

from recordings import ledger, notes, stages, users
from recordings.accounting import account
from recordings.archive import Archive
from recordings.corrections import correct_category
from recordings.intake import take_in
from recordings.purging import purge, remove_discarded
from recordings.retention import Terms, count_due
from recordings.store import AudioStore
from recordings.tables import Audit, Base, Call, Discarded, Recording, Tally, Turn

ZONE = ZoneInfo("Asia/Shanghai")
ENDED = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
TERMS = Terms(10, {"complaint": 20})
LAST_DAY = datetime(2026, 3, 12, 15, 59, 59, tzinfo=UTC)
"""One second before midnight in Shanghai of the tenth day after."""
Spool = Callable[..., Path]


@pytest.fixture
def full_call(archive: Archive, spool: Spool) -> Callable[..., str]:
    """A call with everything that a call can have."""

    def make(name: str, category: str = "repair", ended: datetime = ENDED) -> str:
        with archive.session() as s:
            ledger.open_call(s, call_id=name, channel_id=name, node="main", caller="139", line="95598", at=ended)
            ledger.request_recording(s, call_id=name, side="caller", recording_id=f"r-{name}", at=ended)
            ledger.mark_message(s, recording_id=f"r-{name}", flow="repair", start=0, end=1, ended_by="key")
            ledger.open_case(s, call_id=name, flow="repair", at=ended)
            ledger.close_call(s, name, "reported", ended)
        take_in(archive, f"r-{name}", spool(1.0, name=f"r-{name}.wav"), ended)
        with archive.session() as s:
            turn = Turn(start=0, end=1, text="停电了", words=[])
            written = stages.write_transcript(s, f"r-{name}", model="m", text="停电了", turns=[turn], at=ended)
            assert written
            stages.write_verdict(
                s, f"r-{name}", transcript_id=written.id, category=category, second="", confidence=0.9,
                urgency="normal", evidence=[], at=ended,
            )  # fmt: skip
            user = users.user_by_name(s, "li") or users.add_user(s, name="li", password="long enough 1", at=ended)
            notes.add_note(s, name, user.id, "note", ended, recording_id=f"r-{name}", second=0.5)
        return name

    return make


def rows(archive: Archive) -> dict[str, int]:
    with archive.reading() as s:
        counted = {t.name: s.scalar(select(func.count()).select_from(t)) or 0 for t in Base.metadata.sorted_tables}
        counted["tallies"] = s.scalar(select(func.sum(Tally.calls))) or 0  # a count of none is nothing left
    return {name: count for name, count in counted.items() if count}


def test_a_call_goes_at_midnight_after_its_last_day(archive: Archive, full_call: Callable[..., str]) -> None:
    full_call("old")
    assert purge(archive, TERMS, LAST_DAY, ZONE).calls == 0
    assert archive.store.keys() != []
    assert purge(archive, TERMS, LAST_DAY + timedelta(seconds=1), ZONE).calls == 1
    assert archive.store.keys() == []


def test_nothing_of_it_is_left_but_what_people_are_held_to(archive: Archive, full_call: Callable[..., str]) -> None:
    kept = rows(archive)
    full_call("old")
    assert {"calls", "recordings", "messages", "events", "cases", "transcripts", "turns", "triage", "notes"} <= rows(
        archive
    ).keys()
    purge(archive, TERMS, LAST_DAY + timedelta(days=1), ZONE)
    assert rows(archive) == kept | {"users": 1, "audit": 1}
    with archive.reading() as s:
        assert s.scalars(select(Audit.action)).all() == ["purged"]
        books = account(s, archive.store, LAST_DAY)
    assert (books.requested, books.adds_up) == (0, True)


def test_a_category_has_days_of_its_own_and_a_persons_word_decides_it(
    archive: Archive, full_call: Callable[..., str]
) -> None:
    full_call("complaint", "complaint")
    corrected = full_call("corrected", "repair")
    with archive.session() as s:
        user = users.user_by_name(s, "li")
        assert user
        correct_category(s, corrected, user.id, "complaint", ENDED)
    full_call("repair", "repair")
    purge(archive, TERMS, LAST_DAY + timedelta(seconds=1), ZONE)
    with archive.reading() as s:
        assert set(s.scalars(select(Call.id))) == {"complaint", "corrected"}
    assert purge(archive, TERMS, LAST_DAY + timedelta(days=10, seconds=1), ZONE).calls == 2


def test_calls_beside_it_stay_whole(archive: Archive, full_call: Callable[..., str]) -> None:
    full_call("young", ended=ENDED + timedelta(days=5))
    before = rows(archive)
    full_call("old")
    purge(archive, TERMS, LAST_DAY + timedelta(seconds=1), ZONE)
    assert rows(archive) == before | {"audit": 1}
    with archive.reading() as s:
        assert account(s, archive.store, LAST_DAY, contents=True).problems == ()


def test_a_call_that_is_on_or_not_settled_is_never_due(archive: Archive, full_call: Callable[..., str]) -> None:
    full_call("on")
    full_call("unsettled")
    with archive.session() as s:
        s.get_one(Call, "on").ended_at = None
        s.get_one(Recording, "r-unsettled").state = "requested"
        assert count_due(s, TERMS, (LAST_DAY + timedelta(days=99)).date(), ZONE) == 0


def test_a_crash_before_the_files_are_gone_is_made_good_by_the_next_purge(
    archive: Archive, full_call: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    full_call("old")

    def crash(store: AudioStore, key: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(AudioStore, "remove", crash)
        with pytest.raises(KeyboardInterrupt):
            purge(archive, TERMS, LAST_DAY + timedelta(days=1), ZONE)
    assert len(archive.store.keys()) == 1
    with archive.reading() as s:
        assert account(s, archive.store, LAST_DAY).adds_up, "the file is known to be on its way out"
    assert purge(archive, TERMS, LAST_DAY + timedelta(days=1), ZONE).files == 1
    assert archive.store.keys() == []


def test_a_row_that_only_mentions_a_recording_lets_go_of_it(archive: Archive, full_call: Callable[..., str]) -> None:
    full_call("old")
    young = full_call("young", ended=ENDED + timedelta(days=5))
    with archive.session() as s:
        s.execute(delete(Discarded))
        user = users.user_by_name(s, "li")
        assert user
        note = notes.add_note(s, young, user.id, "see the other call", ENDED)
        note.recording_id = "r-old"
    purge(archive, TERMS, LAST_DAY + timedelta(seconds=1), ZONE)
    with archive.reading() as s:
        kept = notes.notes_of_call(s, young)
    assert [(note.text, note.recording_id) for note in kept if note.text != "note"] == [("see the other call", None)]


def test_removing_twice_does_no_harm(archive: Archive) -> None:
    assert (remove_discarded(archive), remove_discarded(archive)) == (0, 0)
