"""An utterance whose final result is empty cannot be provoked at will, so a fake recogniser gives one."""

import json
from dataclasses import dataclass

import numpy as np

from asr.vosk_engine import heard


def answer(key: str, words: str) -> str:
    entries = [
        {"word": word, "start": place * 0.2, "end": place * 0.2 + 0.2, "conf": 1.00001}
        for place, word in enumerate(words)
    ]
    return json.dumps({key: entries} if entries else {"text": ""})


@dataclass
class Fake:
    """Answers for each bite: words so far (a partial result), or a whole utterance's words after a "."."""

    script: list[str]
    final: str

    def SetWords(self, enable: bool) -> None:  # noqa: N802
        """Nothing to set."""

    SetPartialWords = SetWords

    def AcceptWaveform(self, data: bytes) -> int:  # noqa: N802
        self.now = self.script.pop(0)
        return self.now.startswith(".")

    def Result(self) -> str:  # noqa: N802
        return answer("result", self.now[1:])

    def PartialResult(self) -> str:  # noqa: N802
        return answer("partial_result", self.now)

    def FinalResult(self) -> str:  # noqa: N802
        return answer("result", self.final)


def hear(script: list[str], final: str) -> tuple[str, bool]:
    def fresh() -> Fake:
        return Fake(list(script), final)

    passage = heard(fresh(), fresh, np.zeros(len(script) * 8000, np.float32), 8000)
    assert all(word.confidence == 1.0 for word in passage.words)
    return passage.text, passage.partial


def test_final_words_are_what_counts() -> None:
    assert hear(["我", "我家"], "我家停电") == ("我家停电", False)


def test_an_empty_end_keeps_the_last_partial_and_marks_it() -> None:
    assert hear(["我", "我家", ""], "") == ("我家", True)


def test_an_empty_utterance_in_the_middle_keeps_its_partial_too() -> None:
    assert hear(["你好", ".", "停电"], "停电了") == ("你好停电了", True)


def test_an_old_partial_is_not_kept_twice() -> None:
    assert hear(["你好", ".你好", ""], "") == ("你好", False)


def test_nothing_said_is_nothing_kept() -> None:
    assert hear(["", ""], "") == ("", False)
