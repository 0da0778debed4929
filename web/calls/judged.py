"""What the machine measured and found in a call, laid out for its page."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from recordings.judgements import newest_score
from recordings.tables import Finding
from web.calls.sheet import Cited


@dataclass(frozen=True, slots=True)
class Found:
    """One finding."""

    rule: str
    zh: str
    en: str
    points: int
    fatal: bool
    side: str
    item: str
    """Of the sheet."""
    cited: Cited


@dataclass(frozen=True, slots=True)
class Row:
    """One measure of both sides; a dash where it could not be taken."""

    measure: str
    """The second half of its phrase's id."""
    agent: str
    caller: str


@dataclass(frozen=True, slots=True)
class Judged:
    """The newest judgement of a call."""

    score: int | None
    """0 to 100; None where no agent spoke."""
    fatal: bool
    findings: tuple[Found, ...]
    rows: tuple[Row, ...]


def judged(s: Session, call_id: str) -> Judged | None:
    """Read it; None while the call was not judged."""
    row = newest_score(s, call_id)
    if row is None:
        return None
    sides = {measure.channel: measure.figures for measure in row.measures}
    return Judged(
        row.score, row.fatal, tuple(map(found_of, row.findings)), _rows(sides.get("agent"), sides.get("caller"))
    )


def found_of(finding: Finding) -> Found:
    """One finding of the archive."""
    cited = Cited(finding.words, finding.recording_id or "", finding.second, alarming=finding.fatal)
    return Found(
        finding.rule, finding.zh, finding.en, finding.points, finding.fatal, finding.channel, finding.item, cited
    )


def _rows(agent: dict[str, Any] | None, caller: dict[str, Any] | None) -> tuple[Row, ...]:
    both = [(_of_side(agent), _of_side(caller))]
    return tuple(Row(name, ours[name], theirs[name]) for ours, theirs in both for name in ours)


def _of_side(figures: dict[str, Any] | None) -> dict[str, str]:
    """Figures with their units, by measure."""
    side = figures or {}
    voice, pauses = side.get("voice") or {}, side.get("pauses") or {}
    return {
        "speech": _shown(side.get("speech"), "{:.0f} s"),
        "share": _shown(side.get("share"), "{:.0%}"),
        "first-word": _shown(side.get("first_word"), "{:.1f} s"),
        "rate": _shown(side.get("rate"), "{:.1f} /s"),
        "longest-pause": _shown(pauses.get("longest"), "{:.1f} s"),
        "broke-in": _shown(side.get("interrupted"), "{}"),
        "level": _shown(side.get("level"), "{:.0f} dBFS"),
        "rises": _shown(len(side["rises"]) if "rises" in side else None, "{}"),
        "pitch": _shown(voice.get("median"), "{:.0f} Hz"),
        "liveliness": _shown(voice.get("semitones"), "{:.0f}"),
    }


def _shown(value: float | None, form: str) -> str:
    return "—" if value is None else form.format(value)
