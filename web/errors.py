"""What can go wrong in the console. Each error carries the HTTP status and the text of its page."""

from collections.abc import Mapping
from types import MappingProxyType


class WebError(Exception):
    """Base of this room's errors; its text is one line that names the thing and the mend."""

    error_id = "web"
    status = 400
    """HTTP status of the page that shows it."""
    text_id = "error.bad-request"
    """The phrase of the page that shows it."""
    values: Mapping[str, str] = MappingProxyType({})
    """What the phrase's braces are filled with."""


class FilterUnknown(WebError):
    """A filter in the address has a value that means nothing."""

    error_id = "filter-unknown"
    text_id = "error.bad-filter"

    def __init__(self, name: str, value: str) -> None:
        super().__init__(f"filter {name} does not know {value!r}; choose one from the page of calls")
        self.values = {"name": name, "value": value[:40]}


class CategoryUnknown(WebError):
    """A correction names no category."""

    error_id = "category-unknown"

    def __init__(self, value: str) -> None:
        super().__init__(f"{value[:40]!r} is no category; send the form of the call's page")


class CallMissing(WebError):
    """No call has this id."""

    error_id = "call-missing"
    status = 404
    text_id = "error.call-missing"

    def __init__(self, call_id: str) -> None:
        super().__init__(f"no call has the id {call_id[:40]!r}; open it from the list of calls")


class SheetMissing(WebError):
    """A call has no sheet: it was not judged, or no agent spoke in it."""

    error_id = "sheet-missing"
    status = 404
    text_id = "error.sheet-missing"

    def __init__(self, call_id: str) -> None:
        super().__init__(f"call {call_id[:40]!r} has no sheet; only a call in which an agent spoke gets one")


class CaseMissing(WebError):
    """No case has this number."""

    error_id = "case-missing"
    status = 404
    text_id = "error.case-missing"

    def __init__(self, number: int) -> None:
        super().__init__(f"there is no case {number}; open it from the list of cases")


class CaseMovedOn(WebError):
    """A case is not where it could be moved on from like that."""

    error_id = "case-moved-on"
    status = 409


class OutageMissing(WebError):
    """No outage has this number."""

    error_id = "outage-missing"
    status = 404
    text_id = "error.not-found"

    def __init__(self, number: int) -> None:
        super().__init__(f"there is no outage {number}; open the page of outages again")


class UserMissing(WebError):
    """No user has this id."""

    error_id = "user-missing"
    status = 404
    text_id = "error.not-found"

    def __init__(self, user_id: int) -> None:
        super().__init__(f"no user has the id {user_id}; open the page of people again")


class RuleUnknown(WebError):
    """No rule of quality has this id."""

    error_id = "rule-unknown"
    status = 404
    text_id = "error.not-found"

    def __init__(self, rule_id: str) -> None:
        super().__init__(f"there is no rule {rule_id[:40]!r}; open the page of the system again")


class TokenNumberUnknown(WebError):
    """No token has this number."""

    error_id = "token-number-unknown"
    status = 404
    text_id = "error.not-found"

    def __init__(self, number: int) -> None:
        super().__init__(f"there is no token {number}; open the page of programs again")


class HookMissing(WebError):
    """No web hook has this number, or it was removed."""

    error_id = "hook-missing"
    status = 404
    text_id = "error.not-found"

    def __init__(self, number: int) -> None:
        super().__init__(f"there is no web hook {number}; open the page of programs again")


class NothingToRestore(WebError):
    """There is no classifier before the one in use, or it cannot be read."""

    error_id = "nothing-to-restore"
    status = 409


class TokenMissing(WebError):
    """A program came without a token, or with one that is not good any more."""

    error_id = "token-missing"
    status = 401

    def __init__(self) -> None:
        super().__init__("no good token; send `Authorization: Bearer …` with one from `lianxin token make`")


class ScopeMissing(WebError):
    """A token is not for this, or its user may not do it."""

    error_id = "scope-missing"
    status = 403

    def __init__(self, scope: str) -> None:
        super().__init__(f"this token is not for {scope or 'this'}; make one with that scope for a user who may do it")


class TooFast(WebError):
    """A token asks more often than one may."""

    error_id = "too-fast"
    status = 429

    def __init__(self, seconds: int) -> None:
        super().__init__(f"too many questions in this minute; ask again in {seconds} s")
        self.seconds = seconds


class RequestUnreadable(WebError):
    """The body or the address of a request to the API is not as its description says."""

    error_id = "request-unreadable"

    def __init__(self, why: str) -> None:
        super().__init__(f"{why}; see /api/v1/openapi.json")


class TurnMissing(WebError):
    """A correction names a turn that the call does not have, or not any more."""

    error_id = "turn-missing"
    status = 404
    text_id = "error.turn-missing"

    def __init__(self, turn_id: int) -> None:
        super().__init__(f"this call has no turn {turn_id} in its newest transcript; reload its page")


class RepairUnknown(WebError):
    """A form names a word that no vocabulary put right."""

    error_id = "repair-unknown"

    def __init__(self, word: str) -> None:
        super().__init__(f"word {word[:40]!r} of this turn was not put right; send the form of the call's page")


class FactKindUnknown(WebError):
    """A fact names no kind."""

    error_id = "fact-kind-unknown"

    def __init__(self, value: str) -> None:
        super().__init__(f"{value[:40]!r} is no kind of fact; send the form of the call's page")


class AudioMissing(WebError):
    """A recording is not in the store, or not of this call."""

    error_id = "audio-missing"
    status = 404
    text_id = "error.audio-missing"

    def __init__(self, recording_id: str) -> None:
        super().__init__(f"recording {recording_id[:40]!r} is not in the store; see lianxin account")


class AudioNotMasked(WebError):
    """A recording holds personal data that cannot be beeped over, yet or at all, and the reader may not hear it."""

    error_id = "audio-not-masked"
    status = 404
    text_id = "error.audio-not-masked"

    def __init__(self, recording_id: str) -> None:
        super().__init__(f"recording {recording_id[:40]!r} is not masked yet; wait, or run lianxin redact --archive")


class AudioNotJoined(WebError):
    """The recordings of a call cannot be heard together: they are not of one kind."""

    error_id = "audio-not-joined"
    status = 404
    text_id = "error.audio-not-joined"

    def __init__(self, call_id: str) -> None:
        super().__init__(f"the recordings of call {call_id[:40]!r} do not fit together; hear each by itself")


class PortInUse(WebError):
    """Another process listens where the console should."""

    error_id = "port-in-use"

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"port {port} on {host} is in use; end what listens there or set web.port (LIANXIN_WEB__PORT) to a free one"
        )


class AddressRefused(WebError):
    """The system will not let the console listen at its address."""

    error_id = "address-refused"

    def __init__(self, host: str, port: int, why: str) -> None:
        super().__init__(
            f"cannot listen on {host} port {port} ({why}); set web.host and web.port to an address of this machine"
        )
