"""A number said digit by digit is heard as figures; the voice is that of the prompts that read case numbers out."""

from pathlib import Path

import numpy as np
import pytest

import ivr.prompts
from asr.audio import read_audio
from asr.errors import GrammarUnusable
from asr.spoken_digits import hear_digits
from asr.vosk_engine import VoskEngine

PROMPTS = Path(ivr.prompts.__file__).parent / "zh"


def said(number: str) -> np.ndarray:
    gap = np.zeros(800, np.float32)
    parts = [read_audio(PROMPTS / f"digit.{digit}.wav").samples for digit in number]
    return np.concatenate([gap, *(piece for part in parts for piece in (part, gap)), gap, gap])


@pytest.mark.parametrize("number", ["100382", "9024571836"])
def test_a_customer_number_is_understood(engine: VoskEngine, number: str) -> None:
    heard = hear_digits(engine, said(number))
    assert heard.digits == number
    assert 0.5 < heard.confidence <= 1
    assert len(heard.passage.words) == len(number)


def test_only_digits_are_heard_whatever_is_said(engine: VoskEngine) -> None:
    speech = read_audio(Path(__file__).parent / "audio" / "waiting.wav").samples
    assert set(hear_digits(engine, speech).digits) <= set("0123456789")


def test_nothing_said_is_no_number(engine: VoskEngine) -> None:
    heard = hear_digits(engine, np.zeros(16000, np.float32))
    assert (heard.digits, heard.confidence) == ("", 0.0)


def test_a_model_that_knows_none_of_the_words_is_told(engine: VoskEngine) -> None:
    with pytest.raises(GrammarUnusable, match="knows none of these words"):
        engine.hear_only(np.zeros(800, np.float32), ("鱻鱻鱻",))
