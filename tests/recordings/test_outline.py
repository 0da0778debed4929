"""The outline of a sound: how loud it is from moment to moment."""

import io
import wave

import numpy as np
import pytest

from recordings.outline import outline


def wav(values: np.ndarray, rate: int = 8000) -> io.BytesIO:
    sound = io.BytesIO()
    with wave.open(sound, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(values.astype("<i2").tobytes())
    sound.seek(0)
    return sound


def test_every_twentieth_of_a_second_has_the_level_of_its_loudest_sample() -> None:
    values = np.zeros(8000)
    values[400:800:7], values[1999], values[7999] = -16384, 32767, -32768
    levels = outline(wav(values))
    assert len(levels) == 20
    assert {at: level for at, level in enumerate(levels) if level} == {1: 127, 4: 254, 19: 255}


@pytest.mark.parametrize(("samples", "steps"), [(1, 1), (400, 1), (401, 2), (400 * 400 + 1, 401)])
def test_a_last_piece_that_is_not_full_counts_and_so_does_what_lies_in_another_block(samples: int, steps: int) -> None:
    values = np.zeros(samples)
    values[-1] = 20_000
    levels = outline(wav(values))
    assert len(levels) == steps
    assert levels[-1] == 20_000 * 255 // 32768
    assert max(levels[:-1], default=0) == 0


def test_what_is_no_sound_has_no_outline() -> None:
    for file in (b"", b"RIFF", b"a page of text" * 9):
        assert outline(io.BytesIO(file)) == b""
