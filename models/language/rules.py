"""The rules of the language check, which are data: lists of words, patterns, reasons, rewrites.

A file of ``resources/language``, or of a team's ``language`` folder, has ``[words]`` (lists),
``[exceptions]`` (patterns that rules share) and ``[[rules]]``. A team's words are added to the
list of the same name, its exceptions to those of the same name; its rule with a known id changes
the fields it gives.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from models import data_files
from models.data_files import DataFile
from models.language.patterns import Lists, Pattern, PatternError, compiled, expression_of
from models.language.prose import People

PROSE = "prose"
ACTION = "action"
SENTENCE = "sentence"
_BLANK = re.compile(r"\{([^{}\n]+)\}")
_ONLY_LIST = re.compile(r"<([a-z_]+)>")


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing to look for.

    ``about`` is "prose" or "action" (an action item's words), ``why`` says in one sentence why it
    matters. ``suggestion`` is a rewrite with blanks in braces; it ``replaces`` the clause of a
    "sentence" or only the "words" found, or stands "before" or "after" the sentence. What an
    exception finds, too, is left alone; "@name" stands for shared exceptions.
    """

    id: str
    name: str
    why: str
    suggestion: str
    about: tuple[str, ...] = (PROSE, ACTION)
    replaces: str = SENTENCE
    patterns: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Compiled:
    """A rule with its patterns, ready to be looked for."""

    rule: Rule
    patterns: tuple[Pattern, ...]
    exceptions: tuple[Pattern, ...]


@dataclass(frozen=True)
class Rules:
    """All rules, and the lists of words they use."""

    lists: Lists
    rules: tuple[Compiled, ...] = field(repr=False)

    @cached_property
    def by_anchor(self) -> Mapping[str, tuple[tuple[Compiled, Pattern], ...]]:
        """Anchor -> the patterns that need it."""
        found: dict[str, list[tuple[Compiled, Pattern]]] = {}
        for each in self.rules:
            for pattern in each.patterns:
                for anchor in pattern.anchors:
                    found.setdefault(anchor, []).append((each, pattern))
        return {anchor: tuple(pairs) for anchor, pairs in found.items()}

    @cached_property
    def order(self) -> Mapping[str, int]:
        """Rule id -> its place; where two rules find the same words, the first one counts."""
        return {each.rule.id: place for place, each in enumerate(self.rules)}

    @cached_property
    def people(self) -> People:
        """How persons are recognised."""
        return People(frozenset(self.lists["names"]), expression_of(self.lists["roles"]))

    @cached_property
    def blanks(self) -> re.Pattern[str]:
        """What finds a blank of a rewrite that was put in and not filled."""
        every = {blank for each in self.rules for blank in _BLANK.findall(each.rule.suggestion)}
        either = "|".join(map(re.escape, sorted(every, key=len, reverse=True)))
        return re.compile(rf"(?<![\w/$]){{(?:{either})}}(?![\w/])")

    def of(self, rule_id: str) -> Rule | None:
        """The rule of an id."""
        return next((each.rule for each in self.rules if each.rule.id == rule_id), None)


def load(team_folder: Path | None = None) -> Rules:
    """The product's rules, extended by the files in ``team_folder``/language.

    Raises ``InvalidInputError`` naming the file and the line of a fault.
    """
    return _of((*data_files.built_in("language"), *data_files.of_team(team_folder, "language")))


@lru_cache(maxsize=1)
def _of(files: tuple[DataFile, ...]) -> Rules:
    """The rules of these files. The last are kept: compiling them takes a tenth of a second."""
    book = _Book()
    for file in files:
        book.add(file)
    return book.closed()


@dataclass
class _Book:
    """What the files say together, and where each rule was written last."""

    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    shared: dict[str, tuple[str, ...]] = field(default_factory=dict)
    rules: dict[str, Rule] = field(default_factory=dict)
    written: dict[tuple[str, str], tuple[DataFile, str]] = field(default_factory=dict)

    def add(self, file: DataFile) -> None:
        """Takes over a file."""
        if unknown := sorted(set(file.data) - {"words", "exceptions", "rules"}):
            known = "[words], [exceptions] and [[rules]] are expected"
            raise file.fault(unknown[0], f"this field is not known; {known}")
        for name, words in _tables(file, "words").items():
            lowered = (" ".join(word.casefold().split()) for word in words)
            self.lists[name] = _joined(self.lists.get(name, ()), tuple(lowered))
        for name, patterns in _tables(file, "exceptions").items():
            self.shared[name] = _joined(self.shared.get(name, ()), patterns)
            for pattern in patterns:
                self.written["@", pattern] = file, f"exceptions.{name}"
        self._add_rules(file)

    def _add_rules(self, file: DataFile) -> None:
        entries = file.data.get("rules", [])
        if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
            raise file.fault("rules", "a list of [[rules]] is expected")
        here: set[str] = set()
        for i, entry in enumerate(entries):
            place = f"rules[{i}]"
            rule = self._rule(file, entry, place)
            if rule.id in here:
                raise file.fault(place, f"{rule.id!r} stands in this file already")
            here.add(rule.id)
            self.rules[rule.id] = rule
            for name in ("patterns", "exceptions"):
                for pattern in entry.get(name, ()):
                    self.written[rule.id, pattern] = file, f"{place}.{name}"

    def _rule(self, file: DataFile, entry: dict[str, Any], place: str) -> Rule:
        """The rule of an entry; what it leaves out comes from the known one of its id."""
        known = self.rules.get(str(entry.get("id")))
        needed = {"name": "", "why": "", "suggestion": ""} if known else {}
        given = file.decode(Rule, needed | entry, place)
        rule = replace(known, **{name: getattr(given, name) for name in entry}) if known else given
        if rule.replaces not in (SENTENCE, "words", "before", "after"):
            raise file.fault(
                f"{place}.replaces", 'it is "sentence" or "words", "before" or "after"'
            )
        if unknown := set(rule.about) - {PROSE, ACTION}:
            raise file.fault(f"{place}.about", f'{unknown.pop()!r} is not "prose" or "action"')
        return rule

    def closed(self) -> Rules:
        """The rules, compiled."""
        return Rules(self.lists, tuple(map(self._compiled, self.rules.values())))

    def _compiled(self, rule: Rule) -> Compiled:
        found = [
            self._pattern(rule.id, source, each)
            for source in rule.patterns
            for each in self._entries(source)
        ]
        exceptions: list[Pattern] = []
        for source in rule.exceptions:
            if not source.startswith("@"):
                exceptions.append(self._pattern(rule.id, source, anchored=False))
            elif source[1:] in self.shared:
                exceptions += [
                    self._pattern("@", each, anchored=False) for each in self.shared[source[1:]]
                ]
            else:
                raise self._fault(rule.id, source, f"there are no exceptions {source[1:]!r}")
        return Compiled(rule, tuple(found), tuple(exceptions))

    def _entries(self, source: str) -> tuple[str, ...]:
        """A pattern; for one that is only a list, its entries, as each is soon looked for."""
        listed = _ONLY_LIST.fullmatch(source)
        return self.lists.get(listed[1], (source,)) if listed else (source,)

    def _pattern(
        self, owner: str, source: str, entry: str = "", *, anchored: bool = True
    ) -> Pattern:
        try:
            return compiled(entry or source, self.lists, anchored=anchored)
        except PatternError as error:
            raise self._fault(owner, source, str(error)) from error

    def _fault(self, owner: str, source: str, what: str) -> Exception:
        file, place = self.written[owner, source]
        return file.fault(place, what)


def _joined(known: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*known, *more)))


def _tables(file: DataFile, name: str) -> dict[str, tuple[str, ...]]:
    """A table of lists of words."""
    table = file.data.get(name, {})
    if not isinstance(table, dict):
        raise file.fault(name, f"a table [{name}] is expected")
    return {
        key: file.decode(_List, {"words": words}, f"{name}.{key}").words
        for key, words in table.items()
    }


@dataclass(frozen=True, slots=True)
class _List:
    words: tuple[str, ...]
