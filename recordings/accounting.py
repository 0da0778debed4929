"""The account of every recording: requested = stored + absent + failed, and the store holds what the books say."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from recordings.errors import StoredFileMissing
from recordings.sealed_pieces import sealed_key
from recordings.sound_sealing import lies_open_among_all
from recordings.store import AudioStore
from recordings.tables import Call, Discarded, Heartbeat, Leg, Recording, SealedSound

ALIVE = timedelta(seconds=15)
"""A controller whose last heartbeat is younger than this is at work."""
SETTLING = timedelta(seconds=15)
"""For as long after its call ended a recording may still be on its way into the store."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why recordings are absent or failed, or what was mended about stored ones."""

    state: str
    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class Account:
    """What became of every recording that was asked for."""

    requested: int
    stored: int
    absent: int
    failed: int
    in_progress: int
    """Their call is on, or just over, and its controller is alive."""
    reasons: tuple[Reason, ...]
    """Most frequent first."""
    problems: tuple[str, ...]
    """What does not add up, a sentence each."""

    @property
    def adds_up(self) -> bool:
        """True when every recording is settled or in progress and the store holds exactly what the books say."""
        settled = self.stored + self.absent + self.failed + self.in_progress
        return not self.problems and settled == self.requested


def account(session: Session, store: AudioStore, now: datetime, *, contents: bool = False) -> Account:
    """Draw up the account; `now` decides who counts as alive. Raises StoreUnreachable.

    With `contents` every stored file is read and compared with its SHA-256, not only its size; this takes as long as
    reading the whole store does.

    The store is listed before the books are read: a recording that is stored meanwhile can then be missing from the
    list only, and is looked up by itself.
    """
    listed = store.sizes()
    leaving = set(session.scalars(select(Discarded.key)))
    alive = {
        beat.name.partition(":")[2]
        for beat in session.scalars(select(Heartbeat).where(Heartbeat.name.startswith("controller:")))
        if now - beat.seen_at < ALIVE
    }
    states: Counter[str] = Counter()
    reasons: Counter[tuple[str, str]] = Counter()
    problems: list[str] = []
    known: set[str] = set()
    rows = select(Recording, Call, SealedSound, lies_open_among_all())
    rows = rows.join(Leg, Recording.leg_id == Leg.id).join(Call, Leg.call_id == Call.id)
    rows = rows.outerjoin(SealedSound, SealedSound.recording_id == Recording.id)
    for recording, call, sealed, lies_open in session.execute(
        rows.order_by(Recording.requested_at).execution_options(yield_per=1000)
    ):
        in_progress = recording.state == "requested" and _at_work(call, alive, now)
        states["in progress" if in_progress else recording.state] += 1
        if recording.reason:
            reasons[recording.state, recording.reason] += 1
        if recording.state == "stored":
            known.update((recording.key, sealed_key(recording.key)))
            half_sealed = lies_open and sealed_key(recording.key) in listed  # A worker finishes and checks it.
            files = _files(recording, None if half_sealed else sealed)
            stored_problems = [p for f in files for p in _stored_problems(f, call, store, listed)]
            if contents and not stored_problems and not half_sealed:
                stored_problems = [p for f in files for p in _content_problems(f, call, store)]
            problems.extend(stored_problems)
        elif in_progress:
            known.update(key for key in listed if key.endswith(f"/{recording.id}.wav"))
        elif recording.state == "requested":
            problems.append(_forgotten(recording, call))
    problems.extend(
        f"The store holds {key}, which no recording in the books knows; keep it aside until it is explained."
        for key in sorted(listed.keys() - known - leaving)
    )
    return Account(
        requested=sum(states.values()),
        stored=states["stored"],
        absent=states["absent"],
        failed=states["failed"],
        in_progress=states["in progress"],
        reasons=tuple(Reason(state, reason, count) for (state, reason), count in reasons.most_common()),
        problems=tuple(problems),
    )


def _at_work(call: Call, alive: set[str], now: datetime) -> bool:
    return call.node in alive and (call.ended_at is None or now - call.ended_at < SETTLING)


def _forgotten(recording: Recording, call: Call) -> str:
    when = f"{recording.requested_at:%Y-%m-%d %H:%M:%S} UTC"
    return (
        f"Recording {recording.id} of call {call.id} was requested at {when} and nobody works on it;"
        f" start the controller of node {call.node}, which settles it."
    )


@dataclass(frozen=True, slots=True)
class _File:
    """What the books say of one file of the store."""

    key: str
    size: int | None
    sha256: str


def _files(recording: Recording, sealed: SealedSound | None) -> list[_File]:
    """The files of a stored recording: one, or where personal data was said the beeped one and the sealed pieces."""
    if sealed is None:
        return [_File(recording.key, recording.size, recording.sha256)]
    return [
        _File(recording.key, recording.size, sealed.open_sha256),
        _File(sealed_key(recording.key), sealed.sealed_size, sealed.sealed_sha256),
    ]


def _stored_problems(file: _File, call: Call, store: AudioStore, listed: dict[str, int]) -> Iterator[str]:
    size = listed.get(file.key)
    if size is None:
        try:
            size = store.size(file.key)
        except StoredFileMissing:
            yield f"The file {file.key} of call {call.id} is missing from the store; restore it from a backup."
            return
    if size != file.size:
        yield (
            f"The file {file.key} of call {call.id} has {size} bytes and should have {file.size};"
            " restore it from a backup."
        )


def _content_problems(file: _File, call: Call, store: AudioStore) -> Iterator[str]:
    if store.sha256(file.key) != file.sha256:
        yield (
            f"The file {file.key} of call {call.id} is not what was stored (its SHA-256 differs);"
            " restore it from a backup."
        )
