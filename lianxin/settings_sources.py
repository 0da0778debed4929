"""Where settings come from: the file, and names in the environment."""

import os
import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic_settings import BaseSettings, InitSettingsSource

from lianxin.errors import SettingsInvalid

PREFIX = "LIANXIN_"
OF_OTHERS = frozenset({"LIANXIN_SETTINGS", "LIANXIN_CALL_PASSWORD", "LIANXIN_CHROMIUM"})
"""Names in the environment that mean something and are no settings."""


class SettingsFile(InitSettingsSource):
    """The settings file, read: the one that LIANXIN_SETTINGS names, else lianxin.toml in the present folder."""

    def __init__(self, settings_cls: type[BaseSettings]) -> None:
        super().__init__(settings_cls, _tables())


def _tables() -> dict[str, Any]:
    """What the file says; nothing when there is none and none was named. Raises SettingsInvalid."""
    named = os.environ.get("LIANXIN_SETTINGS", "")
    file = Path(named or "lianxin.toml")
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        if not named:
            return {}
        raise SettingsInvalid(f"there is no file {named}, which LIANXIN_SETTINGS names; correct or unset it") from None
    except OSError as error:
        raise SettingsInvalid(f"{file} cannot be read: {error.strerror}; mend that, or move it away") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsInvalid(f"{file}: {error}; write it as TOML, in UTF-8") from None


def refuse_unknown_variables(settings_cls: type[BaseSettings]) -> None:
    """Refuse a name that looks like a setting of ours and is none: a slip must not go unnoticed.

    Raises SettingsInvalid.
    """
    known = {PREFIX + name.upper() for name in settings_cls.model_fields}
    for variable in sorted(os.environ):
        if variable.startswith(PREFIX) and variable not in OF_OTHERS and variable.partition("__")[0] not in known:
            near = get_close_matches(variable.removeprefix(PREFIX), _variables(settings_cls), 1)
            mend = f"{PREFIX}{near[0]} is one" if near else "see docs/settings.md for those there are"
            raise SettingsInvalid(f"{variable} in the environment is no setting; {mend}")


def _variables(model: type[BaseModel], prefix: str = "") -> list[str]:
    """The name in the environment of every setting, without our prefix."""
    names = []
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            names += _variables(kind, f"{prefix}{name.upper()}__")
        else:
            names.append(prefix + name.upper())
    return names
