"""The sound of masked words: a tone lies in the open file, the original sealed beside it, whole whatever breaks off."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import select

from recordings.archive import Archive
from recordings.errors import SealBroken
from recordings.original_sound import open_original, original_file
from recordings.originals import hidden_in
from recordings.purging import purge, remove_discarded
from recordings.retention import Terms
from recordings.sealed_pieces import sealed_key
from recordings.sealing import Seal
from recordings.sound_sealing import count_lying_open
from recordings.tables import Original, Recording, SealedSound
from tests.worker.sealed import SAID, as_stored, open_file, original, problems
from worker.masking_archive import mask_archive
from worker.pipeline import hear_again, work_through
from worker.sealing import SealingRounds
from worker.tools import Tools

OTHER = "我叫王建国快来"


def test_after_the_pipeline_the_words_are_in_no_open_file_and_whole_with_the_key(
    archive: Archive, tools: Callable[..., Tools], recorded: Callable[..., str], seal: Seal
) -> None:
    made = tools(lambda: SAID, seal=seal)
    before = open_file(archive, recorded("one"))
    work_through(made, "one")
    after = open_file(archive)
    with archive.reading() as s:
        ((start, end),) = {(round(a, 2), round(b, 2)) for a, b in hidden_in(s, "one") or ()}
        assert count_lying_open(s) == 0
    first, last = 44 + 2 * int(start * 8000), 44 + 2 * int(end * 8000)
    assert len(after) == len(before)
    assert after[first:last] != before[first:last]
    assert (after[:first], after[last + 4 :]) == (before[:first], before[last + 4 :])
    words = before[last - 3000 : last - 2600]
    assert max(words) > 0
    assert not any(words in file.read_bytes() for file in Path(archive.store.url).rglob("*") if file.is_file())
    assert original(archive, seal) == before
    assert problems(archive, made) == ()


def test_a_long_leg_is_put_together_piece_by_piece_wherever_one_begins_to_read(
    archive: Archive, tools: Callable[..., Tools], recorded: Callable[..., str], seal: Seal
) -> None:
    made = tools(lambda: SAID, seal=seal)
    before = open_file(archive, recorded("one"))
    work_through(made, "one")
    with archive.session() as s:
        row = s.scalars(select(Original)).one()
        row.hidden, row.sound_sealed = [{"kind": "name", "start": 0.0, "end": 9e9}], False
    assert SealingRounds(made)() == 1
    with archive.reading() as s:
        key = s.get_one(Recording, "one").key
    with open_original(archive.store, "one", key, seal) as file:
        for place, size in ((32_700, 100), (len(before) - 10, 99), (0, 50), (43, 65_600)):
            file.seek(place)
            assert file.read(size) == before[place : place + size]
    with original_file(archive.store, "one", key, seal) as path:
        assert path.read_bytes() == before


@pytest.mark.parametrize("break_at", ["put-sealed", "put-open", "books"])
def test_wherever_sealing_breaks_off_nothing_is_lost_and_the_next_round_ends_it(
    archive: Archive,
    tools: Callable[..., Tools],
    recorded: Callable[..., str],
    seal: Seal,
    monkeypatch: pytest.MonkeyPatch,
    break_at: str,
) -> None:
    made = tools(lambda: SAID, seal=seal)
    before = open_file(archive, recorded("one"))
    honest = archive.store.put

    def put(path: Path, key: str, **how: bool) -> None:
        if break_at == ("put-sealed" if key == sealed_key(key.removesuffix(".sealed")) else "put-open"):
            raise KeyboardInterrupt
        honest(path, key, **how)
        if break_at == "books" and not key.endswith(".sealed"):
            raise KeyboardInterrupt

    monkeypatch.setattr(archive.store, "put", put)
    with pytest.raises(KeyboardInterrupt):
        work_through(made, "one")
    monkeypatch.setattr(archive.store, "put", honest)
    assert original(archive, seal) == before
    assert problems(archive, made) == ()
    assert SealingRounds(made)() == 1
    assert original(archive, seal) == before != open_file(archive)
    assert problems(archive, made) == ()
    assert SealingRounds(made)() == 0


def test_what_another_model_hears_of_the_original_is_sealed_as_well_and_what_was_stays(
    archive: Archive, tools: Callable[..., Tools], recorded: Callable[..., str], seal: Seal
) -> None:
    before = open_file(archive, recorded("one"))
    work_through(tools(lambda: SAID, seal=seal), "one")
    once = open_file(archive)
    with archive.session() as s:
        s.scalars(select(Original)).one().hidden = [{"kind": "name", "start": 1.0, "end": 1.2}]
    again = tools(lambda: OTHER, seal=seal, model="another")
    assert hear_again(again, "one")
    assert original(archive, seal) == before
    assert open_file(archive) == once or as_stored(archive, original(archive, seal))
    with archive.reading() as s:
        assert [each.sound_sealed for each in s.scalars(select(Original))] == [True, True]
    assert problems(archive, again) == ()


def test_a_file_that_is_not_what_was_recorded_is_left_as_it_is_and_said(
    archive: Archive, tools: Callable[..., Tools], recorded: Callable[..., str], seal: Seal
) -> None:
    made = tools(lambda: SAID)
    recorded("one")
    work_through(made, "one")
    with archive.reading() as s:
        key = s.get_one(Recording, "one").key
    with archive.store.local(key) as path:
        damaged = bytearray(path.read_bytes())
        damaged[-1] ^= 1
        path.write_bytes(damaged)
    mask_archive(archive, seal)
    rounds = SealingRounds(tools(lambda: SAID, seal=seal))
    assert (rounds(), rounds()) == (0, 0)
    assert open_file(archive) == bytes(damaged)
    with archive.reading() as s:
        assert count_lying_open(s) == 1
        assert not s.scalars(select(SealedSound)).all()


def test_pieces_open_with_their_key_in_their_recording_only(
    archive: Archive, tools: Callable[..., Tools], recorded: Callable[..., str], seal: Seal
) -> None:
    made = tools(lambda: SAID, seal=seal)
    for name in ("one", "two"):
        work_through(made, recorded(name))
    with pytest.raises(SealBroken, match="another key"):
        original(archive, Seal(Fernet.generate_key().decode()))
    with pytest.raises(SealBroken, match="is sealed"):
        original(archive, None)
    with archive.reading() as s:
        keys = [s.get_one(Recording, name).key for name in ("one", "two")]
    with (
        archive.store.local(sealed_key(keys[1])) as other,
        archive.store.local(sealed_key(keys[0])) as own,
    ):
        shutil.copy(other, own)
    with pytest.raises(SealBroken, match="something else"):
        original(archive, seal)
    assert len(problems(archive, made)) == 1


def test_nothing_is_sealed_while_another_leg_of_the_call_is_to_be_heard(
    archive: Archive, tools: Callable[..., Tools], recorded: Callable[..., str], seal: Seal
) -> None:
    made = tools(lambda: SAID, seal=seal)
    recorded("one")
    recorded("agent", side="agent")
    with archive.session() as s:
        s.get_one(Recording, "agent").leg.call_id = "call-one"
    work_through(made, "one")
    assert as_stored(archive, open_file(archive))
    work_through(made, "agent")
    assert not as_stored(archive, open_file(archive))
    assert as_stored(archive, original(archive, seal))


def test_the_sealed_pieces_go_with_their_call(
    archive: Archive, tools: Callable[..., Tools], recorded: Callable[..., str], seal: Seal
) -> None:
    made = tools(lambda: SAID, seal=seal)
    work_through(made, recorded("one"))
    assert len(archive.store.keys()) == 2
    at = made.clock() + timedelta(days=9999)
    assert purge(archive, Terms(days=1, by_category={}), at, ZoneInfo("UTC")).calls == 1
    assert remove_discarded(archive) == 0
    assert archive.store.keys() == []
