"""How text becomes words: the one analyzer behind indexing, queries and snippets.

Written by hand because the stock one joins ``labels**`` into a word, finds no emoji and takes a
run of Chinese or Japanese for a single word.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from whoosh.lang.porter import stem as porter_stem

MAX_WORD = 64
"""Longer words (encoded blobs, mostly) are not indexed."""

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0002fa1f"
_EMOJI = "\u2600-\u27bf\u2b50\u2b55\U0001f1e6-\U0001f1ff\U0001f300-\U0001f3fa\U0001f400-\U0001faff"
_LETTERS = rf"[^\W{_CJK}]"
_MARKED = rf"(?:{_LETTERS}|[\u0300-\u036f])"
_TOKEN = re.compile(
    rf"(?P<cjk>[{_CJK}]+)|(?P<emoji>[{_EMOJI}])|{_LETTERS}{_MARKED}*(?:\.{_MARKED}+)*"
)
_PLAIN_TOKEN = re.compile(r"\w+(?:\.\w+)*", re.ASCII)
_NOT_PLAIN = re.compile(rf"[^\W\x00-\x7f]|[\u0300-\u036f{_EMOJI}]")
_PLAIN_WORD = re.compile(r"[a-z]+\Z", re.ASCII)
_JOINT = re.compile(r"[._]")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_VERSION = re.compile(r"[vV]?\d+(?:\.\d+)+")
_UNACCENTED = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe"})
"""Letters whose mark is no character of its own."""
_DIGIT = re.compile(r"\d")
_CJK_WORD = re.compile(rf"[{_CJK}]")

_STOP_TEXT = """
an and are as at be but by for from had has have he her his if in into is it its no not of on or
our she so such that the their then there these they this to was we were which will with you your
"""
_QUESTION_TEXT = """
about after all also am any because been being before between both can could did do does doing done
during each ever give had has having here how like may me might more most much must my obtain one
only other over per please same should some tell than them those through under upon us used using
very via what when where whether who whom whose why would
"""

STOP_WORDS = frozenset(_STOP_TEXT.split())
"""Words in nearly every text; they are neither indexed nor searched."""

QUESTION_WORDS = frozenset(_QUESTION_TEXT.split())
"""Words that a question is made of. They are indexed, but left out of a query that has others."""


class Word(NamedTuple):
    """A word of a text: folded, with the place it was found at."""

    text: str
    start: int
    end: int


def is_plain(text: str) -> bool:
    """Whether all its letters are of the English alphabet, whatever the punctuation."""
    return text.isascii() or _NOT_PLAIN.search(text) is None


def words(text: str) -> Iterator[Word]:
    """The words of a text, folded (lower case, no accents), stop words included.

    Chinese, Japanese and Korean runs come as overlapping pairs of characters, an emoji as itself.
    """
    if is_plain(text):
        for match in _PLAIN_TOKEN.finditer(text):
            yield Word(match.group().lower(), match.start(), match.end())
        return
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if match.lastgroup == "cjk" and end - start > 1:
            for place in range(start, end - 1):
                yield Word(text[place : place + 2], place, place + 2)
        elif match.lastgroup:
            yield Word(match.group(), start, end)
        else:
            yield Word(fold(match.group()), start, end)


def tokens(text: str) -> list[str]:
    """The words of a text as they are written, without their places; for plain English text this
    is much faster.
    """
    if is_plain(text):
        return _PLAIN_TOKEN.findall(text)
    return [text[word.start : word.end] for word in words(text)]


class Form(NamedTuple):
    """What a written word is found by: a folded word and its stem."""

    word: str
    stem: str


@lru_cache(maxsize=65_536)
def forms(written: str) -> tuple[Form, ...]:
    """What a written word is indexed by: itself, then its parts; nothing if it is not indexed.

    ``ConnectionPoolTimeout`` is found by each of its words too, ``max_connections`` and
    ``db.prod.example`` as well, ``v2.14.1`` by ``2.14.1`` and ``2.14``, ``10.0.3.7`` by ``10.0.3``.
    """
    if is_cjk(written):
        return (Form(written, written),)  # folding would take the sound marks of Japanese away
    every = dict.fromkeys((fold(written), *_parts(written)))
    found = [Form(word, stem(word)) for word in every if is_indexed(word)]
    return tuple({form.stem: form for form in reversed(found)}.values())[::-1]


def _parts(written: str) -> Iterator[str]:
    pieces = [piece for piece in _JOINT.split(written) if piece]
    if _VERSION.fullmatch(written):
        bare = [pieces[0].lstrip("vV"), *pieces[1:]]
        for row in dict.fromkeys((tuple(pieces), tuple(bare))):
            yield from (".".join(row[:end]).lower() for end in range(2, len(row) + 1))
        return
    for piece in pieces:
        humps = _HUMP.split(piece)
        for part in (piece, *humps) if len(pieces) > 1 else humps:
            if len(part) > 1 and not part.isdecimal():
                yield fold(part)


def is_indexed(word: str) -> bool:
    """Whether a folded word is worth a place in the index."""
    if len(word) == 1:
        return not word.isascii() or word.isdigit()
    return len(word) <= MAX_WORD and word not in STOP_WORDS


def is_name(text: str) -> bool:
    """Whether a ref, ticket key or address may be written so: short names and plain words name
    too much.
    """
    return 3 < len(text) < 300 and _DIGIT.search(text) is not None


def is_cjk(word: str) -> bool:
    """Whether a word is Chinese, Japanese or Korean."""
    return _CJK_WORD.match(word) is not None


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """A word in lower case and without accents."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word)
    bare = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    return bare.translate(_UNACCENTED)


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The stem of a folded word; only plain English words have one (``p99`` stays as it is)."""
    return porter_stem(word) if _PLAIN_WORD.match(word) else word


def stems(text: str) -> list[str]:
    """The stems of the words of a text, in order, without those of their parts."""
    return [found[0].stem for found in map(forms, tokens(text)) if found]


def key(value: str) -> str:
    """A filter's value as it is compared: ``In review``, ``in_review`` and ``in-review`` agree."""
    return re.sub(r"[\s_-]+", "-", fold(value.strip()))
