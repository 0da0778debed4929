"""How well the model hears what it never learnt: templates set aside, and the trial set, in the trial set's voices."""

from collections.abc import Iterator
from pathlib import Path

from asr.audio import Audio
from asr.listen import transcribe
from asr.vosk_engine import VoskEngine
from lianxin.evaluation.error_rate import error_rate
from lianxin.evaluation.hearing import hear
from lianxin.evaluation.line import g711, noise
from lianxin.evaluation.spoken import trial_set
from tools.trial_model.held_out import template_sentences
from tools.trial_set import RATE, VOICES, say

THREADS = 2


def measure(model: Path, voices: Path) -> Iterator[float]:
    """Yields how far it is; returns the error rate of each set."""
    engine = VoskEngine(model)
    said = template_sentences()
    heard = []
    for number, sentence in enumerate(said):
        speaker = list(VOICES.values())[number % len(VOICES)]
        audio = Audio(say(sentence, speaker, voices).astype("float32"), RATE)
        heard.append(transcribe(g711(audio), engine).text)
        yield 0.8 * number / len(said)
    written = trial_set()
    return {
        "hotline sentences made by templates like those of the training": error_rate(said, heard),
        "hotline sentences written freely (the trial set)": hear(written, g711, engine, THREADS).cer,
        "the same with noise, 20 dB below the voice": hear(
            written, lambda audio: noise(audio, 20), engine, THREADS
        ).cer,
        "the same with noise, 10 dB below the voice": hear(
            written, lambda audio: noise(audio, 10), engine, THREADS
        ).cer,
    }
