"""The small language of patterns over words, in which the rules are written.

| written | means |
|---|---|
| ``failed to`` | these words, in any case |
| ``forgot\\|missed`` | one of them |
| ``<roles>`` | one of a list of words; ``<subject>`` and others are shapes (see ``SHAPES``) |
| ``<omit.past>`` | one of a list of verbs, in a form (see ``inflection``) |
| ``also?`` ``<fill>*`` | may be missing; may stand up to six times |
| ``...4`` | up to four words of any kind |
| ``!down`` | the next word is another one |
| ``^`` | a sentence begins here, or a part of it after a colon or dash |
| ``[ should have ]`` | what is underlined; without brackets, all that was found |
"""

import re
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache, cached_property

from models.language.inflection import FORMS, forms_of, irregular
from models.language.prose import NAME, ROLE
from models.language.shapes import (
    BEGIN,
    EXCLAIMED,
    LEFT,
    MARKS,
    PEOPLE,
    RIGHT,
    SHAPES,
    SPOKEN,
    TAILS,
)

Lists = Mapping[str, tuple[str, ...]]

_NEXT = r"[,:]?\s+"
_REPEATS = 6
_GAP = re.compile(r"\.\.\.(\d*)")
_LIST = re.compile(rf"<([a-z_]+)(?:\.({'|'.join(FORMS)}))?>")
_WORD = re.compile(r"[a-z]+")


class PatternError(ValueError):
    """A pattern that cannot be understood."""


@dataclass(frozen=True)
class Pattern:
    """A pattern; a sentence without one of its ``anchors`` has none, nor has one that lacks a
    word of each of its ``needs``.

    Its regular expression is made when a text first needs it: most texts need few.
    """

    source: str
    anchors: frozenset[str] = field(compare=False)
    needs: tuple[frozenset[str], ...] = field(compare=False, repr=False)
    regex: str = field(compare=False, repr=False)

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """What is looked for in masked sentences."""
        return re.compile(self.regex, re.IGNORECASE)

    def may_stand_in(self, words: AbstractSet[str]) -> bool:
        """Whether a sentence of these words can fit: it is read only then."""
        return not any(map(words.isdisjoint, self.needs))

    def find(
        self, sentence: str, wanted: Callable[[re.Match[str]], bool]
    ) -> Iterator[re.Match[str]]:
        """Every ``wanted`` place of a masked sentence that fits; inside of another, others may."""
        start = 0
        while found := self.expression.search(sentence, start):
            good = wanted(found)
            if good:
                yield found
            start = found.end() if good and found.end() > start else found.start() + 1


def span(found: re.Match[str]) -> tuple[int, int]:
    """Start and end of what is to be underlined."""
    return found.span("mark") if "mark" in found.re.groupindex else found.span()


@dataclass(frozen=True, slots=True)
class _Unit:
    """One piece of a pattern. ``kind`` is "" for what has to be there, "?" or "*" for what may
    be, "!" for what must not, "..." for a gap.
    """

    expression: str
    words: tuple[str, ...] = ()
    kind: str = ""
    people: tuple[str, ...] = ()

    def needs(self) -> frozenset[str]:
        """The words of which a sentence has to have one; none if it may do without."""
        found = frozenset(map(_anchor, self.words or self.people))
        return frozenset() if self.kind or "" in found else found

    def after(self, space: str) -> str:
        """The expression behind another unit (with a ``space`` between them), or at the start."""
        if self.kind == "!":
            return f"(?!{space}(?:{self.expression}))"
        if self.kind in ("?", "*"):
            many = "?" if self.kind == "?" else f"{{0,{_REPEATS}}}"
            apart = f"{space}{self.expression}" if space else f"{self.expression}{_NEXT}"
            return f"(?:{apart}){many}"
        if self.kind or self.expression in _BARE:
            return self.expression
        return f"{space}{self.expression}"


def compiled(source: str, lists: Lists, *, anchored: bool = True) -> Pattern:
    """A pattern from its text; one that is looked for on its own has to be ``anchored``.

    Raises ``PatternError`` with the reason.
    """
    pieces = source.split()
    if pieces.count("[") != pieces.count("]") or pieces.count("[") > 1:
        raise PatternError(f"{source!r} needs a closing bracket for its only opening one")
    units = [_unit(piece, lists) for piece in pieces if piece not in _SIGNS]
    anchors: tuple[str, ...] = ()
    for unit in units:
        anchors = anchors if unit.kind else _better(anchors, unit.words)
    if anchored and not anchors:
        raise PatternError(f"{source!r} needs a word of its own, by which it is found")
    rest = iter(units)
    parts: list[str] = []
    joined = False
    for piece in pieces:
        if piece not in _SIGNS:
            unit = next(rest)
            parts.append(unit.after(_NEXT if joined else ""))
            joined = joined or not unit.kind
        elif piece == "[":
            parts.append(f"{_NEXT if joined else ''}{_SIGNS[piece]}")
            joined = False
        else:
            parts.append(_SIGNS[piece])
    needs = tuple(dict.fromkeys(filter(None, (unit.needs() for unit in units))))
    return Pattern(source, frozenset(anchors), needs, _named_once("".join(parts)))


def _named_once(expression: str) -> str:
    """An expression in which only the first of those who are spoken of has a name."""
    for group in ("(?P<who>", "(?P<whom>"):
        first, named, rest = expression.partition(group)
        expression = first + named + rest.replace(group, "(?:")
    return expression


_SIGNS = {"^": BEGIN, "[": "(?P<mark>", "]": ")"}
_BARE = tuple(f"(?:{SHAPES[name]})" for name in ("end", "exclamations", "question"))


def _unit(piece: str, lists: Lists) -> _Unit:
    if gap := _GAP.fullmatch(piece):
        return _Unit(rf"(?:,?\s+[^\s;]+){{0,{gap[1] or _REPEATS}}}?", kind="...")
    bare = piece.removeprefix("!")
    kind = "!" if bare != piece else bare[-1:] if bare.endswith(("?", "*")) else ""
    bare = bare.rstrip("?*")
    if listed := _LIST.fullmatch(bare):
        name, form = listed.groups()
        spoken = SPOKEN.get(name)
        people = () if spoken is None else (PEOPLE, *(w for each in spoken for w in lists[each]))
        words = words_in(name, form, lists) if name in lists else MARKS.get(name, ())
        return _Unit(_named(name, form, lists), words, kind, people)
    words = tuple(bare.split("|"))
    if not all(words):
        raise PatternError(f"{piece!r} has an empty word")
    if "<" in bare:
        raise PatternError(f"{piece!r} has a list among its words; a list stands alone")
    return _Unit(_either(words), words, kind)


def _named(name: str, form: str | None, lists: Lists) -> str:
    """The expression of a list or a shape."""
    if name in lists:
        return _either(words_in(name, form, lists))
    if name not in SHAPES or form:
        raise PatternError(f"there is no list <{name}>")
    return "(?:" + re.sub(r"\{([a-z_.]+)\}", lambda m: _inner(m[1], lists), SHAPES[name]) + ")"


def words_in(name: str, form: str | None, lists: Lists) -> tuple[str, ...]:
    """The words of a list; of verbs, in a form."""
    if not form:
        return lists[name]
    verbs = tuple(_irregular(lists["irregular"])) if name == "irregular" else lists[name]
    return _forms(verbs, form, lists["irregular"])


@cache
def _forms(verbs: tuple[str, ...], form: str, entries: tuple[str, ...]) -> tuple[str, ...]:
    known = _irregular(entries)
    return tuple(dict.fromkeys(word for verb in verbs for word in forms_of(verb, form, known)))


@cache
def _irregular(entries: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    for entry in entries:
        if len(entry.split()) not in (3, 4):
            raise PatternError(f"{entry!r} is no verb with its past and its participle")
    return irregular(entries)


def _inner(name: str, lists: Lists) -> str:
    name, _, form = name.partition(".")
    for ending, tail in TAILS.items():
        if name.endswith(ending):
            return f"(?:{LEFT}(?:{_any_of(lists[name.removesuffix(ending)])}){tail})"
    return _either(words_in(name, form or None, lists))


def _either(words: tuple[str, ...]) -> str:
    return f"(?:{LEFT}(?:{_any_of(words)}){RIGHT})"


def expression_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """What finds one of these words, in any case, also with "'s" behind it."""
    return re.compile(rf"{LEFT}(?:{_any_of(words)})(?![\w-])", re.IGNORECASE)


@cache
def _any_of(words: tuple[str, ...]) -> str:
    """Alternatives, longest first; by their first letter, as most places are ruled out by it."""
    rests: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        rests.setdefault(word[0], []).append(word[1:])
    return "|".join(
        f"{_spaced(first)}(?:{'|'.join(map(_spaced, after))})" for first, after in rests.items()
    )


def _spaced(words: str) -> str:
    return re.escape(words).replace("\\ ", r"\s+").replace("'", "['’]?")


def _better(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """The words that are rarer in a text: the longer ones, by their shortest."""
    firsts = tuple(_anchor(words) for words in other)
    if not firsts or "" in firsts:
        return one
    if not one or min(map(len, firsts)) > min(map(len, one)) or firsts == (EXCLAIMED,):
        return firsts
    return one


def _anchor(words: str) -> str:
    """One word of an entry by which a text is searched, "" for an entry without letters."""
    if words in (EXCLAIMED, PEOPLE):
        return words
    return max(_WORD.findall(words.casefold().replace("'", "")), key=len, default="")


def words_of(text: str) -> set[str]:
    """The words of a text as anchors are compared: in lower case, without apostrophes."""
    lowered = text.casefold().replace("’", "'")
    found = set(_WORD.findall(lowered.replace("'", ""))) if "'" in lowered else set()
    found.update(_WORD.findall(lowered))
    if EXCLAIMED in text:
        found.add(EXCLAIMED)
    if ROLE in text or NAME in text:
        found.add(PEOPLE)
    return found
