"""The way out: through which trunk residents are called, and as whom."""

from dataclasses import dataclass

from orders.errors import CallbackRefused

ENDPOINT = "outgoing"
"""Name of the PJSIP endpoint that is there for callbacks and nothing else."""
CALLBACK = "callback-"
"""How ids of channels begin that carry a callback; the attempt's id follows."""
TRIAL = "trial"
"""In place of a trunk: only addresses that somebody named are called."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """How callbacks leave the house."""

    trunk: str
    """Host, or host:port, of the SIP trunk; `trial` calls only addresses that were named."""
    caller_id: str
    """The number that residents see."""
    ring: int = 30
    """Seconds that it may ring."""

    @property
    def is_trial(self) -> bool:
        """Whether only addresses that somebody named are called."""
        return self.trunk == TRIAL

    def endpoint(self, whom: str) -> str:
        """What Asterisk is told to call: a SIP address, or a number through the trunk.

        Raises CallbackRefused for a number in a trial.
        """
        if whom.startswith("sip:"):
            return f"PJSIP/{ENDPOINT}/{whom}"
        if self.is_trial:
            raise CallbackRefused("no number is called in a trial; name an address with --to, or set callback.trunk")
        return f"PJSIP/{ENDPOINT}/sip:{whom}@{self.trunk}"


def channel_of(attempt_id: str) -> str:
    """Id of the channel of an attempt: one follows from the other, so that both can be found again."""
    return f"{CALLBACK}{attempt_id}"


def attempt_of(channel_id: str) -> str:
    """The attempt whose channel this is."""
    return channel_id.removeprefix(CALLBACK)


def result_of(cause: int) -> str:
    """What the Q.850 cause of a call that was not answered means for whoever tries again (ITU-T Q.850, table 1)."""
    if cause == 17:
        return "busy"
    if cause == 21:
        return "refused"
    if cause in (0, 16, 18, 19, 102):  # given up while it rang, no answer, recovery on timer expiry
        return "no-answer"
    return "unreachable"
