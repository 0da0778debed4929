"""The model's phones, their states, and the numbers that Kaldi gives them.

Every phone comes in four shapes by its place in the word (begin, end, inside, alone), as Kaldi's word boundaries want.
All shapes of a phone share its states: an initial has one, a final two, silence and unknown speech one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

SILENCE, NOISE = "SIL", "SPN"
NOISE_STATES = 3
"""Unknown speech lasts at least this many steps of 30 ms, all of the same sound."""
SHAPES = {"B": "begin", "E": "end", "I": "internal", "S": "singleton"}


@dataclass(frozen=True)
class Units:
    """What there is to hear."""

    phones: tuple[str, ...]
    """Initials first, then finals with tones; silence and noise are not among them."""

    @classmethod
    def of(cls, readings: Iterable[Sequence[str]]) -> "Units":
        """All phones that the readings use."""
        used = {phone for reading in readings for phone in reading}
        return cls(tuple(sorted(used, key=lambda phone: (phone[-1].isdigit(), phone))))

    @cached_property
    def outputs(self) -> dict[str, tuple[int, ...]]:
        """The network's outputs of each phone, one a state."""
        found: dict[str, tuple[int, ...]] = {SILENCE: (0,), NOISE: (1,)}
        count = 2
        for phone in self.phones:
            states = 2 if phone[-1].isdigit() else 1
            found[phone] = tuple(range(count, count + states))
            count += states
        return found

    @property
    def output_count(self) -> int:
        """How many outputs the network has."""
        return 1 + max(max(each) for each in self.outputs.values())

    @cached_property
    def shaped(self) -> list[tuple[str, str, str]]:
        """Name, phone and kind of word boundary of each shape; its number is its place, from one."""
        table = [(SILENCE, SILENCE, "nonword"), (f"{NOISE}_S", NOISE, "singleton")]
        return table + [(f"{phone}_{end}", phone, kind) for phone in self.phones for end, kind in SHAPES.items()]

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Shape -> number, from one."""
        return {name: number for number, (name, _, _) in enumerate(self.shaped, 1)}

    def states(self, phone: str) -> tuple[int, ...]:
        """The outputs along a phone's states."""
        return self.outputs[NOISE] * NOISE_STATES if phone == NOISE else self.outputs[phone]

    @cached_property
    def transition_states(self) -> list[tuple[int, int, int]]:
        """Shape, state and output of every transition state, in Kaldi's order; numbered from one."""
        return [
            (number, state, output)
            for number, (_, phone, _) in enumerate(self.shaped, 1)
            for state, output in enumerate(self.states(phone))
        ]

    @cached_property
    def first_state(self) -> dict[int, int]:
        """Shape -> number of its first transition state, from one."""
        first: dict[int, int] = {}
        for number, (shape, _, _) in enumerate(self.transition_states, 1):
            first.setdefault(shape, number)
        return first

    def shapes(self, phones: Sequence[str]) -> list[str]:
        """The shapes of a word's phones."""
        if len(phones) == 1:
            return [f"{phones[0]}_S"]
        return [f"{phones[0]}_B", *(f"{each}_I" for each in phones[1:-1]), f"{phones[-1]}_E"]
