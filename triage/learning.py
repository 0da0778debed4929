"""Learning from what people said calls are about: which labels may be used, and whether they make it better.

Labels come on top of the shipped sentences. A part of them is kept aside, with the shipped unseen sentences, and never
fitted on; only a classifier that is not worse there on any of the three main categories may take over.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from triage.alarm import Alarm
from triage.classifier import Classifier
from triage.corpus import Sentence, load_sentences
from triage.errors import LabelsPoisoned
from triage.evaluation import MAIN, Report, Score, evaluate
from triage.folding import PAUSE, fold
from triage.verdict import Category

ASIDE = 5
"""One label in so many is kept aside to test with; which ones follows from the text, so it stays the same."""

WEIGHTS = (1.0, 0.5, 0.2)
"""How much a label may count beside a shipped sentence, tried in this order."""

SURE = 0.97
"""Confidence from which a text is beyond doubt."""

MOST_DENIED = 0.5
"""Share of the texts beyond doubt that an honest labeller may label otherwise; people correct what is wrong more often
than they confirm what is right."""

FEWEST_SURE = 8
"""So many such texts are needed before anybody is judged by them."""

SHORTEST = 4
"""Letters of the shortest text that can be learnt from."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a person said a text is about."""

    text: str
    category: Category
    by: str
    """Who said so."""
    weight: float = 1.0
    """How much it counts beside a shipped sentence."""


@dataclass(frozen=True, slots=True)
class Sifted:
    """Labels that may be learnt from, and how many may not, by reason."""

    kept: tuple[Label, ...]
    left_out: dict[str, int]


@dataclass(frozen=True, slots=True)
class Lesson:
    """What learning from the labels came to."""

    labels: tuple[Label, ...]
    """All that were kept, the tested part included: what the next classifier is fitted on when this is adopted."""
    fitted: int
    tested: int
    """Labels fitted on, and kept aside."""
    before: Report
    after: Report
    """The classifier in use and the new one, on the same sentences that neither was fitted on."""

    @property
    def worse(self) -> tuple[Category, ...]:
        """The main categories that the new one tells worse: its balance of precision and recall (F1) is lower."""
        return tuple(
            category for category in MAIN if f1(self.after.scores[category]) < f1(self.before.scores[category])
        )


def f1(score: Score) -> float:
    """Harmonic mean of precision and recall, 0 where nothing is right."""
    total = score.sentences + score.named
    return 2 * score.right / total if total else 0.0


def sift(labels: Iterable[Label], classifier: Classifier, trusted: Collection[str] = ()) -> Sifted:
    """Leave out what teaches nothing: too short, said twice, or labelled otherwise by somebody else.

    Raises LabelsPoisoned when somebody's labels, other than of those trusted, deny too often what is beyond doubt.
    """
    left_out: Counter[str] = Counter()
    by_words: defaultdict[str, list[Label]] = defaultdict(list)
    for label in labels:
        words = fold(label.text).text.replace(PAUSE, "")
        if len(words) < SHORTEST:
            left_out["too short"] += 1
        else:
            by_words[words].append(label)
    kept: list[Label] = []
    for same in by_words.values():
        if len({label.category for label in same}) > 1:
            left_out["people disagree"] += len(same)
        else:
            kept.append(same[-1])
            left_out["said twice"] += len(same) - 1
    _refuse_poison([label for label in kept if label.by not in trusted], classifier)
    return Sifted(tuple(kept), {reason: count for reason, count in left_out.items() if count})


def _refuse_poison(labels: Sequence[Label], classifier: Classifier) -> None:
    sure, denied = Counter[str](), Counter[str]()
    for label in labels:
        verdict = classifier.classify(label.text)
        if verdict.confidence >= SURE:
            sure[label.by] += 1
            denied[label.by] += label.category not in (verdict.category, verdict.second)
    for by in sorted(sure):
        if sure[by] >= FEWEST_SURE and denied[by] > MOST_DENIED * sure[by]:
            raise LabelsPoisoned(
                f"labels by {by!r}: {denied[by]} of {sure[by]} plain cases are labelled otherwise, nothing was learnt; "
                f"look at them, then leave them out with --without {by!r}, or take them with --trust {by!r}"
            )


def learn(labels: Sequence[Label], in_use: Sequence[Label] = ()) -> Lesson:
    """Fit on the shipped sentences and the labels, and compare with the classifier that is in use.

    `in_use` are the labels that one was fitted on. Those kept aside are the same ones each time, so neither has seen
    them. Raises ValueError when there is no label.
    """
    if not labels:
        raise ValueError("nothing to learn from: hand in at least one label")
    shipped = load_sentences()
    train = [sentence for sentence in shipped if sentence.split == "train"]
    aside = [label for label in labels if is_aside(label)]
    tested = [sentence for sentence in shipped if sentence.split == "unseen"]
    tested += [Sentence(label.category, None, label.text, "unseen") for label in aside]
    return Lesson(
        labels=tuple(labels),
        fitted=len(labels) - len(aside),
        tested=len(aside),
        before=evaluate(Classifier(train + _sentences(in_use)), tested),
        after=evaluate(Classifier(train + _sentences(labels)), tested),
    )


def cautious(labels: Sequence[Label], in_use: Sequence[Label] = ()) -> Lesson:
    """The lesson in which the labels count as much as they may without a main category getting worse.

    A few labels shift the odds of others by a hair, and one sentence on the edge then tips over. Gives the last, most
    careful lesson where even that is worse. Raises ValueError when there is no label.
    """
    for weight in WEIGHTS:
        lesson = learn([replace(label, weight=weight) for label in labels], in_use)
        if not lesson.worse:
            break
    return lesson


def taught(labels: Sequence[Label]) -> Classifier:
    """The shipped classifier with these labels learnt; those kept aside for tests stay so."""
    train = [sentence for sentence in load_sentences() if sentence.split == "train"]
    return Classifier(train + _sentences(labels), Alarm.trained())


def is_aside(label: Label) -> bool:
    """Whether a label is only for testing; the same text always gets the same answer."""
    digest = sha256(fold(label.text).text.replace(PAUSE, "").encode()).digest()
    return digest[0] % ASIDE == 0


def _sentences(labels: Iterable[Label]) -> list[Sentence]:
    return [
        Sentence(label.category, None, label.text, "train", label.weight) for label in labels if not is_aside(label)
    ]
