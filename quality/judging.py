"""A call judged: its measures, what the rules found in it, and what that leaves of the sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quality.alike_rules import alike_findings
from quality.finding import Finding
from quality.leg_sound import LegSound
from quality.measured_rules import measured_findings
from quality.measures import Measures
from quality.measuring import measure
from quality.rule import Kind, Rule
from quality.rulebook import WORDED, Rulebook
from quality.sheet import Sheet, score
from quality.spoken import Spoken, spoken
from quality.turns import Channel, Turn, in_order
from quality.word_rules import first_said, word_findings

SAME = 1.0
"""Seconds within which two findings may speak of the same words."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """All that the machine has to say about a call. A person confirms or overrules it."""

    measures: Measures
    findings: tuple[Finding, ...]
    """In the order of their seconds."""
    sheet: Sheet | None
    """None when no agent said a word: nobody was there to be scored."""


def judge(
    rulebook: Rulebook,
    turns: Sequence[Turn],
    sounds: Mapping[Channel, LegSound] | None = None,
    hung_up_by: Channel | None = None,
) -> Judgement:
    """Measure a call and hold every rule against it."""
    turns = in_order(turns)
    measures = measure(turns, sounds, hung_up_by)
    said = [spoken(turn) for turn in turns]
    hits = [(rule, hit) for rule in rulebook.rules for hit in _findings(rule, said, measures)]
    findings = _once(hits)
    agent_spoke = any(turn.turn.channel == "agent" and turn.chars for turn in said)
    return Judgement(measures, findings, score(findings) if agent_spoke else None)


def _once(hits: Sequence[tuple[Rule, Finding]]) -> tuple[Finding, ...]:
    """In the order of their seconds; what two rules forbid of the same words under one item is deducted once.

    The fatal one stays, then the dearer one, then the one whose rule comes first. A sentence that is only like rude
    ones says nothing new where a phrase in it was found.
    """
    kept: list[Finding] = []
    for rule, hit in sorted(hits, key=lambda each: (not each[1].fatal, each[1].points)):
        if rule.kind is not Kind.FORBIDDEN or not any(_same_words(hit, other) for other in kept):
            kept.append(hit)
    named = [hit for rule, hit in hits if rule.kind in WORDED and not rule.missing]
    doubled = [hit for rule, hit in hits if rule.kind is Kind.ALIKE and any(_within(other, hit) for other in named)]
    kept = [hit for hit in kept if hit not in doubled]
    return tuple(sorted(kept, key=lambda hit: (hit.start, hit.rule)))


def _same_words(hit: Finding, other: Finding) -> bool:
    near = hit.channel == other.channel and abs(hit.start - other.start) < SAME
    return hit.item is other.item and near and (hit.words in other.words or other.words in hit.words)


def _within(hit: Finding, sentence: Finding) -> bool:
    return hit.channel == sentence.channel and hit.start >= sentence.start - SAME and hit.words in sentence.words


def _findings(rule: Rule, said: Sequence[Spoken], measures: Measures) -> list[Finding]:
    since = _holds_since(rule, said, measures)
    if since is None:
        return []
    if rule.kind is Kind.ALIKE:
        return alike_findings(rule, said)
    return word_findings(rule, said, since) if rule.kind in WORDED else measured_findings(rule, measures)


def _holds_since(rule: Rule, said: Sequence[Spoken], measures: Measures) -> float | None:
    """Since which second the rule's precondition holds in this call; None when it never does."""
    wanted = rule.condition
    agent = [turn for turn in said if turn.turn.channel == "agent" and turn.chars]
    caller = [turn for turn in said if turn.turn.channel == "caller"]
    if len(agent) < wanted.agent_turns:
        return None
    if wanted.unless_agent_said and first_said(wanted.unless_agent_said, agent) is not None:
        return None
    moments: list[float | None] = [0.0]
    if wanted.caller_said:
        moments.append(first_said(wanted.caller_said, caller))
    if wanted.agent_said:
        moments.append(first_said(wanted.agent_said, agent))
    if wanted.silence > 0:
        moments.append(next((s.end for s in measures.silences if s.seconds > wanted.silence), None))
    known = [moment for moment in moments if moment is not None]
    return max(known) if len(known) == len(moments) else None
