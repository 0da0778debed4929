"""Where things are: the project's own data, in a checkout beside the packages and in a wheel inside; the console."""

from pathlib import Path

from lianxin.settings import Settings

_INSTALLED = Path(__file__).parent / "config"

CONFIG = _INSTALLED if _INSTALLED.is_dir() else Path(__file__).parents[1] / "config"
"""The menu file and the templates of Asterisk's configuration."""


def console_address(settings: Settings) -> str:
    """Address of the console as seen on this machine."""
    host = settings.web.host
    near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://{f'[{near}]' if ':' in near else near}:{settings.web.port}/"
