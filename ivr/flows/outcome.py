"""How a call can end."""

from enum import StrEnum


class Outcome(StrEnum):
    """What came of a call. Kept with it, and shown in the console."""

    REPORTED = "reported"
    """A fault was reported and has a case number."""
    ASKED = "asked"
    """A billing question was taken and has a case number."""
    COMPLAINED = "complained"
    """A complaint was heard and has a case number."""
    MESSAGE_LEFT = "message-left"
    """A voicemail was left; somebody must call back."""
    INFORMED = "informed"
    """The caller was told what there is to know, and needs nothing more."""
    SOLVED = "solved"
    """A resident whom we called back said that it is solved."""
    NOT_SOLVED = "not-solved"
    """A resident whom we called back said that it is not, and the case was taken up anew."""
    SILENT = "silent"
    """A resident whom we called back pressed nothing."""
    MACHINE = "machine"
    """An answering machine took our callback."""
    SPOKEN = "spoken"
    """The caller spoke to an agent."""
    HUNG_UP = "hung-up"
    """The caller left before the flow was through."""
    LOST = "lost"
    """The line or the controller went away in mid-call."""
    FALLBACK = "fallback"
    """The controller was away or failed; Asterisk alone took a voicemail."""
