"""What can go wrong between us and Asterisk. The text of each is one line that names the thing and the mend."""


class AriError(Exception):
    """Base of this room's errors."""

    error_id = "ari"


class NotFound(AriError):
    """The channel, bridge, playback, recording or variable is not there, or no longer (404)."""

    error_id = "ari-not-found"


class NotInStasis(AriError):
    """The channel exists, but is not (yet, or any more) in our application."""

    error_id = "ari-not-in-stasis"


class Conflict(AriError):
    """The request does not fit the state of the thing: the id is taken, the channel is being recorded (409, 412)."""

    error_id = "ari-conflict"


class Refused(AriError):
    """Asterisk does not understand the request: a wrong parameter or format (any other 4xx)."""

    error_id = "ari-refused"


class Unavailable(AriError):
    """Asterisk cannot be reached, is shutting down, failed inside (5xx), or did not answer in time."""

    error_id = "ari-unavailable"


class Failed(Unavailable):
    """Asterisk is there and answers, but failed inside at this one request (500)."""

    error_id = "ari-failed"


class Unauthorised(AriError):
    """Asterisk does not know this user with this password (401), or allows them to read only (403)."""

    error_id = "ari-unauthorised"


class Malformed(AriError):
    """An answer or event of Asterisk lacks what cannot be done without."""

    error_id = "ari-malformed"


class Replaced(AriError):
    """A newer controller took the application over; this one must stop, not fight for the socket."""

    error_id = "ari-replaced"


class Overflow(AriError):
    """A call fell so far behind its events that its mailbox ran over; what it would do next would be wrong."""

    error_id = "ari-overflow"


class MailboxClosed(AriError):
    """The mailbox was closed, and no event can come any more."""

    error_id = "ari-mailbox-closed"
