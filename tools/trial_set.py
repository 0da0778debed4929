"""Make the sentences that `lianxin evaluate` and `lianxin bench asr` hear. Needs the `voice` extra and espeak-ng.

`python -m tools.trial_set` draws 100 of the triage's unseen sentences, each said by one of eight voices, and writes
lianxin/evaluation/trial_set: Opus files at 16 kHz, and spoken.tsv, which says who says what in which file.
"""

import csv
import random
import re
from pathlib import Path

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from ivr.prompts.voices.mastering import active_level, trim
from ivr.prompts.voices.spelling import spell
from tools.demo_callers import SPEAKERS, Speaker, voice_of
from triage.corpus import load_sentences

HERE = Path(__file__).parents[1]
FOLDER = HERE / "lianxin" / "evaluation" / "trial_set"
RATE = 16000
LEVEL = -20.0
"""dBFS of active speech."""
COUNT = 100
WRITTEN = re.compile(r"[\u4e00-\u9fff，。？、]{8,40}")
"""Sentences that a voice can say as they are written."""
NOT_SO = re.compile(r"[侬厢伢冇唔嚟乜]|灵光|局报|课服|店线|火话|偷诉|发飘|点样|嗰|电现|冲电")
"""Dialects, which no Mandarin voice speaks, and the mistakes of a recogniser that some sentences were written with."""
VOICES = SPEAKERS | {"robot-mario": Speaker("espeak+Mario")}
"""None was used to train the trial model as it is here: the natural voice was not shifted, the robots are others."""


CACHE = HERE / "var" / "cache" / "voices"


def say(line: str, speaker: Speaker, cache: Path = CACHE) -> NDArray[np.float64]:
    """A line at 16 kHz with 0.4 s of silence around it; `throat` scales the resonances, see demo_callers.py."""
    k = speaker.throat
    voice = voice_of(speaker, cache)
    sound = voice.speak(spell(line), pace=speaker.pace / k, pitch=speaker.pitch / k)
    samples = soxr.resample(sound.samples.astype(np.float64), sound.rate * k, RATE, quality="VHQ")
    samples = trim(samples, 0.2)
    return samples * 10 ** ((LEVEL - active_level(samples)) / 20)


def main() -> None:
    """Write the set anew."""
    unseen = [
        each
        for each in load_sentences()
        if each.split == "unseen" and WRITTEN.fullmatch(each.text) and not NOT_SO.search(each.text)
    ]
    chosen = random.Random(20261125).sample(unseen, COUNT)
    FOLDER.mkdir(parents=True, exist_ok=True)
    rows = []
    for number, sentence in enumerate(chosen, 1):
        name = list(VOICES)[number % len(VOICES)]
        file = f"{number:03}.opus"
        samples = np.clip(say(sentence.text, VOICES[name]), -1, 1)
        soundfile.write(FOLDER / file, samples, RATE, format="OGG", subtype="OPUS", compression_level=0.9)
        rows.append((file, name, sentence.category.value, sentence.text))
    with (FOLDER / "spoken.tsv").open("w", encoding="utf-8", newline="") as table:
        out = csv.writer(table, delimiter="\t", lineterminator="\n")
        out.writerow(("file", "voice", "category", "text"))
        out.writerows(rows)


if __name__ == "__main__":
    main()
