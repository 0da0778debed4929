"""What can go wrong with a call from the softphone. Each message is one line that names the thing and the mend."""

from pathlib import Path


class SoftphoneError(Exception):
    """Anything that keeps the softphone from making its call."""

    error_id = "softphone"


class SoftphoneMissing(SoftphoneError):
    """pjsua2 is not installed."""

    error_id = "softphone-missing"

    def __init__(self) -> None:
        super().__init__("the softphone is not installed; pip install 'lianxin-hotline[softphone]'")


class PlanWrong(SoftphoneError):
    """A step of the plan cannot be read or cannot be done."""

    error_id = "plan-wrong"

    def __init__(self, number: int, step: str, why: str) -> None:
        super().__init__(f'step {number} of the plan, "{step}": {why}')


class AddressWrong(SoftphoneError):
    """What should be called is not a SIP address."""

    error_id = "address-wrong"

    def __init__(self, address: str) -> None:
        super().__init__(f'"{address}" is not a SIP address; write it like sip:95598@127.0.0.1:5060')


class PasswordMissing(SoftphoneError):
    """The local hotline was never started here, so its trial phone has no password yet."""

    error_id = "trial-password-missing"

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path}: no password of the trial phone there; start the hotline first (lianxin up), or say --to ADDRESS"
        )


class HeardNotWritable(SoftphoneError):
    """What is heard cannot be written where it should be."""

    error_id = "heard-not-writable"

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: what is heard cannot be written there ({why}); choose another file, or make room")


class NobodyThere(SoftphoneError):
    """Nothing came back from the address: no hotline is up there, or the network is in between."""

    error_id = "nobody-there"

    def __init__(self, address: str, why: str) -> None:
        super().__init__(f"nobody answers at {address} ({why}); is the hotline up there? (lianxin doctor)")


class NotPickedUp(SoftphoneError):
    """It rang, but the call was never answered."""

    error_id = "not-picked-up"

    def __init__(self, address: str, seconds: float) -> None:
        super().__init__(f"{address} did not pick up within {seconds:.0f} s; is the controller up? (lianxin doctor)")


class CallRefused(SoftphoneError):
    """The other side said no."""

    error_id = "call-refused"

    def __init__(self, address: str, code: int, reason: str) -> None:
        mend = {
            401: "check --user and --password",
            403: "check --user and --password",
            407: "check --user and --password",
            404: "check the number in --to",
            486: "try again when the line is free",
            488: "the other side takes neither A-law nor µ-law, or encrypted speech alone (…;transport=tls;srtp)",
        }.get(code, "that side's log knows why")
        super().__init__(f"{address} refused the call: {code} {reason}; {mend}")


class PhoneProblem(SoftphoneError):
    """The phone's process could not do what it was told; it says why itself."""

    def __init__(self, error_id: str, text: str) -> None:
        self.error_id = error_id
        super().__init__(text)


class PhoneBroken(SoftphoneError):
    """The phone's process ended, or no longer answers."""

    error_id = "phone-broken"

    def __init__(self, why: str) -> None:
        super().__init__(
            f"the softphone broke down ({why or 'it said nothing'}); call again, and report it if it stays"
        )
