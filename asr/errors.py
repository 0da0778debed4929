"""What can go wrong between a sound file and its words. Every message is one line: the thing, then the mend."""

import os
from pathlib import Path


def shown(path: Path | str) -> str:
    """A path as it can be printed: on one line, with bytes that are no UTF-8 replaced."""
    return " ".join(os.fsencode(path).decode("utf-8", "replace").splitlines())


class AsrError(Exception):
    """Anything that this room refuses; `str()` is one line that names the thing and the mend."""

    error_id = "asr"

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(message.split()))


class AudioMissing(AsrError):
    """There is no such file."""

    error_id = "audio-missing"


class NotAudio(AsrError):
    """The file is there and is no audio that can be read."""

    error_id = "not-audio"


class EmptyAudio(AsrError):
    """The file holds no sound at all."""

    error_id = "empty-audio"


class SeveralChannels(AsrError):
    """The file has several channels and nobody said which one is the voice."""

    error_id = "several-channels"


class ChannelMissing(AsrError):
    """The asked-for channel is not in the file."""

    error_id = "channel-missing"


class ModelMissing(AsrError):
    """No model of that name is installed, and no folder of that name exists."""

    error_id = "model-missing"


class ModelUnusable(AsrError):
    """The folder is there and is no model that Vosk can load."""

    error_id = "model-unusable"

    def __init__(self, message: str, reason: str = "") -> None:
        super().__init__(message)
        self.reason = reason or str(self)


class GrammarUnusable(AsrError):
    """The model cannot be told which words to expect."""

    error_id = "grammar-unusable"


class ModelUnverified(AsrError):
    """Nobody knows the checksum of what is to be installed, and nobody agreed to do without."""

    error_id = "model-unverified"


class ModelAltered(AsrError):
    """What arrived is not what was announced: its checksum is another one."""

    error_id = "model-altered"


class ModelArchiveUnsafe(AsrError):
    """The archive is no ZIP, or it would write outside of its own folder."""

    error_id = "model-archive-unsafe"


class ModelNotFetched(AsrError):
    """The download failed; what arrived is kept and the next try goes on from there."""

    error_id = "model-not-fetched"


class ModelNotStored(AsrError):
    """The disk did not take the model."""

    error_id = "model-not-stored"


class ModelBeingInstalled(AsrError):
    """Another process installs the same model at this moment."""

    error_id = "model-being-installed"
