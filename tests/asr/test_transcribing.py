from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from asr.audio import Audio
from asr.listen import not_before, transcribe
from asr.resampling import resample
from asr.transcript import Word
from asr.vosk_engine import VoskEngine

Speech = Callable[[str], Audio]
Noise = Callable[[int, float], NDArray[np.float32]]


def plain(text: str) -> str:
    return text.replace("，", "")


@pytest.mark.parametrize("name", ["waiting.wav", "old-caller.wav"])
def test_it_reads_as_it_was_said_with_a_line_for_each_sentence(
    engine: VoskEngine, speech: Speech, truth: dict[str, Any], name: str
) -> None:
    heard = transcribe(speech(name), engine)
    assert [passage.text for passage in heard.passages] == [said["text"] for said in truth[name]["sentences"]]
    assert heard.text == "，".join(said["text"] for said in truth[name]["sentences"])
    assert heard.duration == pytest.approx(truth[name]["seconds"], abs=0.001)
    assert heard.model == "lianxin-trial-2.1"


def late(audio: Audio) -> tuple[Audio, float]:
    """The same after a while of nothing, on no boundary of any frame."""
    wait = 0.3715
    return Audio(np.concatenate([np.zeros(round(wait * audio.rate), np.float32), audio.samples]), audio.rate), wait


def noisy(audio: Audio) -> tuple[Audio, float]:
    """The same with hiss 20 dB below the voice."""
    hiss = np.random.default_rng(1).normal(0, 10 ** (-40 / 20), len(audio.samples))
    return Audio((audio.samples + hiss).astype(np.float32), audio.rate), 0.0


def wide(audio: Audio) -> tuple[Audio, float]:
    """The same at a studio's rate."""
    return Audio(resample(audio.samples, audio.rate, 44100), 44100), 0.0


@pytest.mark.parametrize("name", ["waiting.wav", "old-caller.wav"])
@pytest.mark.parametrize("change", [late, noisy, wide])
def test_words_are_within_a_tenth_of_a_second_of_where_they_are_said(
    engine: VoskEngine,
    speech: Speech,
    truth: dict[str, Any],
    name: str,
    change: Callable[[Audio], tuple[Audio, float]],
) -> None:
    audio, later = change(speech(name))
    heard = transcribe(audio, engine)
    compared = 0
    for passage, said in zip(heard.passages, truth[name]["sentences"], strict=True):
        starts = {word["word"]: word["start"] for word in reversed(said["words"])}
        for word in passage.words:
            if word.word in starts:
                assert word.start - later == pytest.approx(starts.pop(word.word), abs=0.1), word
                compared += 1
    assert compared >= 12


def test_a_first_word_begins_no_earlier_than_the_voice() -> None:
    words = (Word("家里", 0.1, 0.8, 1.0), Word("没有", 0.8, 1.2, 1.0))
    assert not_before(0.3, words) == (Word("家里", 0.3, 0.8, 1.0), words[1])
    for voice in (0.0, 0.1, 0.8, 2.0):
        assert not_before(voice, words) == words, "nothing before it, or all of it"
    assert not_before(0.3, ()) == ()


def test_words_are_in_order_within_the_leg_and_sure_of_themselves(engine: VoskEngine, speech: Speech) -> None:
    heard = transcribe(speech("waiting.wav"), engine)
    assert all(before.end <= after.start + 1e-6 for before, after in pairwise(heard.words))
    assert all(0 <= word.start < word.end <= heard.duration for word in heard.words)
    assert all(0 <= word.confidence <= 1 for word in heard.words)
    assert np.mean([word.confidence for word in heard.words]) > 0.7


@pytest.mark.parametrize("rate", [16000, 22050, 44100, 48000])
def test_any_rate_reads_the_same(engine: VoskEngine, speech: Speech, rate: int) -> None:
    audio = speech("old-caller.wav")
    again = Audio(resample(audio.samples, audio.rate, rate), rate)
    assert transcribe(again, engine).text == transcribe(audio, engine).text


def test_silence_is_a_transcript_without_words(engine: VoskEngine) -> None:
    heard = transcribe(Audio(np.zeros(5 * 8000, np.float32), 8000), engine)
    assert heard.passages == ()
    assert heard.text == ""
    assert heard.duration == 5.0


@pytest.mark.parametrize("length", [1, 100, 4000])
def test_a_moment_of_sound_is_no_trouble(engine: VoskEngine, length: int) -> None:
    assert transcribe(Audio(np.full(length, 0.1, np.float32), 8000), engine).words == ()


@pytest.mark.parametrize("level", [-20, -45])
def test_a_fan_says_nothing(engine: VoskEngine, fan: Noise, level: float) -> None:
    assert transcribe(Audio(fan(30 * 8000, level), 8000), engine).words == ()


def test_the_gate_is_what_keeps_a_fan_from_speaking(engine: VoskEngine, fan: Noise) -> None:
    assert engine.hear(fan(30 * 8000, -20)).words, "without the gate the recogniser invents words"


def test_a_very_soft_voice_is_heard(engine: VoskEngine, speech: Speech, truth: dict[str, Any]) -> None:
    audio = speech("old-caller.wav")
    soft = Audio((audio.samples * 10 ** (-30 / 20)).astype(np.float32), audio.rate)  # -50 dBFS
    heard = plain(transcribe(soft, engine).text)
    said = "".join(sentence["text"] for sentence in truth["old-caller.wav"]["sentences"])
    assert sum(character in said for character in heard) >= 0.8 * len(said)


def test_minutes_of_talk_without_a_pause_keep_their_times(engine: VoskEngine, speech: Speech) -> None:
    audio = speech("waiting.wav")
    talk = audio.samples[round(0.8 * 8000) : round(2.6 * 8000)]  # a sentence, again and again without a pause
    rounds = 40
    leg = Audio(np.tile(talk, rounds), 8000)
    heard = transcribe(leg, engine)
    once = len(talk) / 8000
    begun = [word.start % once for word in heard.words if word.word == "电线"]
    assert len(begun) > 0.9 * rounds
    assert max(begun) - min(begun) < 0.15
    assert all(passage.words[-1].end - passage.words[0].start <= 60 for passage in heard.passages)


def test_progress_goes_forward_to_the_end(engine: VoskEngine, speech: Speech) -> None:
    seen: list[float] = []
    audio = speech("old-caller.wav")
    transcribe(audio, engine, seen.append)
    assert len(seen) >= 3
    assert seen == sorted(seen)
    assert seen[-1] == audio.duration


def test_two_at_a_time_hear_what_one_hears(engine: VoskEngine, speech: Speech) -> None:
    names = ["waiting.wav", "old-caller.wav"] * 2
    alone = {name: transcribe(speech(name), engine) for name in set(names)}
    with ThreadPoolExecutor(2) as pool:
        together = list(pool.map(lambda name: transcribe(speech(name), engine), names))
    for name, heard in zip(names, together, strict=True):
        assert heard.text == alone[name].text
        for word, same in zip(heard.words, alone[name].words, strict=True):
            assert word.start == pytest.approx(same.start, abs=0.07)


def test_nothing_native_reaches_the_screen(
    engine: VoskEngine, speech: Speech, capfd: pytest.CaptureFixture[str]
) -> None:
    transcribe(speech("waiting.wav"), engine)
    assert capfd.readouterr() == ("", "")
