"""Pinyin of single signs alone: the table of whole words takes 40 MB, and the console never reads it."""

import os


def leave_phrases_out() -> None:
    """Have pypinyin read its table of signs only; call it before anything imports that.

    Search and rules ask for one sign at a time, and a sign by itself sounds the same either way.
    """
    os.environ["PYPINYIN_NO_PHRASES"] = "1"
