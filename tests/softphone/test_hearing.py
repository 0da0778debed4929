"""The tests' own ear: it finds a prompt on a bad line, says where, and says no to every other prompt."""

import io

import numpy as np
import pytest
import soundfile

from ivr.prompts.catalogue import Catalogue
from tests.telephony.hearing import find
from tests.telephony.listening import digits
from tests.telephony.quick_prompts import quick_catalogue
from tests.telephony.sounds import RATE, Samples, Sound, load_sentence, load_sound

FRAME = RATE // 50


def on_the_line(samples: Samples, slip_every: int = 0) -> Samples:
    """As a telephone carries it: weaker, A-law, a little noise; each so many frames one is lost or said twice."""
    noise = np.random.default_rng(7).standard_normal(len(samples)) * 10
    coded = io.BytesIO()
    soundfile.write(coded, np.clip(samples * 0.6 + noise, -32768, 32767) / 32768, RATE, format="WAV", subtype="ALAW")
    coded.seek(0)
    line = soundfile.read(coded, dtype="float32")[0] * 32768
    if slip_every:
        frames = [line[at : at + FRAME] for at in range(0, len(line), FRAME)]
        for number, index in enumerate(range(len(frames) - slip_every // 2, 0, -slip_every)):
            frames[index : index + 1] = [] if number % 2 else [frames[index]] * 2
        line = np.concatenate(frames)
    return line.astype(np.float32)


def samples_of(prompts: Catalogue, prompt: str) -> Samples:
    return (soundfile.read(prompts.audio(prompt), dtype="float32")[0] * 32768).astype(np.float32)


@pytest.fixture(scope="module")
def prompts() -> Catalogue:
    """The prompts as tests with real telephones hear them."""
    return quick_catalogue()


def silence(seconds: float) -> Samples:
    return np.zeros(int(seconds * RATE), np.float32)


@pytest.fixture(scope="module")
def said_by_the_flows(prompts: Catalogue) -> list[str]:
    """Every prompt that is a sentence, without digits and other pieces, and without what another one says as well."""
    sentences = {prompt.id: prompt.text for prompt in prompts if len(load_sound(prompts.audio(prompt.id)).pieces) > 3}
    return [name for name, text in sentences.items() if sum(text in other for other in sentences.values()) == 1]


@pytest.mark.parametrize("slip_every", [0, 100, 40])
def test_a_prompt_is_found_where_it_begins(prompts: Catalogue, slip_every: int) -> None:
    line = np.concatenate([silence(2), samples_of(prompts, "menu.main"), silence(1)])
    found = [
        found for found in find(load_sound(prompts.audio("menu.main")), on_the_line(line, slip_every)) if found.whole
    ]
    assert len(found) == 1
    assert found[0].start == pytest.approx(2.0, abs=0.05)


def test_every_sentence_is_found_and_no_other_taken_for_it(prompts: Catalogue, said_by_the_flows: list[str]) -> None:
    parts = [part for prompt in said_by_the_flows for part in (samples_of(prompts, prompt), silence(0.4))]
    line = on_the_line(np.concatenate(parts), slip_every=150)
    order = []
    for prompt in said_by_the_flows:
        order += [(found.start, prompt) for found in find(load_sound(prompts.audio(prompt)), line) if found.whole]
    assert [prompt for _, prompt in sorted(order)] == said_by_the_flows


@pytest.mark.parametrize("prompt", digits("0123456789"))
def test_a_digit_is_not_taken_for_another(prompts: Catalogue, prompt: str) -> None:
    all_digits = digits("0123456789")
    line = on_the_line(
        np.concatenate([part for digit in all_digits for part in (samples_of(prompts, digit), silence(0.3))])
    )
    found = [found for found in find(load_sound(prompts.audio(prompt)), line) if found.whole]
    begin = sum(len(samples_of(prompts, digit)) / RATE + 0.3 for digit in all_digits[: all_digits.index(prompt)])
    assert [place.start for place in found] == [pytest.approx(begin, abs=0.05)]


SENTENCES = [
    ["progress.contact", "when.tomorrow", "clock.evening", "clock.8", "progress.contact-end"],
    ["case.number", *digits(100001)],
    ["repair.promise", "number.40", "digit.5", "repair.promise-end"],
    ["billing.owed", "number.10", "digit.2", "money.yuan", "digit.0", "digit.5", "money.fen"],
]


def said(prompts: Catalogue, *names: str) -> Samples:
    """The prompts as Asterisk plays them: one after the other, with a breath between."""
    return np.concatenate([part for name in names for part in (samples_of(prompts, name), silence(0.04))])


def sentence(prompts: Catalogue, names: list[str]) -> Sound:
    return load_sentence(tuple(prompts.audio(name) for name in names))


@pytest.mark.parametrize("slip_every", [0, 40, 20])
@pytest.mark.parametrize("names", SENTENCES, ids=lambda names: names[0])
def test_a_sentence_of_short_words_is_found_on_a_bad_line(prompts: Catalogue, names, slip_every: int) -> None:
    line = on_the_line(np.concatenate([silence(1), said(prompts, *names), said(prompts, "goodbye")]), slip_every)
    assert [found.start for found in find(sentence(prompts, names), line) if found.whole] == [
        pytest.approx(1.0, abs=0.1)
    ]


@pytest.mark.parametrize("names", SENTENCES, ids=lambda names: names[0])
def test_a_sentence_with_another_word_in_it_is_not_the_sentence(prompts: Catalogue, names: list[str]) -> None:
    for at, name in enumerate(names[1:], start=1):
        kind = name.partition(".")[0]
        others = [other.id for other in prompts if other.id.partition(".")[0] == kind and other.id != name]
        for other in others[:5]:
            line = on_the_line(np.concatenate([silence(1), said(prompts, *names[:at], other, *names[at + 1 :])]))
            assert not any(found.whole for found in find(sentence(prompts, names), line)), f"{other} for {name}"


def test_a_prompt_that_breaks_off_is_begun_but_not_whole(prompts: Catalogue) -> None:
    line = on_the_line(np.concatenate([silence(1), samples_of(prompts, "menu.main")[: 4 * RATE], silence(3)]))
    (found,) = find(load_sound(prompts.audio("menu.main")), line)
    assert found.begun
    assert not found.whole
    assert found.heard == pytest.approx(4.0, abs=0.6)


def test_a_prompt_without_its_begin_is_not_begun(prompts: Catalogue) -> None:
    line = on_the_line(np.concatenate([silence(1), samples_of(prompts, "menu.main")[2 * RATE :]]))
    assert not any(found.begun for found in find(load_sound(prompts.audio("menu.main")), line))


@pytest.mark.parametrize("level", [0, 3000])
def test_silence_and_noise_are_no_prompt(prompts: Catalogue, said_by_the_flows: list[str], level: int) -> None:
    line = on_the_line((np.random.default_rng(1).standard_normal(30 * RATE) * level).astype(np.float32))
    assert [prompt for prompt in said_by_the_flows if find(load_sound(prompts.audio(prompt)), line)] == []


@pytest.mark.parametrize("gap", [0.06, 0.3, 1.2])
def test_a_prompt_that_came_late_in_part_is_whole_and_ends_when_it_was_over(prompts: Catalogue, gap: float) -> None:
    sound = load_sound(prompts.audio("menu.main"))
    line = on_the_line(samples_of(prompts, "menu.main"))
    late = np.concatenate([silence(2), line[: 5 * RATE // 2], silence(gap), line[5 * RATE // 2 :], silence(1)])
    (found,) = [found for found in find(sound, late) if found.whole]
    assert found.start == pytest.approx(2.0, abs=0.01)
    assert found.end == pytest.approx(2.0 + sound.seconds + gap, abs=0.01)
    assert all(found.found)


def test_a_prompt_whose_second_half_is_missing_is_not_whole_for_all_the_silence(prompts: Catalogue) -> None:
    line = on_the_line(samples_of(prompts, "menu.main"))[: 4 * RATE]
    found = find(load_sound(prompts.audio("menu.main")), np.concatenate([line, silence(1.9), line[:RATE]]))
    assert not any(found.whole for found in found)


def test_lost_packets_keep_their_time(prompts: Catalogue) -> None:
    line = on_the_line(samples_of(prompts, "menu.main"))
    for at in np.random.default_rng(3).permutation(len(line) // FRAME)[: len(line) // FRAME // 20]:
        line[at * FRAME : (at + 1) * FRAME] = 0
    (found,) = [found for found in find(load_sound(prompts.audio("menu.main")), line) if found.whole]
    assert all(found.found)


def test_a_pause_of_the_speaker_is_no_gap_where_silence_is_zero(prompts: Catalogue) -> None:
    spoken = samples_of(prompts, "callback.hello")
    assert any(not spoken[at : at + 3 * FRAME].any() for at in range(len(spoken)))
    (found,) = [found for found in find(load_sound(prompts.audio("callback.hello")), spoken) if found.whole]
    assert found.start == pytest.approx(0.0, abs=0.01)
    assert all(found.found)
