"""The agent's side of a call, recorded beside the caller's."""

from datetime import timedelta

from recordings import ledger, stages
from recordings.intake import take_in
from recordings.tables import Call, Turn


def answer(exchange, call_id: str, *passages: str, after: float = 3.0, sound: bytes, recording_id: str = "") -> str:
    """An agent speaks from `after` seconds on, a word a passage, each second one; the id of the recording."""
    recording_id = recording_id or f"agent-{call_id}"
    with exchange.archive.session() as s:
        call = s.get_one(Call, call_id)
        at = call.started_at + timedelta(seconds=after)
        ledger.request_recording(s, call_id=call_id, side="agent", recording_id=recording_id, at=at)
        ledger.recording_started(s, recording_id, at)
    file = exchange.spool / f"{recording_id}.wav"
    file.write_bytes(sound)
    take_in(exchange.archive, recording_id, file, at + timedelta(seconds=90))
    words = [{"word": p, "start": 1.0 + n, "end": 1.8 + n, "confidence": 0.9} for n, p in enumerate(passages)]
    turns = [Turn(start=w["start"], end=w["end"], text=w["word"], words=[w]) for w in words]
    with exchange.archive.session() as s:
        stages.write_transcript(s, recording_id, model="trial", text="，".join(passages), turns=turns, at=at)
    return recording_id
