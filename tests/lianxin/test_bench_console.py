"""The archive that the console's bench makes is one that telephone, worker and people could have written."""

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select, text

from lianxin.bench.made_archive import fill
from recordings.archive import Archive
from recordings.listing import rebuild
from recordings.tables import Call, Listed, Turn

UNTIL = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def made(folder: Path, calls: int = 300) -> Archive:
    archive = Archive.open(f"sqlite:///{folder}/lianxin.db", str(folder / "store"))
    fill(archive, calls, UNTIL, 7, lambda _: None)
    return archive


def lists(archive: Archive) -> list[object]:
    listed = "SELECT id, call_id, category, by_person, urgent, state, district, said, numbers FROM listed ORDER BY id"
    with archive.reading() as s:
        return [s.execute(text(query)).all() for query in (listed, "SELECT rowid, * FROM call_words ORDER BY rowid")]


def test_its_list_is_what_drawing_it_up_anew_comes_to(tmp_path: Path) -> None:
    archive = made(tmp_path)
    before = lists(archive)
    with archive.session() as s:
        assert rebuild(s) == 300
    assert lists(archive) == before
    archive.close()


def test_the_same_seed_makes_the_same_calls_of_realistic_length(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first, second = made(tmp_path / "a"), made(tmp_path / "b")
    assert lists(first) == lists(second)
    with first.reading() as s:
        assert s.scalar(select(func.count()).select_from(Call)) == 300
        assert 40 < s.scalar(select(func.avg(func.length(Listed.said)))) < 120
        assert s.scalar(select(func.count()).select_from(Turn)) > 900
    first.close()
    second.close()
