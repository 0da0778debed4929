"""The decoding graph, in the form that takes grammars at run time: HCLr.fst (sounds to words) and Gr.fst (which words).

Transition ids are Kaldi's: of the transition state s, 2 s - 1 stays and 2 s goes on. A state's arc into it goes on, and
its loop is on the state behind, so that the words' tree can share beginnings. OpenFst's command line tools compile it.
"""

import math
import os
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tools.trial_model.backoff import Backoff
from tools.trial_model.language import END, START, Gram
from tools.trial_model.units import SILENCE, Units

UNKNOWN = "[unk]"
PAUSE_COST = math.log(2)
"""Between words silence and none are as likely."""
OTHER_READING = 1.0
"""Cost of a reading that is not the usual one."""
PLUGINS = ("/usr/lib/x86_64-linux-gnu/fst/22", "/usr/lib/aarch64-linux-gnu/fst/22")
"""Where Debian keeps OpenFst's types that look ahead (libfst22-plugins-base)."""

Lexicon = Mapping[str, Sequence[Sequence[str]]]
"""Phones of each reading of each word, the usual one first."""


class SoundsToWords:
    """The tree of all words' sounds, state by state."""

    def __init__(self, units: Units) -> None:
        self._units = units
        self._states = 0
        self.arcs: list[tuple[int, int, int, int, float]] = []
        """From, to, transition id, word, cost."""
        self._start, self.loop, self._after = self._state(), self._state(), self._state()
        silence = units.first_state[units.numbers[SILENCE]]
        pause = self._state()
        for place in (self._start, self._after):
            self.arcs += [(place, self.loop, 0, 0, PAUSE_COST), (place, pause, 2 * silence, 0, PAUSE_COST)]
        self.arcs += [(pause, pause, 2 * silence - 1, 0, 0.0), (pause, self.loop, 0, 0, 0.0)]
        self._tree: dict[tuple[str, ...], int] = {(): self.loop}

    def _state(self) -> int:
        self._states += 1
        return self._states - 1

    def add(self, word: int, shapes: Sequence[str], cost: float) -> None:
        """One reading of a word."""
        for length in range(1, len(shapes) + 1):
            key = tuple(shapes[:length])
            if key not in self._tree:
                self._tree[key] = self._sound(self._tree[key[:-1]], self._units.numbers[key[-1]])
        self.arcs.append((self._tree[tuple(shapes)], self._after, 0, word, cost))

    def _sound(self, place: int, shape: int) -> int:
        first = self._units.first_state[shape]
        for state in range(first, first + len(self._units.states(self._units.shaped[shape - 1][1]))):
            behind = self._state()
            self.arcs += [(place, behind, 2 * state, 0, 0.0), (behind, behind, 2 * state - 1, 0, 0.0)]
            place = behind
        return place

    def text(self) -> Iterable[str]:
        """OpenFst's text form."""
        yield from (f"{a} {b} {sound} {word} {cost:.5f}" for a, b, sound, word, cost in self.arcs)
        yield f"{self.loop} 0"


def which_words(table: Backoff, ids: Mapping[str, int]) -> Iterable[str]:
    """The trigram as an automaton in OpenFst's text form: a state a context, epsilon arcs to the shorter context."""
    states: dict[Gram, int] = {}
    arcs: list[tuple[Gram, Gram, int, float]] = []
    finals: list[tuple[Gram, float]] = []

    def kept(context: Gram) -> Gram:
        """The longest end of a context that has words of its own."""
        context = context[-2:]
        while context and context not in table.following:
            context = context[1:]
        return context

    rows: dict[Gram, Mapping[str, float]] = {(START,): table.following[(START,)], **table.following, (): table.unigrams}
    for context, row in rows.items():
        for word, chance in row.items():
            if word == END:
                finals.append((context, -math.log(chance)))
            else:
                arcs.append((context, kept((*context, word)), ids[word], -math.log(chance)))
        if context:
            arcs.append((context, kept(context[1:]), 0, -math.log(table.left[context])))
    for context in rows:
        states.setdefault(context, len(states))  # the start comes first, as OpenFst wants
    yield from (
        f"{states[a]} {states[b]} {word} {word} {cost:.5f}"
        for a, b, word, cost in sorted(arcs, key=lambda arc: (states[arc[0]], states[arc[1]], arc[2]))
    )
    yield from (f"{states[context]} {cost:.5f}" for context, cost in finals)


def write_graph(folder: Path, units: Units, lexicon: Lexicon, table: Backoff, work: Path) -> None:
    """Write the model folder's `graph`."""
    graph = folder / "graph"
    (graph / "phones").mkdir(parents=True, exist_ok=True)
    work.mkdir(parents=True, exist_ok=True)
    words = ["<eps>", UNKNOWN, *lexicon]
    ids = {word: number for number, word in enumerate(words)}
    sounds = SoundsToWords(units)
    sounds.add(ids[UNKNOWN], ["SPN_S"], 0.0)
    for word, readings in lexicon.items():
        for place, phones in enumerate(dict.fromkeys(map(tuple, readings))):
            sounds.add(ids[word], units.shapes(phones), OTHER_READING if place else 0.0)
    (work / "sounds.txt").write_text("\n".join(sounds.text()) + "\n", "utf-8")
    (work / "words.txt").write_text("\n".join(which_words(table, ids)) + "\n", "utf-8")
    relabel = work / "relabel"
    _run(
        f"fstcompile {work}/sounds.txt | fstarcsort --sort_type=olabel | fstconvert --fst_type=olabel_lookahead "
        f"--save_relabel_opairs={relabel} > {graph}/HCLr.fst"
    )
    _run(
        f"fstcompile {work}/words.txt | fstconnect | fstrelabel --relabel_ipairs={relabel} --relabel_opairs={relabel}"
        f" | fstarcsort --sort_type=ilabel | fstconvert --fst_type=const > {graph}/Gr.fst"
    )
    new = dict(tuple(map(int, line.split())) for line in relabel.read_text("ascii").splitlines())
    listed = sorted((new.get(number, number), word) for word, number in ids.items())
    (graph / "words.txt").write_text("".join(f"{word} {number}\n" for number, word in listed), "utf-8")
    shaped = list(enumerate(units.shaped, 1))
    (graph / "phones.txt").write_text("<eps> 0\n" + "".join(f"{each[0]} {n}\n" for n, each in shaped), "utf-8")
    boundaries = "".join(f"{n} {each[2]}\n" for n, each in shaped)
    (graph / "phones" / "word_boundary.int").write_text(boundaries, "utf-8")
    (graph / "disambig_tid.int").write_text(f"{2 * len(units.transition_states) + 1}\n", "utf-8")


def _run(pipeline: str) -> None:
    environment = {**os.environ, "LD_LIBRARY_PATH": ":".join(PLUGINS)}
    subprocess.run(["bash", "-o", "pipefail", "-c", pipeline], check=True, env=environment)
