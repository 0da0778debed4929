"""The console does without the table of words, and hears every sign as it did."""

import subprocess
import sys

HEAR = """
import hashlib, sys
if {without}:
    from lianxin.single_signs import leave_phrases_out
    leave_phrases_out()
import web.app
from quality.sounds import toned
from recordings.search_words import sounds
signs = [chr(code) for code in range(0x3400, 0xA000)]
heard = hashlib.sha256(repr([(sounds(sign), toned(sign)) for sign in signs]).encode()).hexdigest()
print("pypinyin.phrases_dict" in sys.modules, heard)
"""


def hear(*, without: bool) -> tuple[str, str]:
    """Whether the table of words was read, and what every sign sounds like."""
    command = [sys.executable, "-c", HEAR.format(without=without)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    was_read, heard = done.stdout.split()
    return was_read, heard


def test_without_the_table_of_words_every_sign_sounds_the_same() -> None:
    (before, heard), (now, heard_now) = hear(without=False), hear(without=True)
    assert (before, now) == ("True", "False")
    assert heard_now == heard
