"""What the network sees and should say: cepstra of every 10 ms, and the output that belongs to each."""

import random
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

import kaldi_native_fbank
import numpy as np
from numpy.typing import NDArray

from tools.trial_model.corpus import read_shard
from tools.trial_model.keeping import keep_while, made_of
from tools.trial_model.line import RATE, THROATS, TIMBRES, Line, at_line_rate
from tools.trial_model.units import NOISE, SILENCE, Units
from tools.trial_model.voices import Said

LINES = Path(__file__).with_name("line.py")
CEPSTRA = 40
CENTRE = 0.0125
"""Seconds from a frame's begin to its middle (25 ms windows)."""
STRANGE = 0.02
"""Share of the words that are labelled as unknown speech, so that [unk] has a sound."""


@dataclass(frozen=True)
class Recipe:
    """How often each family of voices is put on a line."""

    units: Units
    versions: dict[str, int]
    seed: int


def mfcc(samples: NDArray[np.float64]) -> NDArray[np.float32]:
    """Frames x 40 as conf/mfcc.conf of the model says; the samples are 16-bit numbers at 8 kHz."""
    options = kaldi_native_fbank.MfccOptions()
    options.frame_opts.samp_freq, options.frame_opts.dither, options.frame_opts.snip_edges = RATE, 1.0, True
    options.mel_opts.num_bins, options.mel_opts.low_freq, options.mel_opts.high_freq = CEPSTRA, 40, 3800
    options.num_ceps, options.use_energy = CEPSTRA, False
    computer = kaldi_native_fbank.OnlineMfcc(options)
    computer.accept_waveform(RATE, samples.astype(np.float32))
    computer.input_finished()
    count = computer.num_frames_ready
    return np.stack([computer.get_frame(at) for at in range(count)]) if count else np.zeros((0, CEPSTRA), np.float32)


def label(said: Said, units: Units, count: int, before: float, quicker: float) -> NDArray[np.int16]:
    """The network's output of each of `count` frames; a final's first half is its first state."""
    wanted = np.full(count, units.outputs[SILENCE][0], np.int16)
    for phone, begin, end in said.segments:
        first, last = (
            min(count, max(0, int(np.ceil((second / quicker + before - CENTRE) * 100)))) for second in (begin, end)
        )
        states = units.outputs[phone]
        middle = (first + last + 1) // 2 if len(states) == 2 else last
        wanted[first:middle], wanted[middle:last] = states[0], states[-1]
    return wanted


def frame_all(recipe: Recipe, folders: list[Path], out: Path, jobs: int) -> Iterator[float]:
    """Frames of every shard of every folder, each in a file of its own; yields the share that is done."""
    lines = LINES.read_text("utf-8")
    keep_while(out, recipe.units.phones, recipe.versions, recipe.seed, lines, [made_of(folder) for folder in folders])
    tasks = {}
    for folder in folders:
        for version in range(recipe.versions[folder.name]):
            for shard in sorted(folder.glob("*.npz")):
                tasks[out / f"{folder.name}-{shard.stem}-{version}.npz"] = shard
    waiting = [(file, shard) for file, shard in tasks.items() if not file.is_file()]
    done = len(tasks) - len(waiting)
    with ProcessPoolExecutor(jobs) as pool:
        for task in as_completed([pool.submit(_frame_shard, recipe, shard, file) for file, shard in waiting]):
            task.result()
            done += 1
            yield done / len(tasks)
    yield 1.0


def _frame_shard(recipe: Recipe, shard: Path, file: Path) -> None:
    chance = random.Random(f"{recipe.seed} {file.stem}")
    line = Line(chance)
    ranges = THROATS if shard.parent.name == "natural" else TIMBRES
    frames, wanted = [], []
    for said in read_shard(shard):
        voice, quicker = at_line_rate(said.samples, said.rate, line.throat(ranges))
        sound, before = line.through(voice)
        cepstra = mfcc(sound)
        frames.append(cepstra.astype(np.float16))
        wanted.append(label(_with_strangers(said, chance), recipe.units, len(cepstra), before, quicker))
    part = file.with_suffix(".part")
    with part.open("wb") as out:
        np.savez(out, frames=np.concatenate(frames), wanted=np.concatenate(wanted))
    part.replace(file)


def _with_strangers(said: Said, chance: random.Random) -> Said:
    """The utterance with a few stretches of two to five phones labelled as unknown speech."""
    segments = list(said.segments)
    for at in range(len(segments)):
        if chance.random() < STRANGE / 3:
            for place in range(at, min(len(segments), at + chance.randint(2, 5))):
                segments[place] = (NOISE, *segments[place][1:])
    return Said(said.samples, said.rate, segments)
