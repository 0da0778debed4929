"""What a sealed archive holds: what lies open, what the key opens, and what happens while somebody seals."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from recordings.accounting import account
from recordings.archive import Archive
from recordings.original_sound import open_original
from recordings.sealing import Seal
from recordings.tables import Original, Recording
from worker.tools import Tools

SAID = "我叫王建国手机幺三八零零幺三八零零零快来"


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


def throw(error: Exception) -> None:
    """Raise it."""
    raise error
