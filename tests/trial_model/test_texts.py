"""What the trial model learns from: sentences that people could say, and nothing that measures it later."""

import random
import re

import pytest

from tools.trial_model.grammar import Grammar, in_words
from tools.trial_model.held_out import HeldOut, clauses, template_sentences
from tools.trial_model.spontaneous import say_freely
from tools.trial_model.texts import sentences_to_read, written_sentences
from triage.corpus import load_sentences


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "零"), (10, "十"), (12, "十二"), (20, "二十"), (105, "一百零五"), (110, "一百一十"), (999, "九百九十九"),
     (1005, "一千零五"), (1015, "一千零一十五"), (3010, "三千零一十"), (9999, "九千九百九十九")],
)  # fmt: skip
def test_numbers_are_said_as_people_say_them(number: int, said: str) -> None:
    assert in_words(number) == said


def test_every_rule_of_the_templates_leads_to_hanzi() -> None:
    grammar = Grammar(7)
    sentences = [grammar.sentence() for _ in range(5000)]

    assert not [each for each in sentences if not re.fullmatch("[\u4e00-\u9fff]+", each)]
    assert len(set(sentences)) > 2000


def test_the_same_seed_gives_the_same_sentences() -> None:
    first, second = Grammar(3), Grammar(3)

    assert [first.sentence() for _ in range(50)] == [second.sentence() for _ in range(50)]


def test_what_measures_the_model_is_not_learnt() -> None:
    held_out = HeldOut()
    unseen = [each.text for each in load_sentences() if each.split == "unseen" and clauses(each.text)]

    assert len(unseen) > 400
    assert not [text for text in unseen if held_out.allows(text)]
    assert not [text for text in template_sentences() if held_out.allows(text)]


def test_a_clause_that_measures_is_not_learnt_inside_another_sentence() -> None:
    held_out = HeldOut()

    assert not held_out.allows("我要说的是，电线落在水田里，你们快来")
    assert not held_out.allows("昨天电线落在水田里没人管")


def test_sentences_to_read_are_hanzi_and_signs_and_no_two_alike() -> None:
    sentences, held_out = sentences_to_read(), HeldOut()

    assert not [each for each in sentences if not re.fullmatch("[\u4e00-\u9fff]+([，、][\u4e00-\u9fff]+)*", each)]
    assert len(set(sentences)) == len(sentences) > 1000
    assert sum(map(held_out.allows, sentences)) > 0.95 * len(sentences)


def test_most_of_what_was_written_for_training_is_learnt() -> None:
    held_out = HeldOut()
    written = written_sentences()

    assert sum(held_out.allows(text) for text in written) > 0.95 * len(written)


def test_a_sentence_said_freely_keeps_its_end() -> None:
    chance = random.Random(1)
    said = {say_freely("昨天晚上我们小区停电了", chance) for _ in range(200)}

    assert "昨天晚上我们小区停电了" in said
    assert len(said) > 20
    assert all(each.endswith("停电了") for each in said)
