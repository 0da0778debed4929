"""What can go wrong in triage. Every message is one line and says the mend."""


class TriageError(Exception):
    """Base of everything this room raises."""

    error_id = "triage"


class TableInvalid(TriageError):
    """A shipped table of rules or training sentences has a line that cannot be used, or is missing."""

    error_id = "triage-table-invalid"


class CallsUnreadable(TriageError):
    """A file of texts to be classified cannot be opened."""

    error_id = "calls-unreadable"
