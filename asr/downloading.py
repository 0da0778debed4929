"""Fetching a large file over a bad line: in pieces, going on where the last try broke off."""

import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import httpx

from asr.errors import ModelNotFetched, shown

Progress = Callable[[int, int | None], None]
"""Told the bytes that are here and the bytes expected in all, None when the server does not say."""

PATIENCE = httpx.Timeout(30.0, connect=15.0)
"""Seconds; a server that sends nothing for so long has gone."""

TRIES = 5
"""Connections in one run that may break in a row, as long as each brought something."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What the server said of the file when its first bytes came, to know it again when going on."""

    url: str
    etag: str
    modified: str
    size: int | None

    @property
    def validator(self) -> str:
        """A value for If-Range (RFC 9110, 13.1.5): a strong ETag, else the date, else nothing."""
        return self.etag if self.etag and not self.etag.startswith("W/") else self.modified


def fetch(url: str, to: Path, progress: Progress | None = None) -> Path:
    """Download `url` to the file `to`, going on from `to`.part when that is the beginning of the same file.

    Raises ModelNotFetched; the part that came stays for the next try.
    """
    if not url.startswith(("http://", "https://")):
        raise ModelNotFetched(f"{shown(url)}: only http:// and https:// addresses can be fetched; download it by hand.")
    part, note = to.with_name(to.name + ".part"), to.with_name(to.name + ".part.json")
    to.parent.mkdir(parents=True, exist_ok=True)
    with httpx.Client(follow_redirects=True, timeout=PATIENCE) as client:
        for left in reversed(range(TRIES)):
            before = _length(part)
            try:
                if _go_on(client, url, part, note, progress):
                    break
            except (httpx.HTTPError, httpx.InvalidURL) as problem:
                got = _length(part)
                refused = isinstance(problem, httpx.HTTPStatusError)
                if refused or got <= before or not left:
                    raise ModelNotFetched(_explained(url, problem, got)) from problem
        else:
            raise ModelNotFetched(f"{shown(url)}: the server offers a new file at every try; try again later.")
    part.replace(to)
    note.unlink(missing_ok=True)
    return to


def _go_on(client: httpx.Client, url: str, part: Path, note: Path, progress: Progress | None) -> bool:
    """One connection; False when the part belonged to another file, was thrown away and all begins anew."""
    mark = _read_mark(note)
    have = _length(part) if mark and mark.url == url else 0
    headers = {"Accept-Encoding": "identity"}
    if have:
        headers["Range"] = f"bytes={have}-"
        if mark and mark.validator:
            headers["If-Range"] = mark.validator
    with client.stream("GET", url, headers=headers) as answer:
        if answer.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE and have:
            if _size_of_all(answer) == have:  # everything had come, only the last step was missing
                return True
            part.unlink()
            return False
        answer.raise_for_status()
        total = _size_of_all(answer)
        goes_on = answer.status_code == httpx.codes.PARTIAL_CONTENT and _first_byte(answer) == have
        other = answer.status_code == httpx.codes.PARTIAL_CONTENT and not goes_on
        if have and (other or (goes_on and mark and mark.size not in (None, total))):
            part.unlink()
            return False
        if not goes_on:  # the server ignores Range, or the file is a new one: start anew
            have = 0
            fresh = Mark(url, answer.headers.get("etag", ""), answer.headers.get("last-modified", ""), total)
            note.write_text(json.dumps(asdict(fresh)), "utf-8")
        with part.open("ab" if goes_on else "wb") as file:
            if progress:
                progress(have, total)
            for piece in answer.iter_raw():
                file.write(piece)
                have += len(piece)
                if progress:
                    progress(have, total)
    if total is not None and have != total:
        raise httpx.ReadError(f"{have} of {total} bytes came")
    return True


def _size_of_all(answer: httpx.Response) -> int | None:
    """Bytes of the whole file, from Content-Range (of a piece or a refused one) or Content-Length."""
    whole = re.search(r"/(\d+)$", answer.headers.get("content-range", ""))
    if whole:
        return int(whole[1])
    length = answer.headers.get("content-length", "")
    return int(length) if answer.status_code == httpx.codes.OK and length.isdigit() else None


def _first_byte(answer: httpx.Response) -> int | None:
    first = re.match(r"bytes (\d+)-", answer.headers.get("content-range", ""))
    return int(first[1]) if first else None


def _read_mark(note: Path) -> Mark | None:
    """The note beside a part; a note that cannot be read means starting anew."""
    try:
        return Mark(**json.loads(note.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _length(part: Path) -> int:
    return part.stat().st_size if part.exists() else 0


def _explained(url: str, problem: Exception, got: int) -> str:
    if isinstance(problem, httpx.HTTPStatusError):
        return f"{shown(url)}: the server answers {problem.response.status_code}; check the address."
    reason = str(problem) or type(problem).__name__
    kept = f"the first {got / 1e6:.1f} MB are kept, the same command goes on from there" if got else "nothing came yet"
    return f"{shown(url)}: the download failed ({reason}); {kept}. Check the network and try again."
