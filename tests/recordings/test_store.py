"""The audio store, in a folder and in another of fsspec's file systems."""

from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from recordings.errors import StoredFileMissing, StoreUnreachable
from recordings.store import AudioStore


@pytest.fixture(params=["folder", "folder with [brackets] and 中文", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[AudioStore]:
    if request.param == "memory":
        yield AudioStore("memory://hotline/audio")
        fsspec.filesystem("memory").rm("/hotline", recursive=True)
    else:
        yield AudioStore(str(tmp_path / request.param))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    written = tmp_path / "a.wav"
    written.write_bytes(b"0123456789")
    return written


def test_what_was_put_can_be_read_and_sought(store: AudioStore, file: Path) -> None:
    store.put(file, "2026/03/01/a.wav")
    assert (store.size("2026/03/01/a.wav"), store.keys()) == (10, ["2026/03/01/a.wav"])
    with store.open("2026/03/01/a.wav") as stored:
        stored.seek(4)
        assert stored.read(3) == b"456"
    with store.local("2026/03/01/a.wav") as path:
        assert path.read_bytes() == b"0123456789"
        assert path.suffix == ".wav"


def test_putting_again_replaces(store: AudioStore, file: Path) -> None:
    store.put(file, "d/a.wav")
    file.write_bytes(b"new")
    store.put(file, "d/a.wav")
    assert store.sizes() == {"d/a.wav": 3}


def test_what_is_read_back_and_is_another_leaves_what_was_there(
    store: AudioStore, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put(file, "d/a.wav", read_back=True)
    file.write_bytes(b"new and longer")
    monkeypatch.setattr("shutil.copyfileobj", lambda source, copy, size: copy.write(source.read()[:5]))
    with pytest.raises(StoreUnreachable, match=r"d/a\.wav is not what was to be written"):
        store.put(file, "d/a.wav", read_back=True)
    monkeypatch.undo()
    assert store.sizes() == {"d/a.wav": 10}


def test_what_is_not_there_is_named(store: AudioStore) -> None:
    for ask in (store.size, store.open, lambda key: store.local(key).__enter__()):
        with pytest.raises(StoredFileMissing, match=r"no d/a\.wav"):
            ask("d/a.wav")
    store.remove("d/a.wav")
    assert store.keys() == []


def test_half_a_copy_is_never_seen_and_is_cleared_away_by_the_next(tmp_path: Path, file: Path) -> None:
    store = AudioStore(str(tmp_path / "store"))
    crashed = tmp_path / "store" / "d" / "a.wav.0123.part"
    crashed.parent.mkdir()
    crashed.write_bytes(b"01")
    assert store.keys() == []
    store.put(file, "d/a.wav")
    assert [path.name for path in crashed.parent.iterdir()] == ["a.wav"]
