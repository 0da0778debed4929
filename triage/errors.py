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


class LabelsPoisoned(TriageError):
    """Somebody's labels contradict too often what is beyond doubt; nothing was learnt from any."""

    error_id = "labels-poisoned"


class LabelsUnusable(TriageError):
    """A file of labels cannot be read, or a line of it is no label."""

    error_id = "labels-unusable"
