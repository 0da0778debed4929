"""The trial model's phones and graph have the numbers that Kaldi expects."""

from tools.trial_model.backoff import tabulate
from tools.trial_model.graph import SoundsToWords, which_words
from tools.trial_model.language import Mixture, Smoothed
from tools.trial_model.units import Units

UNITS = Units.of([("t", "ing2"), ("d", "ian4"), ("an4",)])


def test_initials_come_first_and_a_final_has_two_states() -> None:
    assert UNITS.phones == ("d", "t", "an4", "ian4", "ing2")
    assert UNITS.outputs["t"] == (3,)
    assert UNITS.outputs["ing2"] == (8, 9)
    assert UNITS.output_count == 10


def test_a_words_phones_are_shaped_by_their_place() -> None:
    assert UNITS.shapes(["t", "ing2", "d", "ian4"]) == ["t_B", "ing2_I", "d_I", "ian4_E"]
    assert UNITS.shapes(["an4"]) == ["an4_S"]


def test_every_transition_state_is_numbered_once() -> None:
    states = UNITS.transition_states

    assert len(states) == len(set(states)) == 1 + 3 + 4 * (2 * 1 + 3 * 2)
    assert [states[first - 1][:2] for first in UNITS.first_state.values()] == [
        (shape, 0) for shape in range(1, len(UNITS.shaped) + 1)
    ]


def test_words_that_begin_alike_share_their_beginning() -> None:
    alone, both = SoundsToWords(UNITS), SoundsToWords(UNITS)
    for graph in (alone, both):
        graph.add(2, UNITS.shapes(["t", "ing2", "d", "ian4"]), 0.0)
    before = len(both.arcs)
    both.add(3, UNITS.shapes(["t", "ing2", "d", "ing2"]), 0.0)

    # A final's two states, each with the arc into it and its loop, and the arc that says the word.
    assert len(both.arcs) - before == 2 * 2 + 1


def test_every_state_of_the_trigram_can_be_left() -> None:
    vocabulary = ["停电", "了"]
    part = Smoothed([["停电", "了"], ["停电"]], frozenset(vocabulary))
    table = tabulate(Mixture({"one": part}, {"one": 1.0}), vocabulary, 0.0)
    lines = [line.split() for line in which_words(table, {"停电": 2, "了": 3})]
    arcs, finals = [line for line in lines if len(line) == 5], [line for line in lines if len(line) == 2]

    assert lines[0][0] == "0"
    assert {line[1] for line in arcs} <= {line[0] for line in arcs}
    assert {line[2] for line in arcs} == {"0", "2", "3"}
    assert finals
