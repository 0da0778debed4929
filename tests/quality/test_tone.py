"""Measures against sounds whose truth is known."""

import numpy as np
import pytest

from quality.leg_sound import listen
from quality.levels import speaking
from quality.measures import Measures
from quality.measuring import measure
from quality.syllables import syllables
from quality.turns import Turn
from tests.quality.conftest import RATE, a_law, silence, voice


def call(agent, caller, turns=()) -> Measures:
    return measure(turns, {"agent": listen([agent], RATE), "caller": listen([caller], RATE)})


@pytest.mark.parametrize("hertz", [85, 120, 210, 340])
def test_a_voice_has_its_pitch_through_a_telephone(hertz):
    leg = call(a_law(voice(3, hertz)), silence(3)).legs[0]
    assert leg.voice.median == pytest.approx(hertz, rel=0.01)
    assert leg.voice.semitones < 1


def test_a_voice_that_climbs_an_octave_has_a_range_of_twelve_semitones():
    at = np.arange(5 * RATE) / RATE
    phase = 2 * np.pi * np.cumsum(120 * 2 ** (at / 5)) / RATE
    sweep = 0.1 * sum(np.cos(n * phase) / n for n in range(1, 12)).astype(np.float32)
    assert call(sweep, silence(5)).legs[0].voice.semitones == pytest.approx(0.9 * 12, abs=0.7)


def test_noise_has_no_pitch():
    noise = 0.1 * np.random.default_rng(1).standard_normal(3 * RATE).astype(np.float32)
    voiced = np.isfinite(listen([noise], RATE).pitches).mean()
    assert voiced < 0.05


def test_pieces_of_any_length_are_measured_as_the_whole():
    leg = np.concatenate([voice(2, 130), silence(1), voice(2, 190)])
    whole, pieces = listen([leg], RATE), listen(np.array_split(leg, 37), RATE)
    assert np.array_equal(whole.levels, pieces.levels)
    assert np.array_equal(np.nan_to_num(whole.pitches), np.nan_to_num(pieces.pitches))


def test_the_level_is_that_of_the_speech_and_not_of_the_pauses():
    leg = np.concatenate([voice(2, 130, -23), silence(6), voice(2, 130, -23)])
    assert call(a_law(leg), silence(10)).legs[0].level == pytest.approx(-23, abs=0.7)


def test_a_voice_raised_by_twelve_decibels_is_cited_where_it_rises():
    leg = np.concatenate([voice(5, 130, -30), silence(0.5), voice(2, 130, -18), silence(0.5), voice(4, 130, -30)])
    (rise,) = call(a_law(leg), silence(12)).legs[0].rises
    assert rise.start == pytest.approx(5.5, abs=0.1)
    assert rise.decibel == pytest.approx(12, abs=1.5)


def test_an_even_voice_never_rises():
    assert call(a_law(np.concatenate([voice(5, 130), silence(1), voice(5, 130)])), silence(11)).legs[0].rises == ()


def test_a_turn_is_as_loud_as_it_is_over_the_speakers_own_median():
    leg = np.concatenate([voice(6, 130, -26), silence(1), voice(2, 130, -20)])
    loud = call(leg, silence(9), [Turn("agent", 0, 6, "您好"), Turn("agent", 7, 9, "您好")]).turns
    assert [turn.loudness for turn in loud] == pytest.approx([0, 6], abs=0.5)


def test_talk_share_first_word_and_pauses():
    agent = np.concatenate([silence(2), voice(3, 130), silence(1), voice(3, 130), silence(3)])
    caller = np.concatenate([silence(9.5), voice(2, 200), silence(0.5)])
    ours, theirs = call(agent, caller).legs
    assert ours.first_word == pytest.approx(2, abs=0.03)
    assert theirs.first_word == pytest.approx(9.5, abs=0.03)
    assert ours.share == pytest.approx(6 / 8, abs=0.01)
    assert (ours.pauses.count, ours.pauses.longest) == (1, pytest.approx(1, abs=0.03))


def test_silence_of_more_than_half_a_minute_is_cited():
    agent = np.concatenate([voice(2, 130), silence(34), voice(2, 130)])
    (quiet,) = call(agent, silence(38)).silences
    assert (quiet.start, quiet.end) == pytest.approx((2, 36), abs=0.05)
    assert call(np.concatenate([voice(2, 130), silence(29), voice(2, 130)]), silence(33)).silences == ()


def test_who_breaks_in_and_who_only_says_hm():
    caller = np.concatenate([voice(8, 200), silence(6)])
    breaks_in = call(np.concatenate([silence(6), voice(5, 130), silence(3)]), caller).overlaps
    assert [(o.later, o.interruption) for o in breaks_in] == [("agent", True)]
    assert breaks_in[0].start == pytest.approx(6, abs=0.03)
    assert breaks_in[0].seconds == pytest.approx(2, abs=0.05)
    says_hm = call(np.concatenate([silence(3), voice(0.5, 130), silence(10.5)]), caller).overlaps
    assert [(o.later, o.interruption) for o in says_hm] == [("agent", False)]


def test_speech_is_found_in_noise_and_not_in_noise_alone():
    noise = 0.003 * np.random.default_rng(2).standard_normal(10 * RATE).astype(np.float32)  # -50 dBFS
    leg = noise.copy()
    leg[3 * RATE : 6 * RATE] += voice(3, 130, -26)
    (spoken,) = speaking(listen([a_law(leg)], RATE).levels)
    assert (spoken.start, spoken.end) == pytest.approx((3, 6), abs=0.1)
    assert speaking(listen([a_law(noise * 0.3)], RATE).levels) == ()


def test_nothing_at_all_is_measured_too():
    measures = call(silence(1), np.zeros(0, np.float32))
    assert [leg.first_word for leg in measures.legs] == [None, None]


def test_a_character_is_a_syllable_and_a_word_its_vowels():
    assert syllables("您好，户号是123，OK吗？") == 2 + 3 + 3 + 1 + 1


def test_the_rate_is_syllables_by_seconds():
    turns = [Turn("agent", 0, 4, "请问您家在哪个小区我登记")]
    assert measure(turns).turns[0].rate == pytest.approx(3.0)
