"""Which prompts are played, and where: read from the source, the menu file and Asterisk's templates.

A prompt is found by its id, written out in full as a string. An id is a name of the catalogue, or looks like one:
a group of the catalogue, a dot, a name. The pieces of numbers are not looked for here: `pieces.py` names them.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ivr.prompts.catalogue import Catalogue

_FILE_ENDINGS = ("toml", "wav", "py", "conf", "json", "db", "log", "txt", "md", "html")
"""What makes `menu.toml` a file and not a prompt."""

_LOGGING = frozenset({"debug", "info", "warning", "error", "critical", "exception", "bind", "log_event"})
"""Calls whose strings name events, not prompts."""


@dataclass(frozen=True)
class Use:
    """A place where a prompt is played."""

    prompt_id: str
    file: Path
    line: int


def uses_in_python(file: Path, catalogue: Catalogue) -> Iterator[Use]:
    """String constants of a source file that are ids."""
    tree = ast.parse(file.read_text(encoding="utf-8"), str(file))
    events = {
        id(argument)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in _LOGGING
        for argument in call.args
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in events:
            continue
        if _is_id(node.value, catalogue):
            yield Use(node.value, file, node.lineno)


def uses_in_menu(file: Path, catalogue: Catalogue) -> Iterator[Use]:
    """What the menu file names as a prompt, and any other string in it that is an id."""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        setting = re.match(r'\s*(?P<key>[\w"*#-]+)\s*=\s*"(?P<value>[^"]*)"', line)
        if setting and (
            setting["key"] in ("prompt", "describe", "next", "outside_prompt") or _is_id(setting["value"], catalogue)
        ):
            yield Use(setting["value"], file, number)


def uses_in_template(file: Path, catalogue: Catalogue) -> Iterator[Use]:
    """Ids anywhere in a template of Asterisk's configuration, comments left out."""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        for word in re.findall(r"[a-z]+(?:\.[a-z0-9-]+)+", line.partition(";")[0]):
            if _is_id(word, catalogue):
                yield Use(word, file, number)


def _is_id(text: str, catalogue: Catalogue) -> bool:
    """Whether the catalogue knows the text, or it looks like a prompt of one of its groups."""
    if text in catalogue:
        return True
    group, dot, name = text.partition(".")
    looks_right = bool(dot) and re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)*", name) is not None
    return looks_right and group in catalogue.groups and name not in _FILE_ENDINGS
