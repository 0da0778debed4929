"""`lianxin evaluate` on one's own recordings, and on the sets of the project."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from asr.vosk_engine import VoskEngine
from lianxin.evaluation.report import evaluated
from lianxin.evaluation.spoken import Spoken, SpokenSet, trial_set

AUDIO = Path(__file__).parent / "audio"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder with two recordings, and a table of what is said in them, with one character made wrong."""
    folder = tmp_path / "calls"
    folder.mkdir()
    truth = json.loads((AUDIO / "truth.json").read_text("utf-8"))
    lines = ["file\ttext"]
    for name in ("waiting.wav", "old-caller.wav"):
        shutil.copy(AUDIO / name, folder)
        lines.append(f"{name}\t" + "，".join(sentence["text"] for sentence in truth[name]["sentences"]))
    lines[1] = lines[1].replace("电线", "电钱")
    (tmp_path / "refs.tsv").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def test_own_recordings_are_measured_as_they_are(own: Path, lianxin: Callable[..., Any]) -> None:
    said = lianxin("evaluate", "--json", "--audio", own, "--references", own.parent / "refs.tsv")
    assert said.code == 0
    report = json.loads(said.out)
    characters = sum(
        sum(sign not in "，\n" for sign in line.partition("\t")[2])
        for line in (own.parent / "refs.tsv").read_text("utf-8").splitlines()[1:]
    )
    assert report["cer"] == {"as it is": pytest.approx(1 / characters, abs=1e-4)}
    assert report["model"] == "lianxin-trial-2.1"
    assert [each["written_by_the_project"] for each in report["sets"]] == [False, True, True, True, True, True]
    assert report["redaction"]["privacy, blind"]["mobile"]["recall"]["of"] > 0
    repair = report["category"]["classes"]["repair"]
    assert repair["precision"]["low"] < repair["precision"]["value"] < repair["precision"]["high"]
    assert report["category"]["accuracy"]["of"] > 500
    assert report["hard_cases"]["denied"]["of"] == 20
    assert report["facts"]["money"]["recall"]["of"] >= 10


def test_what_is_easy_is_heard_nearly_whole(engine: VoskEngine, truth: dict[str, Any]) -> None:
    recordings = [
        Spoken(AUDIO / name, "".join(sentence["text"] for sentence in truth[name]["sentences"]), "woman", "repair")
        for name in ("waiting.wav", "old-caller.wav")
    ]
    report = evaluated(SpokenSet("few", "made for a test", True, tuple(recordings)), engine, 2, lambda _: None)
    assert list(report["cer"]) == ["clean", "g711", "noise_20_db", "noise_10_db", "loss_5_percent"]
    assert report["cer"]["g711"] < 0.05
    assert report["cer_by_voice"]["woman"] == report["cer"]["g711"]
    assert report["spoken_category"]["as_written"]["of"] == 2


def test_worse_lines_are_heard_worse(engine: VoskEngine) -> None:
    whole = trial_set()
    report = evaluated(replace(whole, recordings=whole.recordings[:20]), engine, 2, lambda _: None)
    assert report["cer"]["noise_10_db"] > report["cer"]["g711"]
    assert report["cer"]["loss_5_percent"] > 0
    assert set(report["cer_by_voice"]) == {each.voice for each in whole.recordings[:20]}


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("file\ttext\nwaiting.wav\t", "line 2: no file or no text"),
        ("file\ttext\ngone.wav\t停电了", "gone.wav is not there"),
        ("waiting.wav\t停电了\nold-caller.wav\t停电了", "its first line must be file, tab, text"),
        ("file\ttext\n", "no recordings in it"),
        (b"\xff\xfe\x00f", "UTF-8"),
    ],
)
def test_a_table_that_will_not_do_is_named(
    own: Path, lianxin: Callable[..., Any], table: str | bytes, told: str
) -> None:
    (own / "bad.tsv").write_bytes(table if isinstance(table, bytes) else table.encode())
    said = lianxin("evaluate", "--audio", own, "--references", own / "bad.tsv")
    assert said.code == 2
    assert told in said.err
    assert said.err.count("\n") == 1


def test_a_folder_alone_is_not_enough(own: Path, lianxin: Callable[..., Any]) -> None:
    said = lianxin("evaluate", "--audio", own)
    assert (said.code, "--references" in said.err) == (2, True)
