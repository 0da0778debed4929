"""Errors of the command itself, and the list of all that the command line turns into one line and exit code 2."""

from pydantic import ValidationError


class LianxinError(Exception):
    """Base of this floor's errors; its text is one line that names the thing and the mend."""

    error_id = "lianxin"


class SettingsInvalid(LianxinError):
    """The settings file or an environment variable says something that cannot be."""

    error_id = "settings-invalid"


class HotlineRunning(LianxinError):
    """A hotline runs in the same folder already."""

    error_id = "hotline-running"


class PartNotReady(LianxinError):
    """A part of the hotline did not come up in time."""

    error_id = "part-not-ready"


class BenchmarkIncomplete(LianxinError):
    """What a benchmark compares with is not there."""

    error_id = "benchmark-incomplete"


class ReferencesInvalid(LianxinError):
    """The table that says what is said in recordings cannot be used."""

    error_id = "references-invalid"


class PartMissing(LianxinError):
    """A program that a comparison needs is not installed."""

    error_id = "part-missing"


def known_errors() -> tuple[type[Exception], ...]:
    """Every room's base of errors. Imported here and not above, so that a command starts quickly."""
    from asr.errors import AsrError
    from ivr.ari.errors import AriError
    from ivr.errors import IvrError
    from ivr.prompts.errors import PromptError
    from lianxin.asterisk.errors import AsteriskError
    from lianxin.softphone.errors import SoftphoneError
    from orders.errors import OrdersError
    from quality.errors import QualityError
    from recordings.errors import ArchiveError
    from triage.errors import TriageError
    from web.errors import WebError
    from worker.errors import WorkerError

    return (
        LianxinError, AsrError, AriError, IvrError, OrdersError, PromptError, AsteriskError, SoftphoneError,
        ArchiveError, QualityError, TriageError, WebError, WorkerError,
    )  # fmt: skip


def settings_error(error: ValidationError) -> SettingsInvalid:
    """The first fault of the settings, as a sentence."""
    fault = error.errors()[0]
    name = ".".join(str(part) for part in fault["loc"])
    variable = "LIANXIN_" + "__".join(str(part) for part in fault["loc"]).upper()
    more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
    if fault["type"] == "extra_forbidden":
        return SettingsInvalid(f"there is no setting {name}; see docs/settings.md for those there are{more}")
    why = fault["msg"].removeprefix("Value error, ")
    return SettingsInvalid(f"setting {name} = {fault['input']!r}: {why}; mend it in lianxin.toml or {variable}{more}")
