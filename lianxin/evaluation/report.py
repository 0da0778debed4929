"""Everything that `lianxin evaluate` says, as plain values for JSON."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from asr.engine import Engine
from lianxin.evaluation.hearing import hear
from lianxin.evaluation.interval import wilson
from lianxin.evaluation.line import CONDITIONS
from lianxin.evaluation.spoken import SpokenSet
from triage.classifier import Classifier
from triage.evaluation import evaluate
from triage.facts.evaluation import evaluate as evaluate_facts
from triage.hard_cases import right_by_group
from triage.privacy.evaluation import BLIND, SENTENCES
from triage.privacy.evaluation import evaluate as evaluate_privacy

Say = Callable[[str], object]
CATEGORY_SET = "category sentences"
PRIVACY_SETS = {"privacy, blind": BLIND, "privacy, marked": SENTENCES}


def evaluated(spoken: SpokenSet, engine: Engine, threads: int, say: Say) -> dict[str, Any]:
    """Hear the set through every line, understand it, and hold the classifier against the written sentences.

    Of a set that is not ours only the line it came over is measured. Raises AsrError.
    """
    classifier = Classifier.trained()
    lines = CONDITIONS if spoken.ours else {"as it is": CONDITIONS["clean"]}
    heard = {}
    for name, line in lines.items():
        heard[name] = hear(spoken, line, engine, threads)
        say(f"{spoken.name}, {name}: CER {heard[name].cer:.1%}")
    plain = heard.get("g711") or heard["as it is"]
    return {
        "model": engine.name,
        "trial": engine.trial,
        "sets": [_set(spoken, engine), *_written(classifier)],
        "cer": {name: round(one.cer, 4) for name, one in heard.items()},
        "cer_by_voice": {voice: round(rate, 4) for voice, rate in plain.by_voice.items()},
        "spoken_category": _spoken_category(spoken, plain.texts, classifier),
        "category": _category(classifier),
        "hard_cases": {group: _share(*counts) for group, counts in right_by_group(classifier).items()},
        "facts": _facts(),
        "redaction": {name: _redaction(table) for name, table in PRIVACY_SETS.items()},
    }


def _set(spoken: SpokenSet, engine: Engine) -> dict[str, Any]:
    return {
        "name": spoken.name,
        "origin": spoken.origin,
        "written_by_the_project": spoken.ours,
        "recordings": len(spoken.recordings),
        "used_for": f"cer, cer_by_voice, spoken_category, with {engine.name}",
    }


def _written(classifier: Classifier) -> Sequence[dict[str, Any]]:
    return [
        {
            "name": CATEGORY_SET,
            "origin": "triage/sentences, the rows marked unseen: written for the project and set aside before "
            "anything was tuned, never fitted on; no real call",
            "written_by_the_project": True,
            "sentences": evaluate(classifier).sentences,
            "used_for": "category",
        },
        {
            "name": "hard cases",
            "origin": "triage/hard_cases.tsv: written for the project before the classifier was run on it, never "
            "fitted on; no real call",
            "written_by_the_project": True,
            "used_for": "hard_cases",
        },
        {
            "name": "facts, blind",
            "origin": "triage/facts/sentences/blind.txt: written for the project by the meaning of the kinds, before "
            "the patterns were run on it; no real call",
            "written_by_the_project": True,
            "used_for": "facts",
        },
        {
            "name": "privacy, blind",
            "origin": "triage/privacy/sentences/blind.txt: written for the project, read only when the rules were "
            "done; no real call",
            "written_by_the_project": True,
            "used_for": "redaction",
        },
        {
            "name": "privacy, marked",
            "origin": "triage/privacy/sentences/marked.txt: written for the project, and the rules were mended by it; "
            "no real call",
            "written_by_the_project": True,
            "used_for": "redaction",
        },
    ]


def _category(classifier: Classifier) -> dict[str, Any]:
    report = evaluate(classifier)
    return {
        "set": CATEGORY_SET,
        "accuracy": _share(report.right, report.sentences),
        "classes": {
            category.value: {
                "sentences": score.sentences,
                "precision": _share(score.right, score.named),
                "recall": _share(score.right, score.sentences),
            }
            for category, score in report.scores.items()
        },
    }


def _spoken_category(spoken: SpokenSet, texts: Sequence[str], classifier: Classifier) -> dict[str, Any] | None:
    """Whether the category is right after hearing: what a person gets in the end."""
    known = [(each, text) for each, text in zip(spoken.recordings, texts, strict=True) if each.category]
    if not known:
        return None
    right = sum(classifier.classify(text).category == each.category for each, text in known)
    as_written = sum(classifier.classify(each.text).category == each.category for each, _ in known)
    return {"heard": _share(right, len(known)), "as_written": _share(as_written, len(known))}


def _facts() -> dict[str, Any]:
    """Each kind that must be acted on: the share of facts that was found, and the share of finds that was told."""
    return {
        kind.value: {"recall": _share(score.found, score.told), "precision": _share(score.right, score.named)}
        for kind, score in evaluate_facts().items()
    }


def _redaction(table: Path) -> dict[str, Any]:
    """Each kind: the share of pieces of which nothing remained, and how often something else was masked."""
    return {
        kind.value: {"recall": _share(score.masked, score.said), "false_alarms": score.false_alarms}
        for kind, score in evaluate_privacy(table).items()
    }


def _share(right: int, of: int) -> dict[str, Any]:
    """A share with its 95 % interval (Wilson); no value when nothing was counted."""
    interval = wilson(right, of)
    return {
        "value": round(right / of, 4) if of else None,
        "low": round(interval[0], 4) if interval else None,
        "high": round(interval[1], 4) if interval else None,
        "of": of,
    }
