"""Which role a heading or a field's name plays, by the data in ``resources/markdown``."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from integrations.markdown.blocks import plain
from resources import read_text

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}")
_APOSTROPHES = re.compile("['\u2019\u2018\u02bc`]")
_NUMBERING = re.compile(
    r"^(?:(?:section|part|step|phase|chapter)\s+)?(?:\d+(?:\.\d+)*|[a-z]|[ivx]+)\s*[.):]\s*"
)
_REMARKS = re.compile(
    r"\b(?:all )?times?(?: are)?(?: given)?(?: shown)? (?:in|utc|gmt|[a-z]{1,2}[sd]?t|cest?)\b.*"
    r"|\ball times\b.*|\btimes? approximat\w*.*"
)
_DATES = re.compile(
    r"\b\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?\b"
    r"|\b(?:\d{1,2}(?:st|nd|rd|th)? )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)"
    r"(?:uary|ruary|ch|il|e|y|ust|tember|ober|ember)?\.? \d{1,4}(?:st|nd|rd|th)?(?:,? \d{4})?\b"
    r"|\b\d{1,2}:\d{2}\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
)
_ZONES = re.compile(r"\b(?:utc|gmt|cest|cet|bst|[pmce][sd]?t|[a-z]est|ist|jst)\b")
_WORD = re.compile(r"[a-z0-9]+")
_SMALL = frozenset(
    {"the", "a", "an", "of", "our", "this", "that", "to", "in", "on", "and", "for", "is", "was"}
    | {"were", "are", "be", "it", "we", "us", "with", "from", "at", "by", "as"}
)
_LONGEST = 12
_COVERED = 0.3


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: tuple[str, ...]
    role: str
    order: int


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    whole: dict[tuple[str, ...], str]
    within: dict[str, tuple[_Phrase, ...]]


def _folded(text: str) -> tuple[str, ...]:
    """The words that count: without case, accents, apostrophes, small words and plural endings."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    words = _WORD.findall(_APOSTROPHES.sub("", bare).replace("&", " and "))
    return tuple(_singular(word) for word in words if word not in _SMALL)


def _singular(word: str) -> str:
    if len(word) > 3 and word.endswith("s") and word[-2] not in "sui":
        return word[:-1]
    return word


@cache
def _vocabulary() -> _Vocabulary:
    whole: dict[tuple[str, ...], str] = {}
    within: dict[str, list[_Phrase]] = {}
    roles = tomllib.loads(read_text("markdown", "headings.toml"))["role"]
    for order, role in enumerate(roles):
        for text in role["whole"]:
            whole.setdefault(_folded(text), role["name"])
        for text in role["within"]:
            words = _folded(text)
            whole.setdefault(words, role["name"])
            within.setdefault(words[0], []).append(_Phrase(words, role["name"], order))
    return _Vocabulary(whole, {first: tuple(phrases) for first, phrases in within.items()})


def _candidates(heading: str) -> list[tuple[str, ...]]:
    """The heading as written, then without what people add to it."""
    text = _APOSTROPHES.sub("", plain(heading).casefold()).strip(" :*_-\u2013\u2014#")
    text = _NUMBERING.sub("", re.sub(r"^\W+", "", text))
    bare = _BRACKETS.sub(" ", text)
    bare = _ZONES.sub(" ", _DATES.sub(" ", _REMARKS.sub(" ", bare)))
    found = [_folded(text), _folded(bare)]
    if ":" in bare:
        found.append(_folded(bare.split(":", 1)[0]))
    return [words for words in found if words]


@lru_cache(maxsize=4096)
def role_of(heading: str) -> str:
    """The role of a heading, for example "timeline"; "" when it plays none that is known."""
    if len(heading) > 300:
        return ""
    vocabulary = _vocabulary()
    candidates = _candidates(heading)
    for words in candidates:
        if words in vocabulary.whole:
            return vocabulary.whole[words]
    for words in candidates[1:] or candidates:
        if role := _within(words, vocabulary):
            return role
    return ""


def _within(words: tuple[str, ...], vocabulary: _Vocabulary) -> str:
    if len(words) > _LONGEST:
        return ""
    best: tuple[int, int, int] | None = None
    role = ""
    for position, word in enumerate(words):
        for phrase in vocabulary.within.get(word, ()):
            size = len(phrase.words)
            if words[position : position + size] != phrase.words or size < _COVERED * len(words):
                continue
            rank = (-size, position, phrase.order)
            if best is None or rank < best:
                best, role = rank, phrase.role
    return role
