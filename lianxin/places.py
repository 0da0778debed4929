"""Where the project's own data lies: in a checkout beside the packages, in an installed wheel inside this one."""

from pathlib import Path

_INSTALLED = Path(__file__).parent / "config"

CONFIG = _INSTALLED if _INSTALLED.is_dir() else Path(__file__).parents[1] / "config"
"""The menu file and the templates of Asterisk's configuration."""
