"""The menu file: which key leads where, read and checked."""

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from ivr.errors import MenuInvalid
from ivr.hours import Hours, HoursWrong, read_hours
from ivr.menu_book import ACTIONS, ALWAYS, KEYS, Announcement, Answer, Gate, Menu, MenuBook, Script

KINDS = ("message", "information")
"""What a branch of the menu file's own can be."""
GATE = frozenset({"hours", "outside", "outside_prompt"})
"""What every menu and flow may say about its opening hours."""
NAME = re.compile(r"[\w-]{1,40}")
"""How a menu or a branch may be called: its name goes into the call's path and the case."""


def load_menu(
    path: Path, flows: Collection[str], prompts: Collection[str], answers: Collection[str] = frozenset()
) -> MenuBook:
    """Read a menu file and check it against the flows and prompts there are.

    `answers` are flows that need no table of their own, for they take no message; one may give their opening hours.
    Raises MenuInvalid with file and line for anything unknown, misspelt or missing.
    """
    return read_menu(menu_text(path), path, flows, prompts, answers)


def menu_text(path: Path) -> str:
    """What a menu file says. Raises MenuInvalid when it cannot be read."""
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        raise MenuInvalid(f"{path} is not there; set ivr.menu to a menu file, or leave it out to use ours") from None
    except (OSError, UnicodeDecodeError) as error:
        raise MenuInvalid(f"{path} cannot be read ({error}); it must be a UTF-8 text file") from None


def read_menu(
    text: str, path: Path, flows: Collection[str], prompts: Collection[str], answers: Collection[str] = frozenset()
) -> MenuBook:
    """The same of a text, which errors call `path`. Raises MenuInvalid."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MenuInvalid(f"{path}: {error}; write it as TOML") from None
    return MenuFile(path, text, frozenset(flows), frozenset(prompts), frozenset(answers)).book(tables)


class MenuFile:
    """Turns tables into a MenuBook, or says what is wrong and on which line."""

    def __init__(
        self, path: Path, text: str, flows: frozenset[str], prompts: frozenset[str], answers: frozenset[str]
    ) -> None:
        self._path = path
        self._lines = text.splitlines()
        self._flows = flows
        self._prompts = prompts
        self._answers = answers

    def book(self, tables: dict[str, Any]) -> MenuBook:
        """The whole file. Raises MenuInvalid."""
        self._only(tables, {"first", "english", "menus", "flows", "hours"}, "")
        menus, flows = self._table(tables, "menus", ""), self._table(tables, "flows", "")
        self._names(menus, flows)
        hours = {name: self._hours(name, table) for name, table in self._optional(tables, "hours", "").items()}
        first = tables.get("first")
        if not isinstance(first, str) or first not in menus:
            raise self._wrong("first", "", f"first = {first!r} names no menu; choose from {_names(menus)}")
        if "person" not in flows:
            raise self._wrong("", "", "[flows.person] is missing; callers who press nothing right are led there")
        targets = frozenset(menus) | frozenset(flows) | self._answers
        answers = {n: self._answer(n, flows.get(n, {}), targets, hours) for n in sorted(self._answers)}
        flows = {name: table for name, table in flows.items() if name not in answers}
        scripts = {n: self._script(n, t, targets, hours) for n, t in flows.items() if not _informs(t)}
        told = {n: self._announcement(n, t, targets, hours) for n, t in flows.items() if _informs(t)}
        read = {name: self._menu(name, table, targets, hours) for name, table in menus.items()}
        english = self._english(tables, read[str(first)])
        if english:
            read[str(first)] = replace(read[str(first)], keys={**read[str(first)].keys, english: "english"})
        book = MenuBook(str(first), read, scripts, told, answers, english)
        self._no_circle(book)
        return book

    def _english(self, tables: dict[str, Any], first: Menu) -> str:
        """The key that chooses English, which the notice offers; the first menu must have it free."""
        key = tables.get("english", "")
        if key == "":
            return ""
        if key not in KEYS - set(ALWAYS):
            raise self._wrong("english", "", f'english = {key!r} is no key that is free; choose one of 1-9 or "#"')
        if first.keys.get(key, "english") != "english":
            there = f"menus.{first.name}.keys"
            raise self._wrong(key, there, f"key {key} leads to {first.keys[key]!r}, but chooses English; take another")
        return str(key)

    def _names(self, menus: Mapping[str, Any], flows: Mapping[str, Any]) -> None:
        """Every name means one thing."""
        for place, tables in (("menus", menus), ("flows", flows)):
            for name in tables:
                if not NAME.fullmatch(name):
                    raise self._wrong(name, place, f"{name!r} cannot be a name; use letters, digits and hyphens only")
                if name in ACTIONS:
                    raise self._wrong(name, place, f"{name!r} is what a key does; choose another name")
        for name in menus:
            if name in flows or name in self._flows:
                raise self._wrong(name, "menus", f"menu {name!r} has the name of a flow; choose another name")

    def _menu(self, name: str, table: Any, targets: frozenset[str], hours: Mapping[str, Hours]) -> Menu:
        place = f"menus.{name}"
        self._only(table, {"prompt", "keys", *GATE}, place)
        keys = self._table(table, "keys", place)
        for key, target in keys.items():
            inside = f"{place}.keys"
            if key not in KEYS:
                raise self._wrong(key, inside, f'{key!r} is not a key of a telephone; use 0-9, "*" or "#"')
            if not isinstance(target, str) or target not in targets | ACTIONS:
                known = _names(sorted(targets) + sorted(ACTIONS))
                raise self._wrong(key, inside, f"key {key} leads to unknown flow {target!r}; choose from {known}")
            if (always := ALWAYS.get(key, target)) != target:
                raise self._wrong(
                    key,
                    inside,
                    f"key {key} leads to {target!r}, but callers rely on {key} for {always!r}; take another",
                )
        gate = self._gate(table, place, targets, hours)
        return Menu(name, self._prompt(table, "prompt", place), {**keys, **ALWAYS}, gate)

    def _script(self, name: str, table: Any, targets: frozenset[str], hours: Mapping[str, Hours]) -> Script:
        place = f"flows.{name}"
        self._known(name, table, place)
        self._only(table, {"kind", "describe", "next", "limit", *GATE}, place)
        limit = table.get("limit", 90)
        if isinstance(limit, bool) or not isinstance(limit, int | float) or not 5 <= limit <= 600:
            raise self._wrong("limit", place, f"limit = {limit!r} must be a number of seconds from 5 to 600")
        describe, after = self._prompt(table, "describe", place), self._prompt(table, "next", place)
        return Script(describe, after, float(limit), self._gate(table, place, targets, hours))

    def _announcement(self, name: str, table: Any, targets: frozenset[str], hours: Mapping[str, Hours]) -> Announcement:
        place = f"flows.{name}"
        self._known(name, table, place)
        self._only(table, {"kind", "prompt", "then", *GATE}, place)
        then = table.get("then", "back")
        if then not in ("back", "goodbye"):
            raise self._wrong("then", place, f"then = {then!r}; choose from back, goodbye")
        return Announcement(self._prompt(table, "prompt", place), then, self._gate(table, place, targets, hours))

    def _answer(self, name: str, table: Any, targets: frozenset[str], hours: Mapping[str, Hours]) -> Answer:
        place = f"flows.{name}"
        self._only(table, GATE, place)
        return Answer(self._gate(table, place, targets, hours))

    def _known(self, name: str, table: Any, place: str) -> None:
        """A flow is one of ours, which has no kind, or a branch of the file's own, which has one."""
        kind = table.get("kind") if isinstance(table, dict) else None
        if name in self._flows and kind is not None:
            raise self._wrong(
                "kind", place, f"{name!r} is a flow of ours and has no kind; give your branch another name"
            )
        if name not in self._flows and kind is None:
            ours = _names(sorted(self._flows))
            raise self._wrong(
                "",
                place,
                f"unknown flow {name!r}; choose from {ours}, or give it kind = {' or '.join(map(repr, KINDS))}",
            )
        if kind is not None and kind not in KINDS:
            raise self._wrong("kind", place, f"kind = {kind!r}; choose from {_names(KINDS)}")

    def _hours(self, name: str, table: Any) -> Hours:
        if not isinstance(table, dict):
            raise self._wrong(name, "hours", f"[hours.{name}] must be a table")
        try:
            return read_hours(name, table)
        except HoursWrong as wrong:
            place = f"hours.{name}"
            inside = f"{place}.dates" if wrong.key in (table.get("dates") or ()) else place
            raise self._wrong(wrong.key, inside, str(wrong)) from None

    def _gate(
        self, table: dict[str, Any], place: str, targets: frozenset[str], hours: Mapping[str, Hours]
    ) -> Gate | None:
        """Opening hours, and what happens outside them."""
        if "hours" not in table:
            for key in ("outside", "outside_prompt"):
                if key in table:
                    raise self._wrong(key, place, f'[{place}] has {key} but no hours; add hours = "<name of hours>"')
            return None
        if (name := table["hours"]) not in hours:
            known = _names(hours) or "none yet: add a table [hours.office]"
            raise self._wrong("hours", place, f"unknown hours {name!r}; choose from {known}")
        outside = table.get("outside")
        if not isinstance(outside, str) or outside not in targets | {"back"}:
            known = _names([*sorted(targets), "back"])
            raise self._wrong("outside", place, f"[{place}] needs outside, where callers go then; choose from {known}")
        return Gate(
            hours[name], outside, self._prompt(table, "outside_prompt", place) if "outside_prompt" in table else ""
        )

    def _no_circle(self, book: MenuBook) -> None:
        """Outside the hours a caller must arrive somewhere, and nobody may hear the same thing for ever."""
        for name in book.names:
            seen = [name]
            while (gate := book.gate(seen[-1])) is not None:
                starts_over = name == book.first and (
                    gate.outside == "back" or getattr(book.announcements.get(gate.outside), "then", "") == "back"
                )
                if gate.outside in seen or starts_over:
                    place = f"{'menus' if seen[-1] in book.menus else 'flows'}.{seen[-1]}"
                    way = " → ".join(
                        [*seen, gate.outside, *(["back"] if starts_over and gate.outside != "back" else [])]
                    )
                    raise self._wrong("outside", place, f"outside leads round in a circle ({way}); lead it elsewhere")
                seen.append(gate.outside)

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

    def _optional(self, tables: dict[str, Any], key: str, place: str) -> dict[str, Any]:
        return self._table(tables, key, place) if key in tables else {}

    def _only(self, table: Any, known: Collection[str], place: str) -> None:
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


def _informs(table: Any) -> bool:
    return isinstance(table, dict) and table.get("kind") == "information"


def _names(names: Collection[str]) -> str:
    return ", ".join(names)
