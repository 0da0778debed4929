"""Say the written dialogues, and hold the rules against their sound. Needs the `voice` extra and espeak-ng.

`python tools/dialogues.py FOLDER [--hear]` says every dialogue of config/quality/examples as two legs, 8 kHz A-law,
into FOLDER/<set>/<name>/ with its turns.json, and prints which planted faults are found by their sound: with the words
as written, or with --hear as the trial model hears them.
"""

# ruff: noqa: T201 (a tool prints)

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from asr.audio import Audio
from asr.listen import transcribe
from asr.models import TRIAL_MODEL
from asr.vosk_engine import VoskEngine
from ivr.prompts.voices.espeak_voice import EspeakVoice
from ivr.prompts.voices.mastering import RATE, master
from ivr.prompts.voices.spelling import spell
from lianxin.places import CONFIG
from quality.dialogue import Dialogue, Line, Planted
from quality.judging import judge
from quality.leg_sound import listen
from quality.rulebook import Rulebook
from quality.spoken import fold
from quality.trial import Trial, compare
from quality.turns import TimedWord, Turn

VOICES = {"agent": EspeakVoice("f4"), "caller": EspeakVoice("m6")}
DIGITS = str.maketrans("0123456789", "零一二三四五六七八九")
QUOTES = str.maketrans("", "", "“”「」")
SOFTER = -8.0
"""dB: room for whoever raises the voice."""

Said = dict[str, NDArray[np.float32]]


def speak(dialogue: Dialogue) -> tuple[Said, list[Turn], list[Planted]]:
    """Both legs, the turns where they came to lie, and the planted faults."""
    placed, turns, planted, at = [], list[Turn](), list[Planted](), 0.0
    for line in dialogue.lines:
        sound = _line(line)
        start = max(0.0, at + line.gap)
        at = start + len(sound) / RATE
        placed.append((line.turn.channel, start, sound))
        turns.append(Turn(line.turn.channel, start, at, line.turn.text))
        planted += [Planted(rule, start - max(line.gap, 0.0), at) for rule in line.planted]
    legs = {side: np.zeros(round((at + 1) * RATE), np.float32) for side in VOICES}
    for side, start, sound in placed:
        begin = round(start * RATE)
        legs[side][begin : begin + len(sound)] += sound
    return legs, turns, planted


def _line(line: Line) -> NDArray[np.float32]:
    text = line.turn.text.translate(DIGITS).translate(QUOTES)
    sound = VOICES[line.turn.channel].speak(spell(text), pace=line.pace)
    samples = master(sound, edge=0.02).astype(np.float32) / 32768
    return np.clip(samples * 10 ** ((SOFTER + line.louder) / 20), -1, 1).astype(np.float32)


def heard(legs: Said, engine: VoskEngine) -> list[Turn]:
    """The turns as the trial model hears them."""
    return [
        Turn(
            side,  # type: ignore[arg-type]
            passage.words[0].start,
            passage.words[-1].end,
            passage.text,
            tuple(TimedWord(word.word, word.start) for word in passage.words),
        )
        for side, samples in legs.items()
        for passage in transcribe(Audio(samples, RATE), engine).passages
        if passage.words
    ]


def say_all(folder: Path, hear: bool) -> Iterator[tuple[str, Trial]]:
    """Every dialogue: its set, and what the rules make of its sound."""
    rules, engine = Rulebook.of_folder(CONFIG / "quality"), VoskEngine(TRIAL_MODEL) if hear else None
    for file in sorted((CONFIG / "quality" / "examples").glob("*/*.txt")):
        dialogue = Dialogue.parse(file.read_text("utf-8"), file.name)
        legs, turns, planted = speak(dialogue)
        into = folder / file.parent.name / file.stem
        into.mkdir(parents=True, exist_ok=True)
        for side, samples in legs.items():
            soundfile.write(into / f"{side}.wav", samples, RATE, subtype="ALAW")
        rows = [{name: value for name, value in asdict(turn).items() if name != "words"} for turn in turns]
        (into / "turns.json").write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8")
        line = {side: soundfile.read(into / f"{side}.wav", dtype="float32")[0] for side in legs}
        sounds = {side: listen([samples], RATE) for side, samples in line.items()}
        words = heard(line, engine) if engine else turns
        judged = judge(rules, words, sounds, dialogue.hung_up_by)  # type: ignore[arg-type]
        yield file.parent.name, compare(dialogue, judged.findings, planted)


def tell(name: str, trials: Sequence[Trial]) -> None:
    """Print what was missed, what nobody planted, and the sums."""
    for trial in trials:
        for fault in trial.missed:
            print(f"missed       {trial.dialogue.title}: {fault.rule} at {fault.start:.1f} s")
        for alarm in trial.false_alarms:
            print(f"false alarm  {trial.dialogue.title}: {alarm.rule} at {alarm.start:.1f} s: {fold(alarm.words)[:30]}")
    sums = Counter(found=sum(len(t.found) for t in trials), missed=sum(len(t.missed) for t in trials))
    alarms = sum(len(trial.false_alarms) for trial in trials)
    print(f"{name}: {sums['found']} of {sums.total()} planted faults found, {alarms} false alarms\n")


if __name__ == "__main__":
    every = list(say_all(Path(sys.argv[1]), "--hear" in sys.argv))
    for name in sorted({each[0] for each in every}):
        tell(name, [trial for of, trial in every if of == name])
