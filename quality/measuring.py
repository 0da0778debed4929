"""From turns and, where there is sound, two legs to the measures of the call."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from quality.conversation import Overlap, overlaps, pauses, silences
from quality.leg_sound import LegSound
from quality.levels import FRAME, speaking
from quality.loudness import median_level, rises, spoken_frames
from quality.measures import LegMeasures, Measures, Pauses, TurnMeasures, Voice
from quality.pitch import HOP
from quality.stretches import Stretch, joined, total
from quality.syllables import syllables
from quality.turns import Channel, Turn

LONG_SILENCE = 30.0
"""Seconds; the sheets of electricity hotlines allow as much while the caller waits."""
FEWEST_VOICED = 5
"""Pitches (a tenth of a second) that make a voice's median worth saying."""
SIDES: tuple[Channel, ...] = ("agent", "caller")


def measure(
    turns: Sequence[Turn], sounds: Mapping[Channel, LegSound] | None = None, hung_up_by: Channel | None = None
) -> Measures:
    """Measure a call. Both legs must begin at the same moment.

    With sound, who speaks when is taken from its level; without, from the turns.
    """
    sounds = sounds or {}
    stretches = {side: _stretches(side, turns, sounds) for side in SIDES}
    ends = [turn.end for turn in turns] + [sound.seconds for sound in sounds.values()]
    both = overlaps(stretches["agent"], stretches["caller"])
    duration = max(ends, default=0.0)
    return Measures(
        duration=duration,
        legs=tuple(_leg(side, turns, sounds.get(side), stretches, both) for side in SIDES),
        turns=_turns(turns, sounds, stretches),
        silences=silences(stretches, duration, LONG_SILENCE),
        overlaps=both,
        hung_up_by=hung_up_by,
        stretches=tuple((side, stretch) for side in SIDES for stretch in stretches[side]),
    )


def _stretches(side: Channel, turns: Sequence[Turn], sounds: Mapping[Channel, LegSound]) -> tuple[Stretch, ...]:
    if side in sounds:
        return speaking(sounds[side].levels)
    return joined(Stretch(turn.start, turn.end) for turn in turns if turn.channel == side and turn.end > turn.start)


def _leg(
    side: Channel,
    turns: Sequence[Turn],
    sound: LegSound | None,
    stretches: Mapping[Channel, Sequence[Stretch]],
    both: Sequence[Overlap],
) -> LegMeasures:
    own = tuple(stretches[side])
    other = stretches["caller" if side == "agent" else "agent"]
    mine = [turn for turn in turns if turn.channel == side and turn.end > turn.start and syllables(turn.text)]
    said = sum(turn.end - turn.start for turn in mine)
    everybody = total(own) + total(other)
    rests = [pause.seconds for pause in pauses(own, other)]
    inside = spoken_frames(sound.levels, own) if sound else None
    return LegMeasures(
        channel=side,
        speech=total(own),
        share=total(own) / everybody if everybody else 0.0,
        first_word=own[0].start if own else None,
        rate=sum(syllables(turn.text) for turn in mine) / said if said else None,
        pauses=Pauses(len(rests), sum(rests) / len(rests) if rests else 0.0, max(rests, default=0.0)),
        interrupted=sum(1 for overlap in both if overlap.interruption and overlap.later == side),
        level=median_level(sound.levels, inside) if sound and inside is not None else None,
        rises=rises(sound.levels, inside) if sound and inside is not None else (),
        voice=_voice(sound.pitches[_voiced(sound, own)]) if sound else None,
    )


def _turns(
    turns: Sequence[Turn], sounds: Mapping[Channel, LegSound], stretches: Mapping[Channel, tuple[Stretch, ...]]
) -> tuple[TurnMeasures, ...]:
    frames = {side: spoken_frames(sound.levels, stretches[side]) for side, sound in sounds.items()}
    usual = {side: median_level(sound.levels, frames[side]) for side, sound in sounds.items()}
    rows = []
    for turn in turns:
        count, seconds = syllables(turn.text), turn.end - turn.start
        sound, loudness, voice = sounds.get(turn.channel), None, None
        if sound:
            at = slice(round(turn.start / FRAME), round(turn.end / FRAME))
            level, median = median_level(sound.levels[at], frames[turn.channel][at]), usual[turn.channel]
            loudness = level - median if level is not None and median is not None else None
            voice = _voice(sound.pitches[round(turn.start / HOP) : round(turn.end / HOP)])
        rate = count / seconds if count and seconds > 0 else None
        rows.append(TurnMeasures(turn.channel, turn.start, turn.end, count, rate, loudness, voice))
    return tuple(rows)


def _voiced(sound: LegSound, own: Sequence[Stretch]) -> NDArray[np.bool_]:
    """Which of the pitches lie in the leg's own speech."""
    inside = np.zeros(len(sound.pitches), np.bool_)
    for stretch in own:
        inside[round(stretch.start / HOP) : round(stretch.end / HOP)] = True
    return inside


def _voice(found: NDArray[np.float32]) -> Voice | None:
    heard = found[np.isfinite(found)]
    if len(heard) < FEWEST_VOICED:
        return None
    low, median, high = (float(value) for value in np.percentile(heard, (5, 50, 95)))
    return Voice(median, low, high, float(12 * np.log2(high / low)))
