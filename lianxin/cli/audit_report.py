"""A judged call as a person reads it in a terminal."""

from rich.console import Console
from rich.table import Table

from quality.judging import Judgement
from quality.measures import LegMeasures
from quality.record import NO_SCORE
from quality.rulebook import Rulebook
from quality.sheet import WORTH


def print_report(judgement: Judgement, book: Rulebook) -> None:
    """Print the measures of both sides, the findings, and the sheet."""
    console = Console(highlight=False, markup=False)
    agent, caller = judgement.measures.legs
    table = Table("measure", "agent", "caller", box=None, pad_edge=False)
    for (name, ours), (_, theirs) in zip(_rows(agent), _rows(caller), strict=True):
        table.add_row(name, ours, theirs)
    console.print(table)
    measures = judgement.measures
    for silence in measures.silences:
        console.print(f"{_clock(silence.start)}  nobody speaks for {silence.seconds:.0f} s")
    console.print()
    names = {rule.id: f"{rule.zh} {rule.en}" for rule in book.rules}
    findings = Table("at", "side", "points", "rule", "words", box=None, pad_edge=False)
    for finding in judgement.findings:
        points = "fatal" if finding.fatal else str(finding.points)
        findings.add_row(_clock(finding.start), finding.channel, points, names[finding.rule], finding.words)
    console.print(findings if judgement.findings else "nothing found")
    console.print()
    sheet = judgement.sheet
    if sheet is None:
        console.print(f"no score: {NO_SCORE}")
        return
    console.print("; ".join(f"{item} {left}/{WORTH[item]}" for item, left in sheet.points.items()))
    fatal = " (a fatal finding: the whole sheet counts 0)" if sheet.fatal else ""
    console.print(f"score {sheet.score} of 100{fatal}; a person confirms or overrules it")


def _rows(leg: LegMeasures) -> list[tuple[str, str]]:
    voice = leg.voice
    return [
        ("speech", f"{leg.speech:.1f} s ({leg.share:.0%})"),
        ("first word", _of(leg.first_word, "{:.1f} s")),
        ("rate", _of(leg.rate, "{:.1f} syllables/s")),
        ("pauses", f"{leg.pauses.count}, longest {leg.pauses.longest:.1f} s"),
        ("broke in", str(leg.interrupted)),
        ("level", _of(leg.level, "{:.1f} dBFS")),
        ("sudden rises", ", ".join(f"{_clock(rise.start)} {rise.decibel:+.0f} dB" for rise in leg.rises) or "-"),
        ("pitch", f"{voice.median:.0f} Hz ({voice.low:.0f} to {voice.high:.0f})" if voice else "-"),
    ]


def _of(value: float | None, form: str) -> str:
    return "-" if value is None else form.format(value)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes:02}:{rest:02}"
