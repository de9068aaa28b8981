"""Names of persons whom no field names, told by lists of names and by what stands beside them."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Set
from functools import cache
from typing import Any

import resources

CAPITALISED = re.compile(r"(?<![\w@/.-])[^\W\d_a-z][^\W\d_]+(?:[-'’][^\W\d_]+)*(?![\w/])")
SURNAME = re.compile(
    r"[ \t\xa0]+(?:van |de |von |der |bin |al-)*[A-Z\u00c0-\u00de][^\W\d_]+(?:[-'’][^\W\d_]+)*"
)
_OPENING = re.compile(
    r"(?:\A|\n[ \t]*\n|[.!?…][\"'”’)*_]*\s+"
    r"|(?:\A|\n)[ \t]*(?:[-*+>]|#{1,6}|\d+[.)])[ \t]+|\|[ \t]*)"
    r"[ \t\"'“‘(\[*_]*\Z"
)
_LOOK_BACK = 40
"""Letters before a word that tell whether a sentence starts with it."""
_MAIL = re.compile(r"(?<![\w.+-])([^\W\d_]{2,20})[._]([^\W\d_]{2,20})@(?=[\w-]+\.)")
_CJK = "\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_DOING = re.compile(r"[ \t]+(?:also |then |had |has )?([a-z]+)")
_MOST_SUSPECTS = 12


def opens_sentence(text: str, start: int) -> bool:
    """Whether a sentence, a line of a list or a cell begins at that place."""
    before = text[max(0, start - _LOOK_BACK) : start]
    return _OPENING.search(f"_{before}" if start > _LOOK_BACK else before) is not None


def plain(word: str) -> str:
    """A word in lower case without its accents: "Müller" is "muller"."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def is_cjk(word: str) -> bool:
    """Whether a word is written in Chinese, Japanese or Korean letters only."""
    return re.fullmatch(f"[{_CJK}]+", word) is not None


def full_names(text: str, given: Set[str], ordinary: Set[str]) -> Iterator[tuple[str, str]]:
    """Given and family names that a text says together, as words or before the @ of a mail."""
    for first, last in _MAIL.findall(text):
        if {plain(first), plain(last)} & (given | _lists()["families"]):
            yield first.capitalize(), last.capitalize()
    for found in CAPITALISED.finditer(text):
        surname = SURNAME.match(text, found.end()) if plain(found[0]) in given else None
        if surname and surname[0].strip().casefold() not in ordinary:
            yield found[0], surname[0].split()[-1]


def lone(text: str, given: Set[str], ordinary: Set[str]) -> Iterator[tuple[int, int]]:
    """Where names stand in a text, with or without a family name, a given name, a title."""
    lists, done = _lists(), 0
    for found in CAPITALISED.finditer(text):
        if found.start() < done:
            continue
        word = plain(found[0])
        following = SURNAME.match(text, found.end())
        family = following is not None and plain(following[0].split()[-1]) in lists["families"]
        start = found.start()
        is_title = word in lists["titles"] and found[0].istitle()
        titled = is_title and SURNAME.match(text.replace(".", " "), found.end())
        if titled:
            done = titled.end()
        elif family and following and word not in lists["openers"] and word not in ordinary:
            done = following.end()
        elif word in given:
            done = following.end() if following else found.end()
        elif any(part in lists["families"] for part in re.split("[-'’]", word)):
            done = found.end()
        else:
            continue
        yield start, done


def lone_cjk(text: str) -> Iterator[tuple[int, int]]:
    """Where a Chinese or Japanese name stands among other letters, or a person is addressed."""
    return (match.span("name") for match in _cjk_names().finditer(text))


def suspects(texts: Iterable[str], not_names: Set[str]) -> tuple[str, ...]:
    """Words of texts that look like names of persons; in order, each once, the first of many."""
    lists = _lists()
    texts = tuple(texts)
    found: dict[str, None] = {}
    known = {word for text in texts for word in re.findall(r"(?<![\w@.])[a-z]{2,}", text)}
    known |= not_names | lists["no_names"] | lists["openers"]
    for text in texts:
        for match in CAPITALISED.finditer(text):
            word = match[0].casefold()
            if not match[0].istitle() or len(word) < 3 or known & {word, plain(word)}:
                continue
            doing = _DOING.match(text, match.end())
            acts = doing is not None and doing[1] in lists["doings"]
            if acts or not opens_sentence(text, match.start()):
                found.setdefault(match[0])
    return tuple(found)[:_MOST_SUSPECTS]


@cache
def _lists() -> dict[str, Any]:
    data = tomllib.loads(resources.read_text("redaction", "names.toml"))
    return {name: each if isinstance(each, str) else frozenset(each) for name, each in data.items()}


@cache
def _cjk_names() -> re.Pattern[str]:
    lists = _lists()
    begin = f"(?:{'|'.join(sorted(lists['kanji']))}|[{lists['han']}])"
    return re.compile(
        rf"(?P<name>(?<![{_CJK}])(?<![{_CJK}] )"
        rf"(?:(?:{'|'.join(sorted(lists['kanji']))})[ ]?[{_CJK}]{{0,3}}"
        rf"|[{lists['han']}][\u4e00-\u9fff]{{1,2}})(?![{_CJK}]| [{_CJK}])"
        rf"|{begin}[\u4e00-\u9fff]{{0,2}}?(?=さん|様|氏|先生))"
    )
