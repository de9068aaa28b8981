"""Which words of a line a dictionary can judge: prose, and nothing that is a name of a thing."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from app.ui.editor.prose.marks import LONGEST, Mark


class Word(NamedTuple):
    """A word and where it stands, in letters of the line."""

    text: str
    start: int
    end: int


_CHUNK = re.compile(r"\S+")
_TECHNICAL = re.compile(
    r"[\d_@/\\=$#%{}~^|]"  # refs, numbers, paths, addresses, settings
    r"|\w[.:]\w"  # file names, hosts, keys
    r"|[a-z][A-Z]|[A-Z]{2}[a-z]{2}"  # camelCase, HTTPServer
    r"|&\w+;"  # entities of HTML
    r"|<[a-zA-Z/!]"  # its tags
    r"|^\W*--?\w"  # options of a command
    r"|\w-\w+-\w"  # names-of-things
    r"|\(\)"  # calls
)
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_CAPITALS = re.compile(r"[A-Z]{2,}(?:['\u2019]?s)?")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f'\u2019]{2,45}")


def words(line: str, found: Iterable[Mark]) -> Iterator[Word]:
    """The words of a line in which these marks were ``found``.

    Left out: code, addresses, refs, numbers, paths, identifiers, abbreviations, and scripts other
    than Latin, for which there is no word list.
    """
    if not line or len(line) > LONGEST:
        return
    for mark in found:
        if mark.kind in ("code", "address"):
            # Blanks keep the places of the other words.
            line = f"{line[: mark.start]}{' ' * (mark.end - mark.start)}{line[mark.end :]}"
    for chunk in _CHUNK.finditer(line):
        if _TECHNICAL.search(chunk[0]):
            continue
        for match in _WORD.finditer(chunk[0]):
            if _LATIN.fullmatch(match[0]) and not _CAPITALS.fullmatch(match[0]):
                start = chunk.start() + match.start()
                yield Word(match[0], start, start + len(match[0]))
