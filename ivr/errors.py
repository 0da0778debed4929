"""What can go wrong on the telephone side, apart from the line itself."""


class IvrError(Exception):
    """Base of this room's errors; its text is one line that names the thing and the mend."""

    error_id = "ivr"


class MenuInvalid(IvrError):
    """The menu file names something that does not exist, or cannot be read."""

    error_id = "menu-invalid"


class RecordingNotStarted(IvrError):
    """Asterisk did not begin a recording in time, or refused it."""

    error_id = "recording-not-started"


class PromptNotPlayed(IvrError):
    """A prompt was not heard although the caller is there."""

    error_id = "prompt-not-played"


class BooksSlow(IvrError):
    """An entry in the books took too long for somebody who is on the line."""

    error_id = "books-slow"


class AccountsAway(IvrError):
    """Bills cannot be looked up now: the back end is down, slow, or answers what we do not understand."""

    error_id = "accounts-away"


class HungUp(Exception):
    """The caller has left. Flows let it pass; the conversation's end takes care of the rest."""


class AsksForPerson(Exception):
    """The caller pressed 0 where a person can be asked for."""


class GoesBack(Exception):
    """The caller pressed * to go back."""


class AgentLeft(Exception):
    """The agent's telephone is gone from the call, or never came: the agent hung up, or did not answer."""
