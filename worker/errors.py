"""What can go wrong with the workers' queue. Every message is one line: the thing, then the mend."""


class WorkerError(Exception):
    """Anything that this room refuses; `str()` is one line that names the thing and the mend."""

    error_id = "worker"

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(message.split()))


class BrokerUnusable(WorkerError):
    """The broker's address will not do, its driver is not installed, or its folder cannot be written."""

    error_id = "broker-unusable"
