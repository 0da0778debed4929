"""`lianxin classify`, as a person runs it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from lianxin.cli.classify import classify
from triage.classifier import Classifier

LIANXIN = Path(sys.executable).with_name("lianxin")


def run(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([str(LIANXIN), "classify", *arguments], input=given, capture_output=True, timeout=60)


def written(result: subprocess.CompletedProcess[bytes]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.decode().splitlines()]


def test_lines_come_out_in_order_with_their_ids_unchanged(
    tmp_path: Path, classifier: Classifier, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(Classifier, "trained", lambda: classifier)
    ids = [1, "二", None, 1.25, {"a": [True, {}]}, [], 12345678901234567890, "\ud83d"]
    texts = ["停电了", "电费太高", "你们态度太差", "", "电线掉地上了", "谢谢", "😀", "喂\ud800"]
    calls = tmp_path / "calls.jsonl"
    lines = [json.dumps({"id": name, "text": text}) for name, text in zip(ids, texts, strict=True)]
    calls.write_text("\ufeff" + "\r\n".join(lines) + "\r\n\r\n")
    classify(str(calls))
    told = capfdbinary.readouterr()
    assert told.err == b""
    records = [json.loads(line) for line in told.out.decode().splitlines()]
    assert [record["id"] for record in records] == ids
    assert list(records[0]) == ["id", "category", "second", "confidence", "urgency", "evidence"]
    assert records[0]["category"] == "repair"
    assert records[4]["urgency"] == "urgent"
    for record, text in zip(records, texts, strict=True):
        assert all(text[each["start"] : each["end"]] == each["text"] for each in record["evidence"])


def test_bad_lines_are_named_and_the_others_still_classified() -> None:
    good = '{"id": 1, "text": "停电了"}'.encode()
    bad = [
        (b"\xc4\xe3\xba\xc3", "line 2: not UTF-8 at byte 1; save the file as UTF-8"),
        (b"hello", "line 4: not JSON"),
        (b'["text"]', "line 5: not a JSON object"),
        (b'{"id": 7}', 'line 6: no "text"; add it'),
        (b'{"id": 8, "text": 5}', 'line 7: "text" is not a string'),
        (b'{"id": NaN, "text": "a"}', "line 8: not JSON (NaN is no JSON number)"),
        (b'{"id": 1e999, "text": "a"}', "line 9: not JSON (number out of range"),
        (b"[" * 100_000, "line 10: not JSON"),
    ]
    lines = [good, bad[0][0], good, *(line for line, _ in bad[1:]), good]
    result = run("-", given=b"\n".join(lines))
    assert result.returncode == 2
    assert [record["category"] for record in written(result)] == ["repair"] * 3
    said = result.stderr.decode().splitlines()
    assert len(said) == len(bad)
    for sentence, (_, expected) in zip(said, bad, strict=True):
        assert sentence.startswith(f"lianxin: {expected}")


def test_standard_input_is_answered_line_by_line() -> None:
    with subprocess.Popen([str(LIANXIN), "classify"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(3):
            process.stdin.write(json.dumps({"id": number, "text": "停电了"}).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
        assert process.wait(timeout=30) == 0


@pytest.mark.parametrize("name", ["nowhere.jsonl", "."])
def test_a_file_that_cannot_be_read_is_one_line_and_exit_code_2(name: str) -> None:
    result = run(name)
    assert result.returncode == 2
    assert len(result.stderr.decode().splitlines()) == 1
    assert f"{name}: " in result.stderr.decode()
    assert "give a readable file of JSON lines" in result.stderr.decode()
    assert result.stdout == b""


def test_the_report_shows_every_category_and_is_the_same_as_json(
    classifier: Classifier, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Classifier, "trained", lambda: classifier)
    monkeypatch.setenv("COLUMNS", "200")
    classify(evaluate=True)
    table = capsys.readouterr().out
    for words in ("repair 故障报修", "precision", "recall", "who is taken for whom", "accuracy"):
        assert words in table
    classify(evaluate=True, as_json=True)
    report = json.loads(capsys.readouterr().out)
    assert set(report["categories"]) == set(report["confusion"])
    assert report["right"] == sum(each["right"] for each in report["categories"].values())
    assert f"{report['accuracy']:.1%}" in table


def test_options_that_do_not_go_together_are_refused() -> None:
    assert run("--json").returncode == 2
    assert run("calls.jsonl", "--evaluate").returncode == 2


def test_help_shows_an_example() -> None:
    assert "lianxin classify calls.jsonl" in run("--help").stdout.decode()
