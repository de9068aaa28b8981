"""The prose of a Markdown text: what a person wrote, without code, links, quotes and log lines.

Everything here keeps offsets: a masked text is as long as the text it stands for. All of it is
linear in the length of the text, whatever the text is.
"""

import re
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

NAME = "\ue000"
"""Stands for each character of a person's name."""
ROLE = "\ue002"
"""Stands for each character of a word for people of the trade: "developer", "team"."""
HIDDEN = "\ue001"
"""Stands for each character that is no prose."""

LONGEST = 2000
"""Characters; what is longer without a full stop is no sentence, and is read in pieces."""

_FENCE = re.compile(r"[ \t]*(?:>[ \t]*)*(`{3,}|~{3,})")
_STARTS = re.compile(r"[ \t]*(?:[-*+][ \t]|\d{1,9}[.)][ \t]|#{1,6}[ \t]|\|)")
_QUOTED = re.compile(r"[ \t]*(?:>|!!!\s*\w)")
"""A quote, or the head of a note as some generators of pages write it."""
_LISTED = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]")
_INDENTED = re.compile(r"(?: {4}|\t)\s*\S")
_LOG = re.compile(
    r"\s*(?:[-*+]\s+)?(?:"
    r"\[?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d\S*\s+(?:\S+\s+){0,3}"
    r"\[?(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|ERR|FATAL|CRITICAL|PANIC)\b"
    r"|\[?(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL|PANIC)(?:\]|:|\s+\[)"
    r"|[IWEF]\d{4}\s+\d\d:\d\d:\d\d"
    r"|[A-Z][a-z]{2}\s+\d{1,2}\s+\d\d:\d\d:\d\d\s+\S+\s+\S+?(?:\[\d+\])?:"
    r"|(?:[\w.]+=\S+\s+){0,6}(?:level|lvl|severity)=\w"
    r"|at\s+[\w$.]+\([\w$.: ]*\)\s*$"
    r"|Traceback\s|File\s\"|\$\s\S"
    r")"
)

_MARKER = re.compile(r"[ \t]*(?:[-*+][ \t]+|\d{1,9}[.)][ \t]+|#{1,6}[ \t]+)?(?:\[[ xX]\][ \t])?")
_NO_PROSE = re.compile(
    r"(`{1,3})[^`]+\1"
    r"|\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)"
    r"|\]\[[^\[\]\n]{0,200}\]"
    r"|(?:https?://|www\.)[^\s<>)\]]+"
    r"|</?[A-Za-z][^<>\n]{0,300}>"
    r"|(?<![\w\"])\"[^\"]{1,400}\"(?!\w)"
    r"|“[^“”]{1,400}”|«[^«»]{1,400}»"
    r"|(?<!\w)['‘](?![\s'’])[^'‘’\n]{1,200}(?<!\s)['’](?!\w)"
)
_EMPHASIS = re.compile(r"\*+|~~|(?<!\w)_+|_+(?!\w)")
_CAPITALISED = re.compile(r"(?<![\w.@/-])[^\W\d_a-z][^\W\d_]+(?:['’-][^\W\d_]{3,})?(?![\w/])")
_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Mx|Dr|Prof|Herr|Frau|Captain)\.?[ \t]+[A-Z][^\W\d_]+(?![\w/])"
)
_HANDLE = re.compile(r"(?<![\w@.])@[A-Za-z][\w-]*")
_SURNAME = re.compile(r"[ \t]+[A-Z][^\W\d_]*(?:['’-][A-Z][^\W\d_]*)?\.?(?!\w)")
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?:\s+(?![a-z])|$)|\s*\|\s*")


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of prose (a paragraph, an item, a row): where it starts, and its text as written."""

    start: int
    text: str


def blocks(text: str) -> Iterator[Block]:
    """The prose of a text, piece by piece; what a piece says depends on itself alone."""
    reader = _Reader()
    start, lines, end = 0, 0, 0
    for line, at in _lines(text):
        kind = reader.kind(line)
        if lines and kind != _MORE:
            yield Block(start, text[start:end])
            lines = 0
        if kind in (_START, _MORE):
            start = at if not lines else start
            lines, end = lines + 1, at + len(line)
    if lines:
        yield Block(start, text[start:end])


_SKIP, _START, _MORE = range(3)


def _lines(text: str) -> Iterator[tuple[str, int]]:
    at = 0
    while at <= len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        yield text[at:end], at
        at = end + 1


class _Reader:
    """Says of each line whether it is prose, and whether it goes on with the line before."""

    def __init__(self) -> None:
        self.first = True
        self.front = ""
        self.fence = ""
        self.in_comment = False
        self.in_list = False
        self.open = False

    def kind(self, line: str) -> int:
        """What the next line is."""
        first, self.first = self.first, False
        if self._is_beside(line, first) or not line.strip():
            self.open = False
            return _SKIP
        if not self.open and not self.in_list and _INDENTED.match(line):
            return _SKIP
        if _QUOTED.match(line) or _LOG.match(line):
            self.open = False
            return _SKIP
        starts = not self.open or _STARTS.match(line) is not None
        self.in_list = _LISTED.match(line) is not None or (
            self.in_list and (self.open or line[0] in " \t")
        )
        self.open = True
        return _START if starts else _MORE

    def _is_beside(self, line: str, first: bool) -> bool:
        """Whether the line belongs to front matter, a comment or a fence."""
        if first and line.rstrip() in ("---", "+++"):
            self.front = line.rstrip()
            return True
        if self.front:
            self.front = "" if line.rstrip() == self.front else self.front
            return True
        if self.in_comment or line.lstrip().startswith("<!--"):
            self.in_comment = "-->" not in line
            return True
        fence = _FENCE.match(line)
        if self.fence:
            if fence and fence[1].startswith(self.fence) and not line.strip(" \t>`~"):
                self.fence = ""
            return True
        self.fence = fence[1] if fence else ""
        return fence is not None


@dataclass(frozen=True, slots=True)
class People:
    """How persons are recognised: ``names`` (in lower case) where capitalised, and ``roles``."""

    names: AbstractSet[str]
    roles: re.Pattern[str]


def masked(text: str, people: People) -> str:
    """A block with spaces for its marks, ``HIDDEN`` for what is no prose, and people marked."""
    marker = _MARKER.match(text)
    begin = marker.end() if marker else 0
    text = " " * begin + _NO_PROSE.sub(_filled_with(HIDDEN), text[begin:])
    text = _EMPHASIS.sub(_filled_with(" "), text)
    return people.roles.sub(_filled_with(ROLE), _named(text, people.names))


def _filled_with(character: str) -> Callable[[re.Match[str]], str]:
    return lambda found: character * len(found[0])


def _named(text: str, names: AbstractSet[str]) -> str:
    pieces: list[str] = []
    done = 0
    spots = [m for m in _CAPITALISED.finditer(text) if m[0].casefold() in names]
    spots += [*_HANDLE.finditer(text), *_TITLED.finditer(text)]
    for found in sorted(spots, key=lambda m: m.start()):
        if found.start() < done:
            continue
        surname = _SURNAME.match(text, found.end())
        end = surname.end() if surname else found.end()
        pieces += [text[done : found.start()], NAME * (end - found.start())]
        done = end
    return "".join((*pieces, text[done:])) if pieces else text


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of a masked block; cells of a table are sentences, too."""
    start = 0
    for end in (found.end() for found in _END.finditer(text)):
        yield from _pieces(text, start, end)
        start = end
    yield from _pieces(text, start, len(text))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        cut = text.rfind(" ", start + 1, start + LONGEST) + 1 or start + LONGEST
        yield start, cut
        start = cut
    if text[start:end].strip():
        yield start, end
