"""What can go wrong in the archive. Every message is one line: the thing, then the mend."""


class ArchiveError(Exception):
    """Anything that this room refuses; `str()` is one line that names the thing and the mend."""

    error_id = "archive"

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(message.split()))


class DatabaseMissing(ArchiveError):
    """There is no database where one was expected."""

    error_id = "database-missing"


class DatabaseUnreachable(ArchiveError):
    """The database does not answer, is no database, or its driver is not installed."""

    error_id = "database-unreachable"


class DatabaseTooNew(ArchiveError):
    """A newer Lianxin has changed the database; this one would not understand it."""

    error_id = "database-too-new"


class StoreUnreachable(ArchiveError):
    """The audio store cannot be read or written."""

    error_id = "store-unreachable"


class StoredFileMissing(ArchiveError):
    """The audio store has no file of that key."""

    error_id = "stored-file-missing"


class BadWav(ArchiveError):
    """The file is not a recording as Asterisk writes it. Its text is the reason that is kept with the recording."""

    error_id = "bad-wav"


class CallUnknown(ArchiveError):
    """No call of that id is in the books."""

    error_id = "call-unknown"


class TurnUnknown(ArchiveError):
    """The newest transcripts of the call have no such turn."""

    error_id = "turn-unknown"


class TextRefused(ArchiveError):
    """What a person heard cannot be kept: it is empty or too long."""

    error_id = "text-refused"


class FactRefused(ArchiveError):
    """A fact of a call cannot be kept as it was given."""

    error_id = "fact-refused"


class RecordingUnknown(ArchiveError):
    """No recording of that id was ever asked for."""

    error_id = "recording-unknown"


class UserExists(ArchiveError):
    """Somebody of that name may sign in already."""

    error_id = "user-exists"


class UserRefused(ArchiveError):
    """The name or the role of a new user will not do."""

    error_id = "user-refused"


class PasswordTooShort(ArchiveError):
    """The password has fewer characters than are asked for."""

    error_id = "password-too-short"


class UserUnknown(ArchiveError):
    """Nobody signs in by that name."""

    error_id = "user-unknown"


class NoteRefused(ArchiveError):
    """A note has no text, too much of it, or names a moment that there is not."""

    error_id = "note-refused"


class NoteUnknown(ArchiveError):
    """There is no such note of this person."""

    error_id = "note-unknown"


class TokenRefused(ArchiveError):
    """A token cannot be made with that name or for nothing."""

    error_id = "token-refused"


class TokenUnknown(ArchiveError):
    """There is no token of that number."""

    error_id = "token-unknown"


class ReviewRefused(ArchiveError):
    """A review, an answer to one, or a decision may not be made by this person, at this point, or without a reason."""

    error_id = "review-refused"


class ReviewOutdated(ArchiveError):
    """Somebody else was quicker, or the machine has judged anew: what was looked at is no longer what counts."""

    error_id = "review-outdated"


class CalibrationUnknown(ArchiveError):
    """There is no calibration of that number."""

    error_id = "calibration-unknown"


class HookRefused(ArchiveError):
    """A web hook's address or events will not do."""

    error_id = "hook-refused"


class HookUnknown(ArchiveError):
    """There is no web hook of that number."""

    error_id = "hook-unknown"


class FilterRefused(ArchiveError):
    """A filter cannot be kept under that name, or there is none to keep."""

    error_id = "filter-refused"


class AgentRefused(ArchiveError):
    """An agent cannot be like that, or cannot do that now."""

    error_id = "agent-refused"


class AgentUnknown(ArchiveError):
    """Nobody of that name has a telephone."""

    error_id = "agent-unknown"


class WordRefused(ArchiveError):
    """A word cannot be in the vocabulary, or is not in it."""

    error_id = "word-refused"


class AmendmentRefused(ArchiveError):
    """A setting cannot be changed to that, or nobody said why."""

    error_id = "amendment-refused"


class SealBroken(ArchiveError):
    """The key of the originals is missing or another one."""

    error_id = "seal-broken"


class SoundDamaged(ArchiveError):
    """A recording in the store is not what was taken in, so its sound is left as it lies."""

    error_id = "sound-damaged"
