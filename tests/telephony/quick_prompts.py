"""The shipped prompts, each cut to what is needed to know it: a test does not wait half a minute for a menu.

They stay what they are up to `KEPT` seconds: many begin alike, but none are the same for so long.
"""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

import soundfile

from ivr.prompts.catalogue import Catalogue
from ivr.prompts.language import Language

KEPT = 3.5
"""Seconds that are kept of a prompt."""
KEPT_LONGER = {"menu.main": 8.0, "notice.recording": 8.0, "queue.music": 20.0}
"""The same for prompts that tests interrupt."""


@cache
def quick_prompts() -> Path:
    """A folder as `ivr.prompts` may name it, with a recording of every prompt; gone when the tests end."""
    folder = Path(tempfile.mkdtemp(prefix="lianxin-prompts-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for language, own in ((Language.MANDARIN, folder), (Language.ENGLISH, folder / Language.ENGLISH)):
        own.mkdir(exist_ok=True)
        shipped = Catalogue.load(language.shipped)
        for prompt in shipped:
            samples, rate = soundfile.read(shipped.audio(prompt.id), dtype="int16")
            kept = KEPT_LONGER.get(prompt.id, KEPT)
            soundfile.write(own / f"{prompt.id}.wav", samples[: int(kept * rate)], rate, subtype="PCM_16")
    return folder


@cache
def quick_catalogue() -> Catalogue:
    """The prompts as tests hear them."""
    return Catalogue.load(Language.MANDARIN.shipped, quick_prompts())


def quick(prompt: str, language: Language = Language.MANDARIN) -> Path:
    """The audio of one prompt as tests hear it."""
    folder = quick_prompts()
    return (folder if language is Language.MANDARIN else folder / language) / f"{prompt}.wav"
