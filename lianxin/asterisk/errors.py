"""What can go wrong around Asterisk. Each message is one line that names the thing and the mend."""


class AsteriskError(Exception):
    """Base of everything that this room raises."""

    error_id = "asterisk"


class AsteriskMissing(AsteriskError):
    """There is no Asterisk: none in the settings, none on PATH, none fetched."""

    error_id = "asterisk-missing"


class AsteriskTooOld(AsteriskError):
    """The Asterisk that was found is older than 20."""

    error_id = "asterisk-too-old"


class AsteriskUnusable(AsteriskError):
    """The Asterisk that was found does not run here, or lacks modules that the hotline needs."""

    error_id = "asterisk-unusable"


class SystemUnsupported(AsteriskError):
    """Asterisk can not be fetched on this system, which is neither Debian nor Ubuntu."""

    error_id = "system-unsupported"


class PackagesUnavailable(AsteriskError):
    """The packages could not be fetched or unpacked: no network, no mirror, no space."""

    error_id = "packages-unavailable"


class SettingUnfit(AsteriskError):
    """A setting, or a folder that follows from one, can not be written into Asterisk's configuration."""

    error_id = "setting-unfit"


class PromptAbsent(AsteriskError):
    """A prompt that the dialplan plays by itself is not in the prompts folder."""

    error_id = "prompt-absent"


class PortInUse(AsteriskError):
    """A port that Asterisk shall listen on is taken, or may not be taken."""

    error_id = "port-in-use"


class AsteriskNotUp(AsteriskError):
    """Asterisk was started but did not come up; the message quotes the last word of its log."""

    error_id = "asterisk-not-up"
