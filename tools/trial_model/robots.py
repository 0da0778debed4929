"""espeak-ng's voices through its library, which says when each phoneme begins. Many timbres, and quick."""

import ctypes
import random
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.trial_model.pronouncing import Pronouncing, spoken
from tools.trial_model.voices import Said, choose_readings

LANGUAGE = "cmn-latn-pinyin"
TIMBRES = Path(__file__).with_name("timbres.txt").read_text("utf-8").split()
"""Those of the trial set and of the demo (f4, m6, Mario, caleb) are never used."""
PAUSE = 0.04
"""How often a pause is made after a word; and seconds of one that counts as silence."""

# espeak-ng/speak_lib.h
_SYNCHRONOUS, _PHONEME_EVENTS = 2, 1
_WORD, _PHONEME = 1, 7
_RATE, _PITCH, _RANGE = 1, 3, 4


class _Name(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int), ("unique", ctypes.c_uint), ("text_position", ctypes.c_int), ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int), ("sample", ctypes.c_int), ("user_data", ctypes.c_void_p), ("id", _Name),
    )  # fmt: skip


_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


class Robots:
    """All of espeak-ng's timbres."""

    name = "robots"

    def __init__(self, pronouncing: Pronouncing) -> None:
        self._pronouncing = pronouncing
        try:
            self._library: Any = ctypes.CDLL("libespeak-ng.so.1")
        except OSError as error:
            raise SystemExit(f"{error}; install it with: tools/system-packages trial-model") from error
        self._rate: int = self._library.espeak_Initialize(_SYNCHRONOUS, 0, None, _PHONEME_EVENTS)
        self._chunks: list[NDArray[np.int16]] = []
        self._events: list[tuple[int, int, int, bytes]] = []
        self._callback = _CALLBACK(self._receive)  # kept: the library calls it as long as it lives
        self._library.espeak_SetSynthCallback(self._callback)

    def say(self, words: list[str], chance: random.Random) -> Said | None:
        """The words in one of the timbres; None when espeak-ng's events cannot be matched with the syllables."""
        readings = choose_readings(words, self._pronouncing, chance)
        plain = [syllable for reading in readings for syllable in reading]
        ends = set(np.cumsum([len(reading) for reading in readings]).tolist())
        text, places = "", []
        for count, syllable in enumerate(spoken(words, readings), 1):
            places.append(len(text) + 1)
            text += syllable + (" , " if count in ends and chance.random() < PAUSE else " ")
        samples = self._synthesise(text.strip(), chance)
        starts: dict[int, int] = {}
        for kind, sample, place, _ in self._events:
            if kind == _WORD:
                starts.setdefault(place, sample)
        if any(place not in starts for place in places):
            return None
        begins = [*(starts[place] for place in places), len(samples)]
        segments = []
        for at, syllable in enumerate(plain):
            parts = self._syllable(syllable, places[at], begins[at], begins[at + 1])
            if not parts:
                return None
            segments += [(phone, begin / self._rate, end / self._rate) for phone, begin, end in parts]
        return Said(samples, self._rate, segments)

    def _syllable(self, syllable: str, place: int, begin: int, end: int) -> list[tuple[str, int, int]]:
        """Where its phones begin and end, in samples."""
        phonemes = [each for each in self._events if each[0] == _PHONEME]
        own = [
            sample for _, sample, at, name in phonemes if begin <= sample < end and at == place and name.strip(b"_: ")
        ]
        if not own:
            return []
        pauses = [sample for _, sample, _, name in phonemes if own[-1] < sample <= end and name.startswith(b"_")]
        end = min(pauses, default=end)
        initial, final = self._pronouncing.initial_and_final(syllable)
        if initial is None:
            return [(final, begin, end)]
        border = own[1] if len(own) > 1 else begin + (end - begin) // 3
        return [(initial, begin, border), (final, border, end)]

    def _synthesise(self, text: str, chance: random.Random) -> NDArray[np.int16]:
        """Set a timbre, a pace and a pitch, and speak."""
        library = self._library
        library.espeak_SetVoiceByName(f"{LANGUAGE}+{chance.choice(TIMBRES)}".encode())
        for parameter, (low, high) in ((_RATE, (130, 240)), (_PITCH, (15, 85)), (_RANGE, (20, 80))):
            library.espeak_SetParameter(parameter, chance.randint(low, high), 0)
        self._chunks.clear()
        self._events.clear()
        line = text.encode()
        library.espeak_Synth(line, len(line) + 1, 0, 1, 0, 1, None, None)
        library.espeak_Synchronize()
        return np.concatenate(self._chunks) if self._chunks else np.zeros(0, np.int16)

    def _receive(self, samples: Any, count: int, events: Any) -> int:
        """What espeak-ng calls with sound and events."""
        if count > 0:
            self._chunks.append(np.ctypeslib.as_array(samples, shape=(count,)).copy())
        at = 0
        while events[at].type:
            event = events[at]
            name = bytes(event.id.string) if event.type == _PHONEME else b""
            self._events.append((event.type, event.sample, event.text_position, name))
            at += 1
        return 0
