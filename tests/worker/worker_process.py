"""A worker as a process of its own, with an engine that can be made to take its time.

Called with the var folder and the seconds by which its clock goes wrong. While the file `slow` is there it hears
nothing, and says so with the file `hearing`; a recording that is called `poison` it cannot hear at all. With the file
`outdated` its tools are.
"""

import sys
import time
from datetime import timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from asr.errors import NotAudio
from asr.transcript import Passage, Word
from recordings.archive import Archive
from triage.verdict import Category, Urgency, Verdict
from worker.app import make_app
from worker.running import run_worker
from worker.tools import Tools, now


class SlowEngine:
    name = "slow"
    sample_rate = 8000
    trial = True

    def __init__(self, var: Path) -> None:
        self._var = var

    def hear(self, samples: NDArray[np.float32]) -> Passage:
        (self._var / "hearing").touch()
        while (self._var / "slow").exists():
            time.sleep(0.02)
        if (self._var / "poison").exists():
            raise NotAudio("poison: not to be heard; throw it away")
        return Passage((Word("停电", 0.0, 0.2, 1.0),))


class Repair:
    def classify(self, text: str) -> Verdict:
        return Verdict(Category.REPAIR, None, 1.0, Urgency.NORMAL, ())


if __name__ == "__main__":
    var, wrong = Path(sys.argv[1]), timedelta(seconds=float(sys.argv[2]))
    archive = Archive.open(f"sqlite:///{var}/lianxin.db", str(var / "archive"))
    tools = Tools(archive, SlowEngine(var), Repair(), lambda: now() + wrong)
    broker, outdated = make_app("", var / "broker"), (var / "outdated").exists
    sys.exit(run_worker(broker, tools, threads=2, sweep=0.5, stalled=600, outdated=outdated))
