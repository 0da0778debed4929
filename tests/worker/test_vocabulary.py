"""The utility's own words: kept by the command, and used by the next recording that is heard."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lianxin.cli import main
from recordings.archive import Archive
from recordings.tables import Recording
from worker.attempt import attempt

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def lianxin(var: Path, archive: Archive, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> Run:
    """Runs a command on the test's archive: exit code, output, errors."""
    for name, value in {"VAR": var, "DATABASE": f"sqlite:///{var}/lianxin.db", "STORE": var / "archive"}.items():
        monkeypatch.setenv(f"LIANXIN_{name}", str(value))

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["lianxin", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return run


def test_words_are_added_listed_and_forgotten(lianxin: Run) -> None:
    assert lianxin("vocabulary", "add", "阳光花园", "城关所") == (0, "2 words added, 0 were there.\n", "")
    assert lianxin("vocabulary", "add", "阳光花园")[1] == "0 words added, 1 were there.\n"
    assert lianxin("vocabulary", "list")[1].split() == ["城关所", "阳光花园"]
    assert lianxin("vocabulary", "remove", "城关所")[0] == 0
    assert lianxin("vocabulary", "list")[1].split() == ["阳光花园"]


@pytest.mark.parametrize("word", ["电", "abc", "阳光,花园", "长" * 21, ""])
def test_a_word_that_cannot_be_told_by_its_sound_is_refused(lianxin: Run, word: str) -> None:
    code, _, said = lianxin("vocabulary", "add", word)
    assert (code, "2 to 20 Chinese characters" in said) == (2, True)


def test_a_file_is_taken_whole_or_not_at_all(lianxin: Run, tmp_path: Path) -> None:
    file = tmp_path / "places.txt"
    file.write_text("# places\n阳光花园\nBlock 5\n", "utf-8")
    code, _, said = lianxin("vocabulary", "import", str(file))
    assert (code, "line 3" in said, lianxin("vocabulary", "list")[1]) == (2, True, "")
    file.write_text("\ufeff阳光花园 # the new one\n\n城关所\n阳光花园\n", "utf-8")
    assert lianxin("vocabulary", "import", str(file))[1] == "2 words added, 1 were there.\n"


def test_the_next_recording_is_written_with_it(
    lianxin: Run, archive: Archive, recorded: Callable[..., str], tools: Callable[..., Any], clock: Any
) -> None:
    lianxin("vocabulary", "add", "阳光花园")
    attempt(tools(lambda: "阳光化元"), recorded("r", at=clock()))
    with archive.reading() as s:
        [transcript] = s.get_one(Recording, "r").transcripts
        assert transcript.text.startswith("阳光花园")
        word = transcript.turns[0].words[0]
        assert (word["word"], word["heard"]) == ("阳光花园", "阳光化元")
