"""The tables. One class a table; times are UTC; machine results are never overwritten by people."""

from recordings.tables.agents import Agent, Survey, Waiting, Wish
from recordings.tables.amendments import Amendment
from recordings.tables.base import Base, UtcDateTime
from recordings.tables.callbacks import Callback, CallbackAttempt
from recordings.tables.calls import Call, Case, Event, Leg, Message, Recording
from recordings.tables.customers import Customer, CustomerPhone
from recordings.tables.discarded import Discarded
from recordings.tables.facts import StoredFact
from recordings.tables.filters import SavedFilter, Tally
from recordings.tables.hooks import Hook, HookDelivery
from recordings.tables.listing import Listed
from recordings.tables.loudness import Loudness
from recordings.tables.meaning import Correction, Triage
from recordings.tables.notes import Note
from recordings.tables.originals import Original, SealedSound
from recordings.tables.people import Audit, AuditHead, User, UserDistrict
from recordings.tables.processes import Heartbeat
from recordings.tables.quality import Finding, Measure, Score
from recordings.tables.reviewing import Mark, Reply, Review, Ruling
from recordings.tables.sampling import Calibration, CalibrationCall, CalibrationReviewer, Example, Sample, Sampled
from recordings.tables.second_factor import RecoveryCode, SecondFactor
from recordings.tables.supply import District, Outage
from recordings.tables.tokens import Token
from recordings.tables.words import Transcript, Turn, TurnCorrection, VocabularyWord

__all__ = [
    "Agent",
    "Amendment",
    "Audit",
    "AuditHead",
    "Base",
    "Calibration",
    "CalibrationCall",
    "CalibrationReviewer",
    "Call",
    "Callback",
    "CallbackAttempt",
    "Case",
    "Correction",
    "Customer",
    "CustomerPhone",
    "Discarded",
    "District",
    "Event",
    "Example",
    "Finding",
    "Heartbeat",
    "Hook",
    "HookDelivery",
    "Leg",
    "Listed",
    "Loudness",
    "Mark",
    "Measure",
    "Message",
    "Note",
    "Original",
    "Outage",
    "Recording",
    "RecoveryCode",
    "Reply",
    "Review",
    "Ruling",
    "Sample",
    "Sampled",
    "SavedFilter",
    "Score",
    "SealedSound",
    "SecondFactor",
    "StoredFact",
    "Survey",
    "Tally",
    "Token",
    "Transcript",
    "Triage",
    "Turn",
    "TurnCorrection",
    "User",
    "UserDistrict",
    "UtcDateTime",
    "VocabularyWord",
    "Waiting",
    "Wish",
]
