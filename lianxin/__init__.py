"""The `lianxin` command, the settings, and the composition of all parts."""

__version__ = "0.1.0"
