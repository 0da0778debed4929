"""How a model's network is run: in pieces of a second, because nobody waits for the words while they are spoken."""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FRAMES = 102
"""Frames of 10 ms that go through the network at a time, a multiple of the 3 that it takes as one.

Vosk's usual 20 suit subtitles that run along; whole recordings are heard with the same words for a third less work.
"""


@contextmanager
def in_long_pieces(model: Path) -> Iterator[Path]:
    """Give the model as a folder whose conf/model.conf asks for long pieces, for as long as it is being loaded.

    The model itself stays as it is. One that says how long its pieces are, or that has no such file, is given as it is.
    """
    conf = model / "conf" / "model.conf"
    if not conf.is_file() or re.search(r"^\s*--frames-per-chunk\b", conf.read_text("utf-8", "replace"), re.MULTILINE):
        yield model
        return
    with tempfile.TemporaryDirectory(prefix="lianxin-model-") as made:
        view = Path(made)
        _link_all(model, view, "conf")
        (view / "conf").mkdir()
        _link_all(model / "conf", view / "conf", conf.name)
        (view / "conf" / conf.name).write_bytes(conf.read_bytes().rstrip() + b"\n--frames-per-chunk=%d\n" % FRAMES)
        yield view


def _link_all(source: Path, into: Path, but: str) -> None:
    for entry in source.iterdir():
        if entry.name != but:
            (into / entry.name).symlink_to(entry.absolute())
