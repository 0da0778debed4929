"""The sound of masked words: a tone lies in the open file, the original sealed beside it, whole whatever breaks off."""

import hashlib
import shutil
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import select

from recordings.accounting import account
from recordings.archive import Archive
from recordings.errors import SealBroken, StoreUnreachable
from recordings.original_sound import open_original, original_file
from recordings.originals import hidden_in
from recordings.purging import purge, remove_discarded
from recordings.retention import Terms
from recordings.sealed_pieces import sealed_key
from recordings.sealing import Seal
from recordings.sound_sealing import count_lying_open, seal_sound
from recordings.tables import Original, Recording, SealedSound
from worker.masking_archive import mask_archive
from worker.pipeline import hear_again, work_through
from worker.sealing import SealingRounds
from worker.tools import Tools

SAID = "我叫王建国手机幺三八零零幺三八零零零快来"
OTHER = "我叫王建国快来"


@pytest.fixture
def seal() -> Seal:
    return Seal(Fernet.generate_key().decode())


def open_file(archive: Archive, name: str = "one") -> bytes:
    with archive.reading() as s:
        key = s.get_one(Recording, name).key
    with archive.store.open(key) as file:
        return file.read()


def original(archive: Archive, seal: Seal | None, name: str = "one") -> bytes:
    with archive.reading() as s:
        key = s.get_one(Recording, name).key
    with open_original(archive.store, name, key, seal) as file:
        return file.read()


def as_stored(archive: Archive, sound: bytes, name: str = "one") -> bool:
    with archive.reading() as s:
        return hashlib.sha256(sound).hexdigest() == s.get_one(Recording, name).sha256


def problems(archive: Archive, tools: Tools) -> tuple[str, ...]:
    with archive.reading() as s:
        return account(s, archive.store, tools.clock(), contents=True).problems


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
    again = tools(lambda: OTHER, seal=seal)
    again.engine.name = "another"
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


def meanwhile(monkeypatch: pytest.MonkeyPatch, archive: Archive, happens: Callable[[], object]) -> None:
    """Have something happen once, right before the next file is put into the store."""
    honest = archive.store.put

    def put(path: Path, key: str, **how: bool) -> None:
        monkeypatch.setattr(archive.store, "put", honest)
        happens()
        honest(path, key, **how)

    monkeypatch.setattr(archive.store, "put", put)


def hides(archive: Archive, *stretches: tuple[float, float], sealed: bool = False) -> None:
    """The transcript's words turn out to hide these seconds."""
    with archive.session() as s:
        row = s.scalars(select(Original)).one()
        row.hidden = [{"kind": "name", "start": start, "end": end} for start, end in stretches]
        row.sound_sealed = sealed


def test_what_comes_to_be_hidden_while_it_is_sealed_is_sealed_another_time(
    archive: Archive,
    tools: Callable[..., Tools],
    recorded: Callable[..., str],
    seal: Seal,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = tools(lambda: SAID, seal=seal)
    before = open_file(archive, recorded("one"))
    meanwhile(monkeypatch, archive, lambda: hides(archive, (0.1, 0.4), (1.0, 2.0)))
    work_through(made, "one")
    with archive.reading() as s:
        assert count_lying_open(s) == 1
    assert SealingRounds(made)() == 1
    assert open_file(archive)[44 + 1600 + 400 : 44 + 6400 - 400] != before[44 + 1600 + 400 : 44 + 6400 - 400]
    assert original(archive, seal) == before


def test_what_an_older_transcript_hides_is_sealed_when_the_newest_was_made_without_masks(
    archive: Archive, tools: Callable[..., Tools], recorded: Callable[..., str], seal: Seal
) -> None:
    unmasked = tools(lambda: SAID)
    before = open_file(archive, recorded("one"))
    work_through(unmasked, "one")
    mask_archive(archive, seal)
    unmasked.engine.name = "another"
    assert hear_again(unmasked, "one")
    assert SealingRounds(tools(lambda: SAID, seal=seal))() == 1
    assert open_file(archive) != before
    assert original(archive, seal) == before


def test_a_call_that_is_purged_while_its_sound_is_sealed_stays_gone(
    archive: Archive,
    tools: Callable[..., Tools],
    recorded: Callable[..., str],
    seal: Seal,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = tools(lambda: SAID, seal=seal)
    recorded("one")
    at = made.clock() + timedelta(days=9999)
    meanwhile(monkeypatch, archive, lambda: purge(archive, Terms(days=1, by_category={}), at, ZoneInfo("UTC")))
    work_through(made, "one")
    remove_discarded(archive)
    assert archive.store.keys() == []


def test_a_store_that_is_away_sets_nothing_aside(
    archive: Archive,
    tools: Callable[..., Tools],
    recorded: Callable[..., str],
    seal: Seal,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = tools(lambda: SAID, seal=seal)
    recorded("one")
    meanwhile(monkeypatch, archive, lambda: throw(StoreUnreachable("the disk is away")))
    work_through(made, "one")
    rounds = SealingRounds(made)
    meanwhile(monkeypatch, archive, lambda: throw(OSError("the disk is full")))
    assert (rounds(), rounds(), rounds()) == (0, 0, 1), "refused, all others had their turn, sealed"


def test_a_full_disk_is_named_with_the_recording(
    archive: Archive,
    tools: Callable[..., Tools],
    recorded: Callable[..., str],
    seal: Seal,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = tools(lambda: SAID)
    work_through(made, recorded("one"))
    mask_archive(archive, seal)
    meanwhile(monkeypatch, archive, lambda: throw(OSError("the disk is full")))
    with pytest.raises(StoreUnreachable, match="recording one was not sealed: the disk is full; look at the disk"):
        seal_sound(archive, seal, "one", made.clock())


def throw(error: Exception) -> None:
    raise error


def test_a_second_sealing_that_broke_off_is_no_damage_in_the_account(
    archive: Archive,
    tools: Callable[..., Tools],
    recorded: Callable[..., str],
    seal: Seal,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = tools(lambda: SAID, seal=seal)
    before = open_file(archive, recorded("one"))
    work_through(made, "one")
    hides(archive, (0.1, 0.4))
    rounds = SealingRounds(made)
    honest = archive.store.put

    def put(path: Path, key: str, **how: bool) -> None:
        if not key.endswith(".sealed"):
            raise KeyboardInterrupt
        honest(path, key, **how)

    monkeypatch.setattr(archive.store, "put", put)
    with pytest.raises(KeyboardInterrupt):
        rounds()
    assert problems(archive, made) == ()
    monkeypatch.setattr(archive.store, "put", honest)
    assert rounds() == 1
    assert problems(archive, made) == ()
    assert original(archive, seal) == before


@pytest.mark.parametrize("why", ["the disk is full", "no usable temporary directory"])
def test_an_original_that_cannot_be_laid_out_to_be_read_says_so_in_a_line(
    archive: Archive,
    tools: Callable[..., Tools],
    recorded: Callable[..., str],
    seal: Seal,
    monkeypatch: pytest.MonkeyPatch,
    why: str,
) -> None:
    recorded("one")
    work_through(tools(lambda: SAID, seal=seal), "one")
    with archive.reading() as s:
        key = s.get_one(Recording, "one").key
    full = partial(open, "/dev/full", "w+b", buffering=0)
    no_room = partial(throw, FileNotFoundError("no usable temporary directory"))
    monkeypatch.setattr("tempfile.TemporaryFile", full if why == "the disk is full" else no_room)
    with (
        pytest.raises(StoreUnreachable, match=r"recording one could not be opened: .*; look at the disk"),
        original_file(archive.store, "one", key, seal),
    ):
        pass


def test_one_file_that_the_store_refuses_holds_up_nobody_else(
    archive: Archive,
    tools: Callable[..., Tools],
    recorded: Callable[..., str],
    seal: Seal,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    unmasked = tools(lambda: SAID)
    for name in ("one", "two"):
        work_through(unmasked, recorded(name))
    mask_archive(archive, seal)
    with archive.reading() as s:
        refused = s.get_one(Recording, "one").key
    honest = archive.store.open

    def open_stored(key: str) -> object:
        if key == refused:
            raise StoreUnreachable("that file cannot be read")
        return honest(key)

    monkeypatch.setattr(archive.store, "open", open_stored)
    rounds = SealingRounds(tools(lambda: SAID, seal=seal))
    assert rounds() == 1
    assert rounds() == 0
    with archive.reading() as s:
        assert count_lying_open(s) == 1
