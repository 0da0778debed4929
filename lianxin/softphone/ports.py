"""The phone's ear and mouth: two media ports through which every 20 ms of sound passes.

pjsua2's own recorder and player would do, but the recorder holds back up to half a second of what it heard. These ports
hand on each frame at once. They are called from pjsua's clock thread, and an exception in there ends the process: they
touch only deques, and a file that never raises.
"""

from collections import deque

import numpy as np
import pjsua2 as pj
from numpy.typing import NDArray

from lianxin.softphone.heard import HeardFile
from lianxin.softphone.sound import RATE

FRAME = RATE // 50
"""Samples in a frame: 20 ms, as RTP carries G.711."""
SILENCE = bytes(2 * FRAME)


def line_format() -> pj.MediaFormatAudio:
    """The format of both ports: 8 kHz, one channel, 16 bit, 20 ms frames."""
    audio = pj.MediaFormatAudio()
    audio.init(pj.PJMEDIA_FORMAT_PCM, RATE, 1, 20_000, 16)
    return audio


class Ear(pj.AudioMediaPort):  # type: ignore[misc]
    """Counts what is heard and writes it down, frame by frame, while `open`."""

    def __init__(self, heard: HeardFile | None) -> None:
        super().__init__()
        self.open = False
        self._heard = heard
        self._frames = 0

    @property
    def seconds(self) -> float:
        """Seconds heard so far."""
        return self._frames * FRAME / RATE

    def onFrameReceived(self, frame: pj.MediaFrame) -> None:  # noqa: N802
        """Take a frame; an empty one means silence."""
        if self.open:
            self._frames += 1
            if self._heard is not None:
                self._heard.write(bytes(frame.buf) if frame.type == pj.PJMEDIA_FRAME_TYPE_AUDIO else SILENCE)


class Mouth(pj.AudioMediaPort):  # type: ignore[misc]
    """Says what it was given, one file after the other, and silence in between, so that RTP never stops."""

    def __init__(self) -> None:
        super().__init__()
        self._frames: deque[tuple[bytes, str | None]] = deque()
        self.said: deque[str] = deque()
        """Names of what was said to its end, for the main thread to take out."""

    def say(self, name: str, samples: NDArray[np.int16]) -> None:
        """Say 16-bit samples after what is still being said; `name` is in `said` when they are over."""
        whole = np.pad(samples, (0, -len(samples) % FRAME)).astype("<i2").tobytes()
        last = len(whole) - len(SILENCE)
        for start in range(0, len(whole), len(SILENCE)):
            self._frames.append((whole[start : start + len(SILENCE)], name if start == last else None))

    def interject(self, samples: NDArray[np.int16]) -> None:
        """Say 16-bit samples at once; what is being said goes on after them."""
        whole = np.pad(samples, (0, -len(samples) % FRAME)).astype("<i2").tobytes()
        for start in range(len(whole) - len(SILENCE), -1, -len(SILENCE)):
            self._frames.appendleft((whole[start : start + len(SILENCE)], None))

    def onFrameRequested(self, frame: pj.MediaFrame) -> None:  # noqa: N802
        """Hand out the next frame."""
        sound, finished = self._frames.popleft() if self._frames else (SILENCE, None)
        frame.type = pj.PJMEDIA_FRAME_TYPE_AUDIO
        frame.buf = pj.ByteVector(sound)
        if finished is not None:
            self.said.append(finished)
