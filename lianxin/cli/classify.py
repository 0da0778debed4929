"""`lianxin classify`: what texts are about, and how well that is told."""

import json
import sys
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from triage.verdict import Verdict

BAD_LINES = 2
"""Exit code when a line could not be used; all others were classified."""


class _LineUnusable(Exception):
    """A line of input cannot be classified; the message is the mend."""


def classify(
    file: Annotated[str, typer.Argument(help='File of JSON lines {"id", "text"}; - for standard input.')] = "-",
    evaluate: Annotated[bool, typer.Option("--evaluate", help="Report how well unseen sentences are told.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="With --evaluate: the report as JSON.")] = False,
) -> None:
    """Tell what texts are about: one JSON line out for each JSON line in, in the same order.

    A line in has "text" and any "id", which comes back unchanged; a line out has id, category, second, confidence,
    urgency and evidence. A line that cannot be used is named on standard error, the others are still classified, and
    the exit code is 2.

    Example: lianxin classify calls.jsonl
    """
    if evaluate or as_json:
        if file != "-" or not evaluate:
            raise typer.BadParameter("use --json only with --evaluate, and --evaluate without a file")
        from lianxin.cli.evaluation_report import print_report

        print_report(as_json)
        return
    with _open(file) as lines:
        bad = _classify_lines(lines)
    if bad:
        raise typer.Exit(BAD_LINES)


def _open(file: str) -> AbstractContextManager[IO[bytes]]:
    from triage.errors import CallsUnreadable

    if file == "-":
        if sys.stdin.isatty():
            print("Type JSON lines, Ctrl-D ends.", file=sys.stderr)
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(file).open("rb")
    except OSError as error:
        raise CallsUnreadable(f"{file}: {error.strerror}; give a readable file of JSON lines, or -") from error


def _classify_lines(lines: Iterable[bytes]) -> int:
    """Classify line by line as they come, and give the number of lines that could not be used."""
    from triage.classifier import Classifier

    classifier = Classifier.trained()
    bad = 0
    for number, line in enumerate(lines, start=1):
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.strip():
            continue
        try:
            name, text = _read(line)
        except _LineUnusable as problem:
            bad += 1
            print(f"lianxin: line {number}: {problem}", file=sys.stderr, flush=True)
            continue
        sys.stdout.buffer.write(_written(name, classifier.classify(text)))
        sys.stdout.buffer.flush()
    return bad


def _read(line: bytes) -> tuple[object, str]:
    try:
        value = json.loads(line.decode("utf-8"), parse_constant=_refuse, parse_float=_finite)
    except UnicodeDecodeError as error:
        raise _LineUnusable(f"not UTF-8 at byte {error.start + 1}; save the file as UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise _LineUnusable(f'not JSON ({_short(error)}); write {{"id": …, "text": "…"}} on one line') from error
    if not isinstance(value, dict):
        raise _LineUnusable('not a JSON object; write {"id": …, "text": "…"}')
    if "text" not in value:
        raise _LineUnusable('no "text"; add it, e.g. "text": "家里停电了"')
    if not isinstance(value["text"], str):
        raise _LineUnusable('"text" is not a string; put it in quotation marks')
    return value.get("id"), value["text"]


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


def _finite(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise ValueError(f"number out of range: {digits[:20]}")
    return number


def _short(error: BaseException) -> str:
    return "nested too deeply" if isinstance(error, RecursionError) else str(error).splitlines()[0]


def _written(name: object, verdict: "Verdict") -> bytes:
    record: dict[str, Any] = {
        "id": name,
        "category": verdict.category,
        "second": verdict.second,
        "confidence": verdict.confidence,
        "urgency": verdict.urgency,
        "evidence": [{"text": each.text, "start": each.start, "end": each.end} for each in verdict.evidence],
    }
    try:
        return json.dumps(record, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:  # half of a surrogate pair, which only an escape can write
        return json.dumps(record).encode() + b"\n"
