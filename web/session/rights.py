"""Who may do what: every page and form by its right, every role by its rights. What is not named here is closed."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Right(StrEnum):
    """What one must be allowed to, to come to a page."""

    NONE = "none"
    """Everybody may come, signed in or not."""
    SELF = "self"
    """Whoever is signed in: about oneself alone."""
    CALLS = "calls"
    """Find, read and hear calls."""
    ORIGINALS = "originals"
    """Read and hear personal data that is masked for others."""
    OWN_ORIGINALS = "own-originals"
    """The same for calls whose case one is the first-inquiry owner of."""
    REVIEW = "review"
    """Correct what a call is about, and write notes on it."""
    CASES = "cases"
    """See cases, take them and move them on."""
    SCORES = "scores"
    """See one's own sheets and answer to them, and learn from examples."""
    JUDGE = "judge"
    """Confirm or overrule sheets, decide appeals, draw samples, calibrate."""
    TEAM = "team"
    """See how all agents do, and who is to be praised or warned."""
    ANSWER = "answer"
    """See who waits for an agent, and answer calls if one has a telephone."""
    OUTAGES = "outages"
    """Say where power is off, as callers hear it."""
    REPORTS = "reports"
    """See what all callers said together."""
    EXPORT = "export"
    """Take lists away as files."""
    PEOPLE = "people"
    """Say who may sign in, as what, and for which districts."""
    PROGRAMS = "programs"
    """Say which other programs may ask, and which are told."""
    SYSTEM = "system"
    """See how the hotline is set up and whether it is well; change rules, terms, and which classifier holds."""
    AUDIT = "audit"
    """See what everybody did."""


ROUTES: Mapping[str, Right] = MappingProxyType(
    {
        "static": Right.NONE,
        "session.sign_in": Right.NONE,
        "session.enter": Right.NONE,
        "codes.ask": Right.NONE,
        "codes.enter": Right.NONE,
        "session.sign_out": Right.SELF,
        "factor.page": Right.SELF,
        "factor.confirm": Right.SELF,
        "factor.remove": Right.SELF,
        "session.password": Right.SELF,
        "session.change_password": Right.SELF,
        "calls.home": Right.CALLS,
        "calls.list": Right.CALLS,
        "calls.call": Right.CALLS,
        "live.stream": Right.CALLS,
        "filters.save": Right.CALLS,
        "filters.remove": Right.CALLS,
        "audio.recording": Right.CALLS,
        "audio.whole": Right.CALLS,
        "in_doubt.next": Right.CALLS,
        "waves.call": Right.CALLS,
        "originals.call": Right.OWN_ORIGINALS,
        "calls.correct": Right.REVIEW,
        "again.recording": Right.REVIEW,
        "correcting_words.turn": Right.REVIEW,
        "correcting_words.repair": Right.REVIEW,
        "correcting_facts.say": Right.REVIEW,
        "notes.write": Right.REVIEW,
        "notes.withdraw": Right.REVIEW,
        "cases.list": Right.CASES,
        "cases.export": Right.EXPORT,
        "cases.move": Right.CASES,
        "cases.take": Right.CASES,
        "cases.promise": Right.CASES,
        "callbacks.ask": Right.CASES,
        "scores.list": Right.SCORES,
        "scores.export": Right.SCORES,
        "scores.sheet": Right.SCORES,
        "scores.answer": Right.SCORES,
        "judging.examples": Right.SCORES,
        "judging.learning": Right.SCORES,
        "judging.queue": Right.JUDGE,
        "judging.export": Right.JUDGE,
        "judging.appeals": Right.JUDGE,
        "judging.sheet": Right.JUDGE,
        "judging.mark": Right.JUDGE,
        "judging.decide": Right.JUDGE,
        "judging.example": Right.JUDGE,
        "samples.list": Right.JUDGE,
        "samples.export": Right.JUDGE,
        "samples.draw": Right.JUDGE,
        "calibrations.list": Right.JUDGE,
        "calibrations.open": Right.JUDGE,
        "calibrations.one": Right.JUDGE,
        "calibrations.known": Right.JUDGE,
        "calibrations.export": Right.JUDGE,
        "calibrations.call": Right.JUDGE,
        "calibrations.mark": Right.JUDGE,
        "standings.page": Right.TEAM,
        "standings.export": Right.TEAM,
        "standings.agent": Right.TEAM,
        "standings.sheets": Right.TEAM,
        "queue.page": Right.ANSWER,
        "queue.live": Right.ANSWER,
        "queue.presence": Right.ANSWER,
        "queue.wish": Right.ANSWER,
        "outages.list": Right.CASES,
        "outages.export": Right.EXPORT,
        "outages.add": Right.OUTAGES,
        "outages.edit": Right.OUTAGES,
        "outages.end": Right.OUTAGES,
        "floor.page": Right.REPORTS,
        "floor.live": Right.REPORTS,
        "floor.export": Right.REPORTS,
        "reports.day": Right.REPORTS,
        "reports.export": Right.REPORTS,
        "exports.calls": Right.EXPORT,
        "people.list": Right.PEOPLE,
        "people.export": Right.PEOPLE,
        "people.add": Right.PEOPLE,
        "people.change": Right.PEOPLE,
        "people.reset": Right.PEOPLE,
        "people.drop_factor": Right.PEOPLE,
        "programs.page": Right.PROGRAMS,
        "programs.make": Right.PROGRAMS,
        "programs.revoke": Right.PROGRAMS,
        "programs.tokens": Right.PROGRAMS,
        "hooks.add": Right.PROGRAMS,
        "hooks.remove": Right.PROGRAMS,
        "hooks.retry": Right.PROGRAMS,
        "hooks.page": Right.PROGRAMS,
        "hooks.export": Right.PROGRAMS,
        "system.page": Right.SYSTEM,
        "system.menu": Right.SYSTEM,
        "system.health": Right.SYSTEM,
        "system.restore": Right.SYSTEM,
        "system.rules": Right.SYSTEM,
        "amending.rule": Right.SYSTEM,
        "amending.terms": Right.SYSTEM,
        "amending.model": Right.SYSTEM,
        "amending.menu": Right.SYSTEM,
        "audit.list": Right.AUDIT,
        "audit.export": Right.AUDIT,
        "api.description": Right.NONE,
        "api.token": Right.SELF,
        "api.calls": Right.CALLS,
        "api.call": Right.CALLS,
        "api.recording": Right.CALLS,
        "api.correct": Right.REVIEW,
        "api.note": Right.REVIEW,
        "api.cases": Right.CASES,
        "api.case": Right.CASES,
        "api.move": Right.CASES,
        "api.day": Right.REPORTS,
        "api.events": Right.CALLS,
    }
)
"""The right of every endpoint. A test holds that none is missing."""

_AGENT = frozenset(
    {
        Right.NONE,
        Right.SELF,
        Right.CALLS,
        Right.OWN_ORIGINALS,
        Right.REVIEW,
        Right.CASES,
        Right.SCORES,
        Right.ANSWER,
    }
)
_SUPERVISOR = _AGENT | {Right.ORIGINALS, Right.OUTAGES, Right.REPORTS, Right.EXPORT, Right.TEAM}

RIGHTS: Mapping[str, frozenset[Right]] = MappingProxyType(
    {
        "agent": _AGENT,
        "qa": _AGENT | {Right.ORIGINALS, Right.EXPORT, Right.JUDGE, Right.TEAM},
        "supervisor": _SUPERVISOR,
        "admin": _SUPERVISOR | {Right.PEOPLE, Right.PROGRAMS, Right.SYSTEM, Right.AUDIT, Right.JUDGE},
    }
)
"""The rights of every role."""


API = "api"
"""The desk where programs come, with tokens instead of sessions."""
SCOPES = frozenset(r for e, r in ROUTES.items() if e.startswith(f"{API}.")) - {Right.NONE, Right.SELF}
"""What a token can be for: the rights that some route of the API asks for."""


def may(role: str, right: str) -> bool:
    """Whether a role has a right; a role or a right that is unknown has none."""
    return right in RIGHTS.get(role, frozenset())


def may_come(role: str, endpoint: str) -> bool:
    """Whether a role may come to an endpoint."""
    return endpoint in ROUTES and may(role, ROUTES[endpoint])


def allows(scopes: frozenset[str] | None, right: str) -> bool:
    """Whether a token of these scopes opens what asks for a right; None stands for a person, who needs none."""
    return scopes is None or right in scopes | {Right.NONE, Right.SELF}
