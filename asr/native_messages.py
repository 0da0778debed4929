"""Keeping what native libraries write to standard error away from the user's screen."""

import os
import re
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

STDERR = 2
_ONE_AT_A_TIME = threading.Lock()  # descriptor 2 belongs to the whole process
_NATIVE = re.compile(
    rb"^(LOG|WARNING|ERROR|FATAL|ASSERTION_FAILED)[ :(]"  # Kaldi and OpenFst
    rb"|^(Note|Warning): |^\[src/lib",  # mpg123, which libsndfile uses for MP3
)


@dataclass
class Caught:
    """What native libraries said while the block ran; complete once it has ended."""

    lines: list[str] = field(default_factory=list)
    gave_up: bool = False
    """Set by the block when the library failed: then all lines are taken for its own, usage texts and all."""

    @property
    def reason(self) -> str:
        """The last complaint, without the place in the source that it names."""
        complaints = [line for line in self.lines if line.startswith(("ERROR", "ASSERTION_FAILED"))]
        return complaints[-1].rpartition(") ")[2] if complaints else ""


@contextmanager
def native_messages() -> Iterator[Caught]:
    """Catch lines of Kaldi, OpenFst and mpg123.

    These libraries write to file descriptor 2 themselves, so nothing above can stop them. Lines of anybody else that
    come meanwhile, from another thread's log for one, are passed on when the block ends.
    """
    caught = Caught()
    with _ONE_AT_A_TIME, tempfile.TemporaryFile() as aside:
        screen = os.dup(STDERR)
        os.dup2(aside.fileno(), STDERR)
        try:
            yield caught
        finally:
            os.dup2(screen, STDERR)
            os.close(screen)
            aside.seek(0)
            for line in aside.read().splitlines(keepends=True):
                if caught.gave_up or _NATIVE.match(line):
                    caught.lines.append(line.decode("utf-8", "replace").strip())
                else:
                    os.write(STDERR, line)
