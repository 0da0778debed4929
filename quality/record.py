"""A judgement as plain values, for JSON and for the archive: numbers to three places."""

from dataclasses import asdict
from typing import Any

from quality.judging import Judgement
from quality.measures import LegMeasures, Measures

NO_SCORE = "no agent spoke; such a call is measured and gets no score"
"""Why there is none."""


def as_record(judgement: Judgement) -> dict[str, Any]:
    """The whole: {"measures", "findings", "score", "reason", "items"}.

    Without a sheet the score is None, `reason` says why, and there are no items.
    """
    measures, sheet = judgement.measures, judgement.sheet
    return {
        "measures": rounded(
            {
                **whole_call(measures),
                "legs": {leg.channel: asdict(leg) for leg in measures.legs},
                "turns": [asdict(turn) for turn in measures.turns],
            }
        ),
        "findings": [
            {
                "rule": finding.rule,
                "channel": finding.channel,
                "start": finding.start,
                "words": finding.words,
                "points": finding.points,
                "fatal": finding.fatal,
            }
            for finding in judgement.findings
        ],
        "score": sheet.score if sheet else None,
        "reason": None if sheet else NO_SCORE,
        "items": {item.value: left for item, left in sheet.points.items()} if sheet else {},
    }


def of_leg(leg: LegMeasures) -> dict[str, Any]:
    """One side of the call."""
    values: dict[str, Any] = rounded({name: value for name, value in asdict(leg).items() if name != "channel"})
    return values


def whole_call(measures: Measures) -> dict[str, Any]:
    """What belongs to both sides."""
    values: dict[str, Any] = rounded(
        {
            "duration": measures.duration,
            "hung_up_by": measures.hung_up_by,
            "silences": [asdict(silence) for silence in measures.silences],
            "overlaps": [asdict(overlap) for overlap in measures.overlaps],
        }
    )
    return values


def rounded(value: Any) -> Any:
    """The same with every number rounded to three places."""
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, dict):
        return {name: rounded(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(each) for each in value]
    return value
