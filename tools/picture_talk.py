"""A talk of a caller with an agent for the pictures: a written dialogue, said by espeak-ng, understood and judged."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import soundfile
from dialogues import RATE, speak

from asr.models import TRIAL_MODEL
from asr.vosk_engine import VoskEngine
from lianxin.places import CONFIG
from quality.dialogue import Dialogue
from quality.rulebook import Rulebook
from quality.turns import Turn as Said
from recordings import agents, ledger, stages, users
from recordings.archive import Archive
from recordings.intake import take_in
from recordings.tables import Turn
from triage.classifier import Classifier
from worker.attempt import attempt
from worker.tools import Tools

CALL = "talk"
DIALOGUE = CONFIG / "quality" / "examples" / "second" / "17-interrupts.txt"


def talk(archive: Archive, folder: Path, *, agent: str, caller: str, model: str, at: datetime) -> None:
    """Put the call `CALL` into the archive, its words as they are written; `folder` takes the sound for a while."""
    legs, said, _ = speak(Dialogue.parse(DIALOGUE.read_text("utf-8"), DIALOGUE.name))
    seconds = max(turn.end for turn in said) + 1
    with archive.session() as s:
        ledger.open_call(s, call_id=CALL, channel_id=CALL, node="main", caller=caller, line="95598", at=at)
        ledger.entered(s, CALL, "person", at)
        agents.case_of_call(s, CALL, users.known_user(s, agent).id, caller, at)
        for side in legs:
            ledger.request_recording(s, call_id=CALL, side=side, recording_id=f"{CALL}-{side}", at=at)
            ledger.recording_started(s, f"{CALL}-{side}", at)
        ledger.close_call(s, CALL, "spoken", at + timedelta(seconds=seconds))
    for side, samples in legs.items():
        soundfile.write(folder / f"{side}.wav", samples, RATE, subtype="PCM_16")
        take_in(archive, f"{CALL}-{side}", folder / f"{side}.wav", datetime.now(UTC))
        with archive.session() as s:
            turns = [_written(turn) for turn in said if turn.channel == side]
            text = "".join(turn.text for turn in turns)
            stages.write_transcript(s, f"{CALL}-{side}", model=model, text=text, turns=turns, at=datetime.now(UTC))
    rulebook = Rulebook.of_folder(CONFIG / "quality")
    tools = Tools(archive, VoskEngine(TRIAL_MODEL), Classifier.trained(), rulebook=rulebook)
    for side in legs:
        attempt(tools, f"{CALL}-{side}")


def _written(turn: Said) -> Turn:
    """A turn with its signs as words, evenly over its time."""
    signs = [sign for sign in turn.text if sign.isalnum()]
    step = (turn.end - turn.start) / max(1, len(signs))
    words = [
        {"word": sign, "start": turn.start + at * step, "end": turn.start + (at + 1) * step, "confidence": 0.95}
        for at, sign in enumerate(signs)
    ]
    return Turn(start=turn.start, end=turn.end, text="".join(signs), words=words)
