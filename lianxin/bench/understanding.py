"""How fast texts are understood and masked, of everyday length and very long, in processor time of one core."""

from collections.abc import Callable
from time import process_time
from typing import Any

from triage.classifier import Classifier
from triage.corpus import load_sentences
from triage.facts.extraction import extract
from triage.privacy.masking import redact

LONG = "我跟你说啊那个电线它就是这样子的你们来看看吧没有冒烟" * 1000
"""26 000 characters in one sentence, with a danger in it that is denied a thousand times: what would show a trap."""


def measure(say: Callable[[str], object]) -> dict[str, Any]:
    """Train once, then read the project's sentences; the figures."""
    say("training")
    begun = process_time()
    classifier = Classifier.trained()
    training = process_time() - begun
    texts = [sentence.text for sentence in load_sentences()]
    say(f"reading {len(texts)} sentences")
    return {
        "texts": len(texts),
        "training_cpu_s": round(training, 2),
        "classified_per_cpu_s": round(len(texts) / _taken(lambda: [classifier.classify(text) for text in texts])),
        "masked_per_cpu_s": round(len(texts) / _taken(lambda: [redact(text) for text in texts])),
        "facts_per_cpu_s": round(len(texts) / _taken(lambda: [extract(text) for text in texts])),
        "long_text": {
            "characters": len(LONG),
            "classified_cpu_s": round(_taken(lambda: classifier.classify(LONG)), 2),
            "masked_cpu_s": round(_taken(lambda: redact(LONG)), 2),
        },
    }


def _taken(work: Callable[[], object]) -> float:
    begun = process_time()
    work()
    return process_time() - begun
