"""The WAV file into which the phone writes what it hears, readable while it grows."""

import threading
import wave
from pathlib import Path

from lianxin.softphone.errors import HeardNotWritable
from lianxin.softphone.sound import RATE


class HeardFile:
    """A 16-bit mono WAV of `RATE`, written through at once; its header states the length only after `close`.

    Written by pjsua's clock thread and closed by the main thread, hence the lock. `write` and `close` never raise, for
    an exception in the clock thread would end the process: `trouble` says what went wrong.
    """

    def __init__(self, path: Path) -> None:
        """Raises HeardNotWritable."""
        self.trouble: HeardNotWritable | None = None
        """Why nothing more is written, such as a full disk."""
        self._path = path
        self._lock = threading.Lock()
        try:
            self._raw = path.open("wb", buffering=0)
        except OSError as error:
            raise HeardNotWritable(path, error.strerror or str(error)) from None
        self._wave = wave.open(self._raw, "wb")  # noqa: SIM115 (closed in `close`)
        self._wave.setparams((1, 2, RATE, 0, "NONE", ""))

    def write(self, samples: bytes) -> None:
        """Append 16-bit samples; nothing after the file was closed."""
        with self._lock:
            if not self._raw.closed and self.trouble is None:
                try:
                    self._wave.writeframesraw(samples)
                except OSError as error:
                    self.trouble = HeardNotWritable(self._path, error.strerror or str(error))

    def close(self) -> None:
        """Finish the header."""
        with self._lock:
            if not self._raw.closed:
                try:
                    self._wave.close()
                except OSError as error:
                    self.trouble = HeardNotWritable(self._path, error.strerror or str(error))
                self._raw.close()
