"""The menu file: which key leads where, read and checked."""

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ivr.errors import MenuInvalid

KEYS = frozenset("0123456789*#")
ACTIONS = frozenset({"again", "back"})


@dataclass(frozen=True, slots=True)
class Menu:
    """One menu: what is said, and where each key leads."""

    name: str
    prompt: str
    keys: Mapping[str, str]
    """Key → flow name, menu name, 'again' or 'back'."""


@dataclass(frozen=True, slots=True)
class Script:
    """What a flow says around the caller's message."""

    describe: str
    """Prompt before the tone."""
    next: str
    """Prompt after the case number: what happens now."""
    limit: float
    """Longest message in seconds."""


@dataclass(frozen=True, slots=True)
class MenuBook:
    """All menus and scripts of a menu file."""

    first: str
    menus: Mapping[str, Menu]
    scripts: Mapping[str, Script]


def load_menu(path: Path, flows: Collection[str], prompts: Collection[str]) -> MenuBook:
    """Read a menu file and check it against the flows and prompts there are.

    Raises MenuInvalid with file and line for anything unknown, misspelt or missing.
    """
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        raise MenuInvalid(f"{path} is not there; set ivr.menu to a menu file, or leave it out to use ours") from None
    except (OSError, UnicodeDecodeError) as error:
        raise MenuInvalid(f"{path} cannot be read ({error}); it must be a UTF-8 text file") from None
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MenuInvalid(f"{path}: {error}; write it as TOML") from None
    return _Checker(path, text, frozenset(flows), frozenset(prompts)).book(tables)


class _Checker:
    """Turns tables into a MenuBook, or says what is wrong and on which line."""

    def __init__(self, path: Path, text: str, flows: frozenset[str], prompts: frozenset[str]) -> None:
        self._path = path
        self._lines = text.splitlines()
        self._flows = flows
        self._prompts = prompts

    def book(self, tables: dict[str, Any]) -> MenuBook:
        self._only(tables, {"first", "menus", "flows"}, "")
        menus = self._table(tables, "menus", "")
        scripts = {name: self._script(name, table) for name, table in self._table(tables, "flows", "").items()}
        first = tables.get("first")
        if not isinstance(first, str) or first not in menus:
            raise self._wrong("first", "", f"first = {first!r} names no menu; choose from {_names(menus)}")
        book = {name: self._menu(name, table, frozenset(menus), frozenset(scripts)) for name, table in menus.items()}
        if "person" not in scripts:
            raise self._wrong("", "", "[flows.person] is missing; callers who press nothing right are led there")
        return MenuBook(str(first), book, scripts)

    def _menu(self, name: str, table: Any, menus: frozenset[str], scripts: frozenset[str]) -> Menu:
        place = f"menus.{name}"
        if not isinstance(table, dict):
            raise self._wrong(name, "menus", f"menu {name!r} must be a table [menus.{name}]")
        self._only(table, {"prompt", "keys"}, place)
        prompt = self._prompt(table, "prompt", place)
        keys = self._table(table, "keys", place)
        for key, target in keys.items():
            inside = f"{place}.keys"
            if key not in KEYS:
                raise self._wrong(key, inside, f'{key!r} is not a key of a telephone; use 0-9, "*" or "#"')
            if isinstance(target, str) and (target in scripts or target in menus or target in ACTIONS):
                continue
            known = _names(sorted(scripts) + sorted(menus) + sorted(ACTIONS))
            raise self._wrong(key, inside, f"key {key} leads to unknown flow {target!r}; choose from {known}")
        return Menu(name, prompt, keys)

    def _script(self, name: str, table: Any) -> Script:
        place = f"flows.{name}"
        if name not in self._flows:
            raise self._wrong("", place, f"unknown flow {name!r}; choose from {_names(sorted(self._flows))}")
        self._only(table, {"describe", "next", "limit"}, place)
        limit = table.get("limit", 90)
        if isinstance(limit, bool) or not isinstance(limit, int | float) or not 5 <= limit <= 600:
            raise self._wrong("limit", place, f"limit = {limit!r} must be a number of seconds from 5 to 600")
        return Script(self._prompt(table, "describe", place), self._prompt(table, "next", place), float(limit))

    def _prompt(self, table: dict[str, Any], key: str, place: str) -> str:
        prompt = table.get(key)
        if not isinstance(prompt, str):
            raise self._wrong(key, place, f'[{place}] needs {key} = "<prompt id>"')
        if prompt not in self._prompts:
            raise self._wrong(
                key, place, f"unknown prompt {prompt!r}; add it to the catalogue or choose one that is there"
            )
        return prompt

    def _table(self, tables: dict[str, Any], key: str, place: str) -> dict[str, Any]:
        name = f"{place}.{key}".strip(".")
        table = tables.get(key)
        if not isinstance(table, dict) or not table:
            raise self._wrong(key, place, f"[{name}] is missing or empty")
        return table

    def _only(self, table: Any, known: set[str], place: str) -> None:
        if not isinstance(table, dict):
            raise self._wrong("", place, f"[{place}] must be a table")
        for key in table:
            if key not in known:
                raise self._wrong(key, place, f"unknown name {key!r}; choose from {_names(sorted(known))}")

    def _wrong(self, key: str, place: str, why: str) -> MenuInvalid:
        line = self._line(key, place)
        return MenuInvalid(f"{self._path}, line {line}: {why}" if line else f"{self._path}: {why}")

    def _line(self, key: str, place: str) -> int:
        """Number of the line where `key` is set inside table `place`, or of the table's heading, or 0."""
        here, heading = "", 0
        for number, line in enumerate(self._lines, 1):
            if table := re.match(r"\s*\[\s*([^\]]+?)\s*\]", line):
                here = table[1].replace('"', "")
                heading = heading or (number if here == place or here == f"{place}.{key}".strip(".") else 0)
            elif here == place and key and re.match(rf"""\s*["']?{re.escape(key)}["']?\s*=""", line):
                return number
        return heading


def _names(names: Collection[str]) -> str:
    return ", ".join(names)
