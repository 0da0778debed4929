"""Let the trial model hear what the hotline says: all prompts, numbers strung from pieces, and the demo's callers.

Prints wrong characters and wrong syllables (pinyin with tones; what differs in characters alone is a homophone).

Example: python tools/hear_prompts.py
"""

# ruff: noqa: T201 (a tool prints)

import random
import re
import sys
import tomllib
from collections.abc import Callable, Sequence
from datetime import date, time, timedelta
from pathlib import Path

import jiwer
import numpy as np
import soundfile
from pypinyin import Style, lazy_pinyin

sys.path.insert(0, str(Path(__file__).parent))  # this folder is no package
from demo_callers import CALLERS, RATE, hear, worst_of_ten

from asr.audio import Audio
from asr.listen import transcribe
from asr.models import TRIAL_MODEL
from asr.vosk_engine import VoskEngine
from ivr.prompts.catalogue import Catalogue
from ivr.prompts.pieces import calendar_day, cardinal, clock, digits
from ivr.prompts.voices.mastering import active_level

HANZI = re.compile(r"[\u4e00-\u9fff]")
SENTENCE = 8
"""Characters from which a prompt counts as a sentence: pieces of a word or two are heard strung together."""
TIMES = 100
"""How many of each kind of number are strung."""


def strung() -> dict[str, Callable[[random.Random], list[str]]]:
    """What is strung from pieces, each by chance."""
    return {
        "case numbers of six digits": lambda chance: digits(f"{chance.randrange(1_000_000):06}"),
        "counts to 9,999": lambda chance: cardinal(chance.randrange(10_000)),
        "counts from 10,000 to 99,999": lambda chance: cardinal(chance.randrange(10_000, 100_000)),
        "times of day": lambda chance: clock(time(chance.randrange(24), chance.randrange(60))),
        "days": lambda chance: calendar_day(date(2026, 1, 1) + timedelta(chance.randrange(365))),
    }


def main() -> None:
    """Hear everything and print it."""
    prompts, engine = Catalogue.load(), VoskEngine(TRIAL_MODEL)
    spoken = [each.id for each in prompts if HANZI.search(each.text) and prompts.has_audio(each.id)]
    sounds = {name: soundfile.read(prompts.audio(name), dtype="int16")[0] for name in spoken}
    levels = [active_level(sound / 32768) for sound in sounds.values()]
    seconds = sum(map(len, sounds.values())) / RATE
    print(f"{len(spoken)} prompts, {seconds:.0f} s, {min(levels):.1f} to {max(levels):.1f} dBFS")
    sentences = [name for name in spoken if len(HANZI.findall(prompts.text(name))) >= SENTENCE]
    told([prompts.text(name) for name in sentences], [sounds[name] for name in sentences], engine, "sentences")
    for what, string in strung().items():
        chance = random.Random(1)
        said = [string(chance) for _ in range(TIMES)]
        texts = ["".join(map(prompts.text, pieces)) for pieces in said]
        told(texts, [np.concatenate([sounds[piece] for piece in pieces]) for pieces in said], engine, what)
    for caller in tomllib.loads((CALLERS / "callers.toml").read_text("utf-8"))["callers"]:
        samples, _ = soundfile.read(CALLERS / caller["file"], dtype="int16")
        wrong = jiwer.cer(plain(caller["said"]), plain(hear(samples, engine)))
        print(f"{caller['id']}: {wrong:.1%}, worst of ten {worst_of_ten(caller['said'], samples, engine):.1%}")


def told(texts: Sequence[str], sounds: Sequence[np.ndarray], engine: VoskEngine, what: str) -> None:
    """Print how often these sounds are heard as something else than these texts."""
    edge = np.zeros(RATE // 2, np.int16)
    audio = [Audio(np.concatenate([edge, sound, edge]).astype(np.float32) / 32768, RATE) for sound in sounds]
    heard = ["".join(word.word for word in transcribe(each, engine).words) for each in audio]
    wanted, got = [plain(text) for text in texts], [plain(text) for text in heard]
    syllables = float(jiwer.wer([sounded(text) for text in wanted], [sounded(text) for text in got]))
    characters = sum(map(len, wanted))
    print(
        f"{len(texts)} {what}, {characters} characters: {jiwer.cer(wanted, got):.1%} wrong, {syllables:.1%} syllables"
    )


def plain(text: str) -> str:
    """Hanzi alone."""
    return "".join(HANZI.findall(text))


def sounded(text: str) -> str:
    """The syllables with their tones, parted by blanks; an empty text is silence."""
    return " ".join(lazy_pinyin(text, style=Style.TONE3, neutral_tone_with_five=True)) or "-"


if __name__ == "__main__":
    main()
