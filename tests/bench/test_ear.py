"""The benchmark's callers know which prompt they hear, and where in it they are."""

from pathlib import Path

import numpy as np
import pytest

from ivr.prompts.catalogue import SHIPPED, Catalogue
from lianxin.bench.ear import FRAME, Ear

NAMES = ("notice.recording", "menu.main", "repair.describe", "tone.beep")


@pytest.fixture(scope="module")
def files() -> dict[str, Path]:
    catalogue = Catalogue.load(SHIPPED)
    return {name: catalogue.audio(name) for name in NAMES}


@pytest.fixture(scope="module")
def ear(files: dict[str, Path]) -> Ear:
    return Ear(files)


def as_alaw(ear: Ear, samples: np.ndarray) -> bytes:
    """A-law by looking for the nearest of its 256 values: slow, and independent of how the ear reads it."""
    return bytes(np.abs(ear._linear[None, :] - samples[:, None]).argmin(axis=1).astype(np.uint8))


def samples_of(file: Path) -> np.ndarray:
    return np.frombuffer(file.read_bytes()[44:], "<i2").astype(np.float32)


def test_every_loud_frame_of_a_prompt_is_found_where_it_is(ear: Ear, files: dict[str, Path]) -> None:
    for name in NAMES:
        samples = samples_of(files[name])
        for frame in np.flatnonzero(ear.loud[name])[::7]:
            heard = ear.hear(as_alaw(ear, samples[frame * FRAME : (frame + 1) * FRAME]))
            assert heard is not None, (name, frame)
            assert heard.prompt == name
            if name != "tone.beep":  # a tone is like itself
                assert abs(heard.frame - frame) <= 1


def test_silence_noise_and_half_a_packet_are_no_prompt(ear: Ear) -> None:
    noise = np.random.default_rng(1).normal(0, 3000, FRAME)
    for payload in (b"\xd5" * FRAME, as_alaw(ear, noise), b"\x85\x05" * 40, b""):
        assert ear.hear(payload) is None


def test_a_key_is_pressed_where_the_prompt_is_loud(ear: Ear) -> None:
    for name in ("menu.main", "repair.describe"):
        moment = ear.steady(name, after=1.0)
        around = ear.loud[name][round(moment * 50) : round(moment * 50) + 20]
        assert 1.0 <= moment < 5.0
        assert around.mean() > 0.9
