"""Holding the rules against written dialogues: planted faults that are found, and what nobody planted."""

from collections.abc import Sequence
from dataclasses import dataclass

from quality.dialogue import Dialogue, Planted
from quality.finding import Finding

NEAR = 2.0
"""Seconds by which a finding may lie outside of the line in which its fault is."""
ALIKE = "wording.alike"
"""The rule for what no phrase names."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of one dialogue."""

    dialogue: Dialogue
    found: tuple[Planted, ...]
    missed: tuple[Planted, ...]
    false_alarms: tuple[Finding, ...]


def compare(dialogue: Dialogue, findings: Sequence[Finding], planted: Sequence[Planted] | None = None) -> Trial:
    """Match findings with planted faults, one with one; for a fault any rule of its kind will do.

    A fault `fault.insult` is found by `forbidden.insult` too: both say the same of the same second, and the second of
    them is no false alarm. A sentence that is only like rude ones finds nothing, and is no false alarm where a fault
    is. Whatever else was found is one. `planted` where the seconds are others than those written.
    """
    wanted = dialogue.planted if planted is None else planted
    found = [fault for fault in wanted if any(_same(fault, finding) for finding in findings)]
    missed = [fault for fault in wanted if fault not in found]
    alarms = [finding for finding in findings if not any(_explains(fault, finding) for fault in wanted)]
    return Trial(dialogue, tuple(found), tuple(missed), tuple(alarms))


def _explains(fault: Planted, finding: Finding) -> bool:
    worded = fault.rule.startswith(("fault.", "forbidden."))
    return _same(fault, finding) or (worded and finding.rule == ALIKE and _near(fault, finding))


def _near(fault: Planted, finding: Finding) -> bool:
    return fault.start - NEAR <= finding.start <= fault.end + NEAR


def _same(fault: Planted, finding: Finding) -> bool:
    return _near(fault, finding) and _kind(fault.rule) == _kind(finding.rule)


def _kind(rule: str) -> str:
    """fault.buck-passing and forbidden.buck-passing are of one kind, and so are a few names of one thing."""
    kind = rule.partition(".")[2] if rule.startswith(("fault.", "forbidden.")) else rule
    return {
        "leaked-number": "leaked-data",
        "false-promise-soon": "false-promise",
        "impatient-request": "impatience",
        "annoyed": "impatience",
        "busy": "impatience",
        "off-work": "impatience",
        "not-afraid": "talking-back",
        "questioning": "talking-back",
        "shrug": "buck-passing",
        "sent-away": "buck-passing",
    }.get(kind, kind)
