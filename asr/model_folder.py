"""What a folder must hold to be a Vosk model, and what can be read from it without loading it."""

import re
from dataclasses import dataclass
from pathlib import Path

from asr.errors import ModelUnusable, shown

KALDI_RATE = 16000
"""Hz when conf/mfcc.conf does not say: the default of --sample-frequency in Kaldi's feat/mel-computations.h."""

TRIAL_MARK = "TRIAL"
"""A file of this name in a model folder says that the model is only for trying things out."""


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A model on disk, its layout checked."""

    path: Path
    name: str
    sample_rate: int
    """Samples a second that the model wants."""
    trial: bool
    """True when the model says of itself that it is for trial."""

    @property
    def flexible(self) -> bool:
        """Whether it takes a grammar at run time: its graph is put together as it goes."""
        return any((self.path / part / "HCLr.fst").is_file() for part in ("graph", "."))


def look_into(path: Path) -> ModelFolder:
    """Check a folder's layout before native code sees it, since that code may crash on what it does not expect.

    Two layouts exist: `am/final.mdl`, `graph/`, `conf/`, and an older one with all files in one place. Raises
    ModelUnusable.
    """
    if not path.is_dir():
        raise ModelUnusable(
            f"{shown(path)}: this is no folder; a Vosk model is a folder with am, graph and conf in it."
        )
    missing = _missing(path)
    if missing:
        inner = [folder for folder in sorted(path.iterdir()) if folder.is_dir() and not _missing(folder)]
        mend = (
            f"did you mean {shown(inner[0])}?"
            if len(inner) == 1
            else "give an unpacked Vosk model, or install one: lianxin model install vosk-model-small-cn-0.22"
        )
        raise ModelUnusable(f"{shown(path)}: no usable Vosk model, {missing} is missing or empty; {mend}")
    trial = path / TRIAL_MARK
    is_trial = trial.is_file()
    said = trial.read_text("utf-8", "replace").split(maxsplit=1) if is_trial else []
    name = said[0] if said and said[0].isprintable() else path.resolve().name
    return ModelFolder(path, name, sample_rate(_conf(path)), is_trial)


def sample_rate(conf: Path) -> int:
    """The model's sample rate in Hz, from its mfcc.conf; comments are skipped, the last word counts, as in Kaldi."""
    rate = KALDI_RATE
    for line in conf.read_text("utf-8", "replace").splitlines():
        option = re.fullmatch(r"--sample-frequency\s*=\s*(\d+)(?:\.0*)?", line.partition("#")[0].strip())
        if option:
            rate = int(option[1])
    if rate <= 0:
        raise ModelUnusable(
            f"{shown(conf)}: a sample frequency of {rate} Hz is none; install the model again: lianxin model install"
        )
    return rate


def _conf(path: Path) -> Path:
    conf = path / "conf" / "mfcc.conf"
    return conf if conf.is_file() else path / "mfcc.conf"


def _missing(path: Path) -> str:
    """The first file that is not there or empty; nothing when all are. No words.txt: small models carry it inside."""
    if any((path / folder).is_dir() for folder in ("am", "graph", "conf")):
        needed, graph = ["am/final.mdl", "conf/mfcc.conf", "conf/model.conf"], "graph/"
    else:
        needed, graph = ["final.mdl", "mfcc.conf"], ""
    if not (path / f"{graph}HCLG.fst").exists() and (path / f"{graph}HCLr.fst").exists():
        needed += [f"{graph}HCLr.fst", f"{graph}Gr.fst", f"{graph}disambig_tid.int"]
    else:
        needed += [f"{graph}HCLG.fst"]
    return next((name for name in needed if not _filled(path / name)), "")


def _filled(file: Path) -> bool:
    return file.is_file() and file.stat().st_size > 0
