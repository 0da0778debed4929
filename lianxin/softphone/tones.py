"""Keys as tones in the sound, as old telephones and some gateways send them."""

import numpy as np
from numpy.typing import NDArray

from lianxin.softphone.sound import RATE

ROWS = {"123": 697, "456": 770, "789": 852, "*0#": 941}
"""Hertz of the lower tone of each row of keys (ITU-T Q.23)."""
COLUMNS = {"147*": 1209, "2580": 1336, "369#": 1477}
"""Hertz of the higher tone of each column."""
TONE_SECONDS = 0.2
"""How long a key sounds; a receiver must take 0.04 s (ITU-T Q.24)."""
AMPLITUDE = 0.18
"""Of each tone: −15 dBFS, in the middle of what telephones send."""


def tone(key: str) -> NDArray[np.int16]:
    """The sound of a key, 16-bit samples at the phone's rate. Raises StopIteration for what is no key."""
    time = np.arange(round(TONE_SECONDS * RATE)) / RATE
    pair = (next(hertz for keys, hertz in table.items() if key in keys) for table in (ROWS, COLUMNS))
    sound = sum(AMPLITUDE * np.sin(2 * np.pi * hertz * time) for hertz in pair)
    return np.round(np.asarray(sound) * 32767).astype(np.int16)
