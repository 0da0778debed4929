"""Sealing while something else happens: more is to be hidden, a call is purged, the store is away, a disk is full."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from recordings.archive import Archive
from recordings.errors import StoreUnreachable
from recordings.original_sound import original_file
from recordings.purging import purge, remove_discarded
from recordings.retention import Terms
from recordings.sealing import Seal
from recordings.sound_sealing import count_lying_open, seal_sound
from recordings.tables import Recording
from tests.worker.sealed import SAID, hides, meanwhile, open_file, original, problems, throw
from worker.masking_archive import mask_archive
from worker.pipeline import hear_again, work_through
from worker.sealing import SealingRounds
from worker.tools import Tools


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
    assert hear_again(tools(lambda: SAID, model="another"), "one")
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
