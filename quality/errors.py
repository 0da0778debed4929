"""What can go wrong in judging a call. Every message is one line: the thing, then the mend."""


class QualityError(Exception):
    """Anything that this room refuses; `str()` is one line that names the thing and the mend."""

    error_id = "quality"

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(message.split()))


class RulesInvalid(QualityError):
    """A file of rules says something that cannot be."""

    error_id = "rules-invalid"


class TurnsInvalid(QualityError):
    """What was said is not given as turns."""

    error_id = "turns-invalid"


class DialogueInvalid(QualityError):
    """A written example dialogue cannot be read."""

    error_id = "dialogue-invalid"


class LegsInvalid(QualityError):
    """The two legs do not belong together, or are no sound that can be measured."""

    error_id = "legs-invalid"
