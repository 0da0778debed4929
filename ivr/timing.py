"""How long we wait for callers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Timing:
    """How long we wait for callers. All in seconds."""

    key_wait: float
    """For a key after a menu was read."""
    silence: float
    """Of silence that end a message."""
    patience: float
    """For the first word of a message."""
    notice_in_full: bool = False
    """Whether the recording notice is heard to its end even when a key is pressed."""
    speech_level: int = 256
    """Mean sample magnitude (of 32767) from which a 20 ms frame counts as speech; 256 is Asterisk's own default."""
    key_gap: float = 4.0
    """Between two digits of a number; longer means that it is complete."""
    number_wait: float = 30.0
    """For a number as a whole; every digit begins it anew, so whoever goes on pressing is never cut short."""
    tries: int = 3
    """How often something is asked before we stop asking."""

    @property
    def talk_detection(self) -> str:
        """The value of Asterisk's TALK_DETECT: milliseconds of silence that end speech, and the level of speech."""
        return f"{round(self.silence * 1000)},{self.speech_level}"
