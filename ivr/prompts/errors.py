"""What can go wrong with prompts."""

from pathlib import Path


class PromptError(Exception):
    """Base of every prompt error; the message is one line with its mend."""

    error_id = "prompt"


class CatalogueInvalid(PromptError):
    """The catalogue cannot be read, or an entry of it is not a text."""

    error_id = "prompt-catalogue-invalid"


class PromptUnplayable(PromptError):
    """A prompt's audio is not what Asterisk can play on the line."""

    error_id = "prompt-unplayable"


class PromptMissing(PromptError):
    """An id that the catalogue does not know, or that has no audio."""

    error_id = "prompt-missing"


class OwnFolderMissing(PromptError):
    """The folder of the utility's own recordings is not there."""

    error_id = "prompt-folder-missing"

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder}: no such folder of recordings; make it, or leave the setting ivr.prompts empty")


class NumberOutOfRange(PromptError):
    """A number that cannot be assembled from the pieces."""

    error_id = "prompt-number-out-of-range"


class VoiceUnavailable(PromptError):
    """A synthetic voice whose programs or files are not there."""

    error_id = "prompt-voice-unavailable"


class VoiceBroken(PromptError):
    """A synthetic voice whose files are not the ones we know, or that cannot speak a line."""

    error_id = "prompt-voice-broken"


class FolderNotWritable(PromptError):
    """A folder into which prompts should be written, and cannot."""

    error_id = "prompt-folder-not-writable"

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(f"{folder}: cannot write prompts there ({reason}); name another folder with --into")
