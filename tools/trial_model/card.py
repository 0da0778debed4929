"""The model's card: what it was made of, how it was measured."""

from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from tools.trial_model.network import DILATIONS
from tools.trial_model.robots import TIMBRES
from tools.trial_model.texts import Texts
from tools.trial_model.units import Units

HERE = Path(__file__).parent
FRAMES_AN_HOUR = 360_000


@dataclass(frozen=True)
class Facts:
    """What a reader may want to know."""

    name: str
    version: str
    seed: int
    steps: int
    words: str
    initials: int
    finals: int
    hours: str
    templates: str
    written: str
    read: str
    reviews: str
    layers: int = len(DILATIONS)
    timbres: int = len(TIMBRES)

    @classmethod
    def of(cls, texts: Texts, units: Units, frames: Path, steps: int, seed: int) -> "Facts":
        """Counted, not remembered."""
        name = (HERE / "TRIAL").read_text("utf-8").split(maxsplit=1)[0]
        count = 0
        for file in frames.glob("*.npz"):
            with np.load(file) as shard:
                count += len(shard["wanted"])
        finals = sum(phone[-1].isdigit() for phone in units.phones)
        return cls(
            name=name,
            version=name.rpartition("-")[2],
            seed=seed,
            steps=steps,
            words=f"{len(texts.vocabulary):,}",
            initials=len(units.phones) - finals,
            finals=finals,
            hours=f"{count / FRAMES_AN_HOUR:.1f}",
            templates=f"{len(texts.templates):,}",
            written=f"{len(texts.written):,}",
            read=f"{len(texts.read):,}",
            reviews=f"{len(texts.reviews):,}",
        )


def write_card(file: Path, facts: Facts, figures: dict[str, float]) -> None:
    """Fill in card.md."""
    rows = "\n".join(f"| {what} | {rate:.1%} |".replace("%", " %") for what, rate in figures.items())
    file.write_text((HERE / "card.md").read_text("utf-8").format(figures=rows, **asdict(facts)), "utf-8")
