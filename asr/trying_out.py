"""Loading a model in a process of its own, since native code may crash on a damaged one."""

import os
import subprocess
import sys
from pathlib import Path

from asr.errors import ModelUnusable

CHILD = """
import sys
from pathlib import Path
import numpy as np
from asr.errors import ModelUnusable
from asr.vosk_engine import VoskEngine
try:
    engine = VoskEngine(Path(sys.argv[1]))
    engine.hear(np.random.default_rng(1).normal(0.0, 0.01, engine.sample_rate).astype(np.float32))
except ModelUnusable as problem:
    sys.exit(problem.reason)
"""


def try_out(model: Path, name: str) -> None:
    """Load the model once and let it hear a second of noise; `name` is what a person calls it.

    Raises ModelUnusable with the reason.
    """
    room = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(model)], env=room, capture_output=True, text=True, check=False
    )
    if done.returncode == 0:
        return
    reason = (
        f"it ended the trial process with signal {-done.returncode}; the file is damaged or memory is short"
        if done.returncode < 0
        else (done.stderr.strip().splitlines() or ["Vosk gave no reason"])[-1]
    )
    raise ModelUnusable(f"{name}: this model cannot be loaded here: {reason}. It was not installed.", reason)
