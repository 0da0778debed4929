"""Reading rules from TOML: every mistake is named with its file and rule."""

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

from quality.errors import RulesInvalid
from quality.examples_file import read_examples
from quality.phrases import Match, Phrase
from quality.rule import Condition, Item, Kind, Little, Place, Rule
from quality.turns import CHANNELS

MEASURED = frozenset({Kind.RATE, Kind.INTERRUPTION, Kind.SILENCE, Kind.DURATION, Kind.LOUDNESS, Kind.ALIKE})
WORDED = frozenset({Kind.KEYWORD, Kind.FORBIDDEN})
SPARES = frozenset(name for name in Rule.__dataclass_fields__ if name.startswith("spare_"))
LISTS = frozenset({"phrases", "prefix", "exact_utterance"}) | SPARES
FIELDS = frozenset(Rule.__dataclass_fields__) - {"condition"} | LISTS | {"if"}
CONDITIONS = frozenset(Condition.__dataclass_fields__)
PLACES = frozenset(Place.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All rules that hold."""

    rules: tuple[Rule, ...]

    @classmethod
    def load(cls, files: Sequence[Path]) -> Self:
        """Read the rules of these files. Raises RulesInvalid, also when an id comes twice."""
        rules = [rule for file in files for rule in _read_file(file)]
        known: set[str] = set()
        for rule in rules:
            if rule.id in known:
                raise RulesInvalid(f"rule {rule.id} is there twice; give one of them another id")
            known.add(rule.id)
        if not rules:
            raise RulesInvalid(f"there is no rule in {', '.join(map(str, files)) or 'no file'}; write one as [[rule]]")
        return cls(tuple(rules))

    @classmethod
    def of_folder(cls, folder: Path) -> Self:
        """The rules of all `*.toml` files of a folder, in the order of their names. Raises RulesInvalid."""
        files = sorted(folder.glob("*.toml"))
        if not files:
            raise RulesInvalid(f"{folder}: no *.toml there; give a folder with rules")
        return cls.load(files)

    def amended(self, points: Mapping[str, int], off: Collection[str]) -> Self:
        """These rules at other points, by their ids, and without those that are off; ids of no rule do nothing."""
        kept = (rule for rule in self.rules if rule.id not in off)
        return type(self)(tuple(replace(rule, points=points.get(rule.id, rule.points)) for rule in kept))


def _read_file(file: Path) -> list[Rule]:
    try:
        tables = tomllib.loads(file.read_text("utf-8-sig"))
    except OSError as error:
        raise RulesInvalid(f"{file}: {error.strerror}; give a readable file of rules") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RulesInvalid(f"{file}: {error}; mend the TOML there") from error
    if (other := set(tables) - {"rule", "words"}) or not isinstance(tables.get("rule", []), list):
        raise RulesInvalid(f"{file}: {', '.join(sorted(other)) or 'rule'} cannot be read; rules are tables [[rule]]")
    words = tables.get("words", {})
    if not isinstance(words, dict) or not all(isinstance(each, str) for each in words.values()):
        raise RulesInvalid(f'{file}: words are texts by name, such as others = "物业/社区"')
    rules = tables.get("rule", [])
    return [_read(rule, f"{file}, rule {number}", words, file.parent) for number, rule in enumerate(rules, start=1)]


def _read(given: Any, where: str, words: Mapping[str, str], folder: Path) -> Rule:
    if not isinstance(given, dict):
        raise RulesInvalid(f"{where}: write it as a table [[rule]]")
    where = f"{where} ({given['id']})" if isinstance(given.get("id"), str) else where
    values = _Values(given, where, words)
    values.only(FIELDS)
    kind = Kind(values.one_of("kind", [*Kind]))
    rule = Rule(
        id=values.matching("id", r"[a-z][a-z0-9-]*(\.[a-z0-9-]+)*"),
        zh=values.text("zh"),
        en=values.text("en"),
        kind=kind,
        channel=values.one_of("channel", CHANNELS, "agent"),  # type: ignore[arg-type]  # one of the literals
        item=Item(values.one_of("item", [*Item])),
        little=Little(values.one_of("little", [*Little])),
        points=values.whole("points", -100, 0),
        fatal=values.flag("fatal"),
        place=_place(given.get("place", "any"), where),
        condition=_condition(given.get("if", {}), where, words),
        phrases=(
            *values.phrases("phrases"),
            *values.phrases("prefix", Match.PREFIX),
            *values.phrases("exact_utterance", Match.EXACT),
        ),
        missing=values.flag("missing"),
        echo=values.whole("echo", 0, 100, 0),
        times=values.whole("times", 1, 100, 1),
        same=values.flag("same"),
        **{name: values.phrases(name) for name in SPARES},
        new_digits=values.flag("new_digits"),
        over=values.number("over"),
        under=values.number("under"),
        examples=read_examples(folder / values.text("examples"), where) if "examples" in given else (),
        note=values.text("note", ""),
    )
    _check_whole(rule, where)
    return rule


def _check_whole(rule: Rule, where: str) -> None:
    """Fields that are right each and wrong together."""
    if rule.kind in WORDED and not rule.phrases:
        raise RulesInvalid(f"{where}: a {rule.kind} rule needs phrases")
    if rule.kind not in WORDED and (rule.phrases or rule.missing):
        raise RulesInvalid(f"{where}: a {rule.kind} rule has no phrases; take them out, or make it a keyword rule")
    if rule.kind in MEASURED and rule.over is None and rule.under is None:
        raise RulesInvalid(f"{where}: a {rule.kind} rule needs over or under")
    if rule.kind not in MEASURED and (rule.over is not None or rule.under is not None):
        raise RulesInvalid(f"{where}: over and under are for measured kinds; take them out")
    if (rule.kind is Kind.ALIKE) is not bool(rule.examples):
        raise RulesInvalid(f"{where}: a likeness rule names a file of examples, and no other kind does")
    if rule.missing and rule.kind is Kind.FORBIDDEN:
        raise RulesInvalid(f"{where}: a forbidden phrase cannot be missing; make it a keyword rule")
    if rule.echo and not rule.missing:
        raise RulesInvalid(f"{where}: echo is for what is missing; add missing = true, or take it out")
    if rule.same and rule.times == 1:
        raise RulesInvalid(f"{where}: same is for times; add times = 3, or take it out")
    if rule.missing and rule.times > 1:
        raise RulesInvalid(f"{where}: missing and times do not go together")


def _place(given: Any, where: str) -> Place:
    if given in ("any", "first", "last"):
        return Place() if given == "any" else Place(first=1) if given == "first" else Place(last=1)
    if not isinstance(given, dict):
        raise RulesInvalid(
            f'{where}: place is "first", "last", "any" or a window such as {{ after = 10, before = 60 }}'
        )
    values = _Values(given, f"{where}, place")
    values.only(PLACES)
    first, last = (values.whole(name, 0, 1000, 0) or None for name in ("first", "last"))
    after, before = values.number("after") or 0.0, values.number("before")
    if before is not None and before <= after:
        raise RulesInvalid(f"{where}, place: the window ends before it begins")
    return Place(first, last, after, before)


def _condition(given: Any, where: str, words: Mapping[str, str]) -> Condition:
    if not isinstance(given, dict):
        raise RulesInvalid(f'{where}: if is a table such as {{ caller_said = ["停电"] }}')
    values = _Values(given, f"{where}, if", words)
    values.only(CONDITIONS)
    return Condition(
        values.phrases("caller_said"),
        values.phrases("agent_said"),
        values.phrases("unless_agent_said"),
        values.whole("agent_turns", 0, 1000, 0),
        values.number("silence") or 0.0,
    )


class _Values:
    """The values of one table, each checked as it is taken."""

    def __init__(self, given: dict[str, Any], where: str, words: Mapping[str, str] | None = None) -> None:
        self._given, self._where, self._words = given, where, words or {}

    def only(self, known: Iterable[str]) -> None:
        if unknown := sorted(set(self._given) - set(known)):
            raise RulesInvalid(f"{self._where}: there is no {unknown[0]}; known are {', '.join(sorted(known))}")

    def text(self, name: str, default: str | None = None) -> str:
        value = self._given.get(name, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise RulesInvalid(f"{self._where}: {name} must be a text")
        return value

    def matching(self, name: str, pattern: str) -> str:
        value = self.text(name)
        if not re.fullmatch(pattern, value):
            raise RulesInvalid(f"{self._where}: {name} {value!r} must be like wording.rude: a-z, 0-9, - and dots")
        return value

    def one_of(self, name: str, known: Sequence[str], default: str | None = None) -> str:
        value = self._given.get(name, default)
        if value not in known:
            raise RulesInvalid(f"{self._where}: {name} {str(value)[:40]!r} is none of {', '.join(known)}")
        return str(value)

    def whole(self, name: str, least: int, most: int, default: int | None = None) -> int:
        value = self._given.get(name, default)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise RulesInvalid(f"{self._where}: {name} must be a whole number, {least} to {most}")
        return value

    def number(self, name: str) -> float | None:
        value = self._given.get(name)
        if value is None:
            return None
        if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 1e6:
            raise RulesInvalid(f"{self._where}: {name} must be a number, 0 or more")
        return float(value)

    def flag(self, name: str) -> bool:
        value = self._given.get(name, False)
        if not isinstance(value, bool):
            raise RulesInvalid(f"{self._where}: {name} is true or false")
        return value

    def phrases(self, name: str, match: Match = Match.SUBSTRING) -> tuple[Phrase, ...]:
        value = self._given.get(name, [])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise RulesInvalid(f'{self._where}: {name} is a list of texts, such as ["您好"]')
        try:
            return tuple(Phrase.parse(self._spelt_out(each, name), match) for each in value)
        except RulesInvalid as error:
            raise RulesInvalid(f"{self._where}, {name}: {error}") from error

    def _spelt_out(self, phrase: str, name: str) -> str:
        """The phrase with the words that <name> stands for."""

        def words(found: re.Match[str]) -> str:
            if found[1] not in self._words:
                raise RulesInvalid(f"{self._where}, {name}: there are no words {found[1]}; add them under [words]")
            return self._words[found[1]]

        return re.sub(r"<([a-z-]+)>", words, phrase)
