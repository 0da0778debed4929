from pathlib import Path
from typing import Any

import pytest

from asr.downloading import fetch
from asr.errors import ModelNotFetched

BODY = bytes(range(256)) * 4000


def test_a_file_comes_whole_and_progress_tells_how_far(shop: Any, tmp_path: Path) -> None:
    shop.body = BODY
    seen: list[tuple[int, int | None]] = []
    file = fetch(shop.url(), tmp_path / "a.zip", lambda done, total: seen.append((done, total)))
    assert file.read_bytes() == BODY
    assert seen[0] == (0, len(BODY))
    assert seen[-1] == (len(BODY), len(BODY))
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]


def test_a_line_that_breaks_goes_on_where_it_stopped(shop: Any, tmp_path: Path) -> None:
    shop.body, shop.breaks = BODY, [300_000, 200_000]
    assert fetch(shop.url(), tmp_path / "a.zip").read_bytes() == BODY
    assert [asked.get("range") for asked in shop.asked] == [None, "bytes=300000-", "bytes=500000-"]
    assert shop.asked[1]["if-range"] == shop.etag


def test_a_line_that_stays_broken_keeps_what_came_for_the_next_run(shop: Any, tmp_path: Path) -> None:
    shop.body, shop.breaks = BODY, [400_000, 0]
    with pytest.raises(ModelNotFetched, match=r"0\.4 MB are kept, the same command goes on"):
        fetch(shop.url(), tmp_path / "a.zip")
    assert not (tmp_path / "a.zip").exists()
    assert fetch(shop.url(), tmp_path / "a.zip").read_bytes() == BODY
    assert shop.asked[-1]["range"] == "bytes=400000-"
    assert shop.sent[-1] == 206


def test_a_server_without_ranges_starts_anew(shop: Any, tmp_path: Path) -> None:
    shop.body, shop.breaks, shop.ranges = BODY, [400_000], False
    assert fetch(shop.url(), tmp_path / "a.zip").read_bytes() == BODY
    assert shop.sent == [200, 200]


def test_a_file_that_changed_meanwhile_starts_anew(shop: Any, tmp_path: Path) -> None:
    shop.body, shop.breaks = BODY, [400_000, 0]
    with pytest.raises(ModelNotFetched):
        fetch(shop.url(), tmp_path / "a.zip")
    shop.body, shop.etag = BODY[::-1], '"two"'
    assert fetch(shop.url(), tmp_path / "a.zip").read_bytes() == BODY[::-1]


def test_a_file_of_another_length_starts_anew_even_without_etag(shop: Any, tmp_path: Path) -> None:
    shop.body, shop.breaks, shop.etag = BODY, [400_000, 0], ""
    with pytest.raises(ModelNotFetched):
        fetch(shop.url(), tmp_path / "a.zip")
    shop.body = BODY[::-1] + b"more"
    assert fetch(shop.url(), tmp_path / "a.zip").read_bytes() == BODY[::-1] + b"more"


def test_a_part_that_was_complete_needs_no_more_bytes(shop: Any, tmp_path: Path) -> None:
    shop.body, shop.breaks = BODY, [400_000, 0]
    with pytest.raises(ModelNotFetched):
        fetch(shop.url(), tmp_path / "a.zip")
    (tmp_path / "a.zip.part").write_bytes(BODY)
    assert fetch(shop.url(), tmp_path / "a.zip").read_bytes() == BODY
    assert shop.sent[-1] == 416


def test_a_part_longer_than_the_file_is_thrown_away(shop: Any, tmp_path: Path) -> None:
    shop.body, shop.breaks = BODY, [400_000, 0]
    with pytest.raises(ModelNotFetched):
        fetch(shop.url(), tmp_path / "a.zip")
    (tmp_path / "a.zip.part").write_bytes(BODY + b"surplus")
    assert fetch(shop.url(), tmp_path / "a.zip").read_bytes() == BODY


def test_a_part_of_another_address_is_not_used(shop: Any, tmp_path: Path) -> None:
    shop.body, shop.breaks = BODY, [400_000, 0]
    with pytest.raises(ModelNotFetched):
        fetch(shop.url("old.zip"), tmp_path / "a.zip")
    assert fetch(shop.url("new.zip"), tmp_path / "a.zip").read_bytes() == BODY
    assert "range" not in shop.asked[-1]


def test_a_refusal_is_told_with_its_number(shop: Any, tmp_path: Path) -> None:
    shop.status = 404
    with pytest.raises(ModelNotFetched, match=r"answers 404; check the address"):
        fetch(shop.url(), tmp_path / "a.zip")


def test_no_server_at_all_is_one_line(shop: Any, tmp_path: Path) -> None:
    with pytest.raises(ModelNotFetched, match=r"download failed.*Check the network") as refused:
        fetch("http://127.0.0.1:9/model.zip", tmp_path / "a.zip")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/a.zip", "file:///etc/passwd", "http://"])
def test_addresses_that_cannot_be_fetched_are_named(url: str, tmp_path: Path) -> None:
    with pytest.raises(ModelNotFetched, match=url):
        fetch(url, tmp_path / "a.zip")
