"""Our whole path from files to words as a process of its own: `python -m lianxin.bench.hearing`, a job in on stdin."""

import json
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be heard."""

    folder: str
    model: str
    threads: int


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of it."""

    seconds: float
    """From the first file to the last; loading the model is not in it."""
    cpu_s: float
    """CPU time of the same."""
    texts: list[str]
    """In order of the files' names."""
    rss_mb: float
    """The most memory that the process held."""
    triage_share: float
    """CPU time to understand the texts and to mask what is personal in them, as a share of that to hear them."""


def in_a_process(job: Job) -> Heard:
    """Do the job in a new process. Raises CalledProcessError when that fails."""
    command = [sys.executable, "-m", "lianxin.bench.hearing"]
    done = subprocess.run(command, input=json.dumps(asdict(job)), stdout=subprocess.PIPE, text=True, check=True)
    return Heard(**json.loads(done.stdout))


def do(job: Job) -> Heard:
    """Hear all files, then understand what was heard. The texts are what a person would read, as in `transcribe`."""
    from asr.legs import open_legs
    from asr.listen import transcribe
    from asr.turns import merged
    from lianxin.bench.processes import most_memory
    from lianxin.compose import load_engine
    from lianxin.settings import Settings
    from triage.classifier import Classifier
    from triage.privacy.masking import redact

    engine = load_engine(Settings(), job.model)
    files = sorted(Path(job.folder).iterdir())

    def hear(path: Path) -> str:
        turns = merged([transcribe(leg, engine) for leg in open_legs(path)])
        return "，".join(turn.passage.text for turn in turns)

    begun, used = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(job.threads) as pool:
        texts = list(pool.map(hear, files))
    seconds, hearing = time.perf_counter() - begun, time.process_time() - used
    memory = most_memory()
    classifier = Classifier.trained()
    used = time.process_time()
    for text in texts:
        classifier.classify(text)
        redact(text)
    return Heard(round(seconds, 3), round(hearing, 3), texts, memory, (time.process_time() - used) / hearing)


if __name__ == "__main__":
    print(json.dumps(asdict(do(Job(**json.load(sys.stdin)))), ensure_ascii=False))  # noqa: T201
