"""The spoken corpus on disk: shards of a hundred utterances. A shard that is there is not made again."""

import json
import random
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import Protocol

import numpy as np

from tools.trial_model.keeping import keep_while
from tools.trial_model.voices import Said

SHARD = 100


class Speaker(Protocol):
    """A family of voices."""

    name: str

    def say(self, words: list[str], chance: random.Random) -> Said | None:
        """The words by one of the voices; None when it cannot."""


def speak_all(
    make: Callable[[], Speaker], texts: list[list[str]], folder: Path, seed: int, jobs: int
) -> Iterator[float]:
    """Say all texts with so many processes; yields the share that is done.

    What is said depends on texts and seed alone. A folder that was made of other texts is made anew.
    """
    keep_while(folder, seed, texts)
    starts = [start for start in range(0, len(texts), SHARD) if not (folder / _name(start)).is_file()]
    done = -(-len(texts) // SHARD) - len(starts)
    with ProcessPoolExecutor(jobs, initializer=_prepare, initargs=(make,)) as pool:
        tasks = [
            pool.submit(_speak, texts[start : start + SHARD], folder / _name(start), f"{seed} {start}")
            for start in starts
        ]
        for task in as_completed(tasks):
            task.result()
            done += 1
            yield done / (done + sum(not each.done() for each in tasks))
    yield 1.0


def _name(start: int) -> str:
    return f"{start:06}.npz"


_speaker: Speaker
"""Of this process: voices are slow to load."""


def _prepare(make: Callable[[], Speaker]) -> None:
    global _speaker
    _speaker = make()


def _speak(texts: list[list[str]], file: Path, seed: str) -> None:
    chance = random.Random(f"{_speaker.name} {seed}")
    said = [found for words in texts if (found := _speaker.say(words, chance))]
    part = file.with_suffix(".part")
    with part.open("wb") as out:
        np.savez(
            out,
            samples=np.concatenate([each.samples for each in said]),
            lengths=[len(each.samples) for each in said],
            rate=said[0].rate,
            segments=json.dumps([each.segments for each in said]),
        )
    part.replace(file)


def read_shard(file: Path) -> list[Said]:
    """The utterances of a shard."""
    with np.load(file) as shard:
        rate, ends = int(shard["rate"]), np.cumsum(shard["lengths"])
        parts = np.split(shard["samples"], ends[:-1])
        segments = json.loads(str(shard["segments"]))
    return [Said(part, rate, [tuple(each) for each in own]) for part, own in zip(parts, segments, strict=True)]
