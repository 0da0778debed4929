"""What the telephone writes while a call is on."""

from datetime import datetime, timedelta

import pytest

from recordings import ledger
from recordings.archive import Archive
from recordings.errors import CallUnknown, RecordingUnknown
from recordings.tables import Call, Heartbeat, Recording


def kinds(archive: Archive, call_id: str) -> list[str]:
    with archive.reading() as s:
        return [event.kind for event in s.get_one(Call, call_id).events]


def test_a_call_from_ringing_to_its_end(archive: Archive, now: datetime) -> None:
    with archive.session() as s:
        ledger.open_call(s, call_id="c", channel_id="ch", node="main", caller="13800000000", line="95598", at=now)
        ledger.answered(s, "c", now + timedelta(seconds=1))
        ledger.request_recording(s, call_id="c", side="caller", recording_id="r", at=now)
        ledger.recording_started(s, "r", now)
        ledger.entered(s, "c", "main", now)
        ledger.entered(s, "c", "repair", now)
        ledger.mark_message(s, recording_id="r", flow="repair", start=1.5, end=4.0, ended_by="key")
        number = ledger.open_case(s, call_id="c", flow="repair", at=now)
        ledger.close_call(s, "c", "reported", now + timedelta(seconds=30))
    with archive.reading() as s:
        call = s.get_one(Call, "c")
        assert (call.menu_path, call.outcome, call.cases[0].number) == ("main/repair", "reported", number)
        assert call.answered_at == now + timedelta(seconds=1)
        assert [message.ended_by for message in call.legs[0].recordings[0].messages] == ["key"]
    assert kinds(archive, "c") == [
        "rang", "answered", "recording-requested", "recording-started", "entered", "entered", "case-opened", "ended",
    ]  # fmt: skip


def test_the_timeline_holds_no_number_of_the_caller(archive: Archive, now: datetime) -> None:
    with archive.session() as s:
        ledger.open_call(s, call_id="c", channel_id="ch", node="main", caller="13800000000", line="95598", at=now)
        ledger.close_call(s, "c", "hung-up", now)
    with archive.reading() as s:
        assert "13800000000" not in str([event.detail for event in s.get_one(Call, "c").events])


def test_opening_or_closing_twice_changes_nothing(archive: Archive, call: str, now: datetime) -> None:
    with archive.session() as s:
        again = ledger.open_call(s, call_id="other", channel_id="ch-1", node="main", caller="", line="", at=now)
        ledger.close_call(s, call, "hung-up", now)
        ledger.close_call(s, call, "lost", now + timedelta(hours=1))
    assert (again.id, again.outcome, again.ended_at) == (call, "hung-up", now)
    assert kinds(archive, call) == ["rang", "ended"]


def test_what_is_open_and_unsettled_is_found_again(archive: Archive, recording: str, call: str, now: datetime) -> None:
    with archive.reading() as s:
        assert [c.id for c in ledger.open_calls(s, "main")] == [call]
        assert ledger.open_calls(s, "another-node") == []
        assert [r.id for r in ledger.unsettled(s, "main")] == [recording]
        found = ledger.open_recording(s, call)
        assert found is not None
        assert found.id == recording
    with archive.session() as s:
        ledger.absent(s, recording, "the caller hung up first", now)
        ledger.close_call(s, call, "hung-up", now)
    with archive.reading() as s:
        assert ledger.open_calls(s, "main") == []
        assert ledger.unsettled(s, "main") == []
        assert ledger.open_recording(s, call) is None


def test_a_second_recording_of_a_side_is_on_the_same_leg(archive: Archive, recording: str, now: datetime) -> None:
    with archive.session() as s:
        second = ledger.request_recording(s, call_id="call-1", side="caller", recording_id="rec-2", at=now)
        agents = ledger.request_recording(s, call_id="call-1", side="agent", recording_id="rec-3", at=now)
        assert second.leg_id == s.get_one(Recording, recording).leg_id
        assert agents.leg_id != second.leg_id


def test_a_settled_recording_is_not_settled_again(archive: Archive, recording: str, now: datetime) -> None:
    with archive.session() as s:
        ledger.failed(s, recording, "the disk is full", now)
        ledger.absent(s, recording, "no file", now)
        kept = s.get_one(Recording, recording)
        assert (kept.state, kept.reason) == ("failed", "the disk is full")


def test_a_menu_path_too_long_for_its_column_is_cut_between_flows(archive: Archive, call: str, now: datetime) -> None:
    with archive.session() as s:
        for _ in range(60):
            ledger.entered(s, call, "repair", now)
        path = s.get_one(Call, call).menu_path
    assert len(path) <= 200
    assert set(path.split("/")) == {"repair"}
    assert kinds(archive, call).count("entered") == 60


def test_a_heartbeat_is_one_row_that_moves(archive: Archive, now: datetime) -> None:
    for seconds in (0, 5):
        with archive.session() as s:
            ledger.beat(s, "controller:main", now + timedelta(seconds=seconds), calls=seconds)
    with archive.reading() as s:
        beat = s.get_one(Heartbeat, "controller:main")
        assert (beat.seen_at, beat.detail) == (now + timedelta(seconds=5), {"calls": 5})


def test_unknown_ids_are_named(archive: Archive, now: datetime) -> None:
    with archive.session() as s:
        with pytest.raises(CallUnknown, match="no call nobody"):
            ledger.close_call(s, "nobody", "lost", now)
        with pytest.raises(CallUnknown, match="no call nobody"):
            ledger.request_recording(s, call_id="nobody", side="caller", recording_id="r", at=now)
        with pytest.raises(RecordingUnknown, match="no recording nothing"):
            ledger.recording_started(s, "nothing", now)
