"""Queries that people type, and those that nobody should: the same for the same seed."""

import random
import string
from collections.abc import Iterator, Sequence

from search.documents import FLAGS
from search.query import FILTERS

_SIGNS = [
    '"',
    "“",
    "-",
    "--",
    "*",
    "~2",
    "OR",
    "AND",
    "NOT",
    "(",
    ")",
    "[",
    "/",
    "\\",
    ":",
    "^",
    "\0",
]
_STRANGE = [
    "\ud800",
    "\u202e",
    "e\u0301" * 20,
    "🔥" * 9,
    "数据库" * 9,
    "ﷺ",
    "İ",
    "ß" * 20,
    "\t\n\r\x0b",
    "\U0001d54f",
]
_LONG = [20, 64, 65, 500, 5_000]


def queries(seed: int, count: int, words: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Queries over documents with such words, and whether each is being typed."""
    draw = random.Random(seed)  # noqa: S311
    kinds = (_plain, _plain, _prefixes, _filters, _phrase, _misspelt, _signs, _many, _long, _noise)
    for _ in range(count):
        yield draw.choice(kinds)(draw, words), draw.random() < 0.5


def _plain(draw: random.Random, words: Sequence[str]) -> str:
    return " ".join(draw.choices(words, k=draw.randint(1, 4)))


def _prefixes(draw: random.Random, words: Sequence[str]) -> str:
    chosen = draw.choices(words, k=draw.choice((1, 2, 40)))
    return " ".join(word[: draw.randint(1, 5)] + "*" for word in chosen)


def _filters(draw: random.Random, words: Sequence[str]) -> str:
    values = [
        draw.choice(words),
        draw.choice(words)[:2] + "*",
        "2024-02-30",
        ">=2024",
        "*",
        '"',
        "",
    ]
    named = [f"{draw.choice(FILTERS)}:{draw.choice(values)}" for _ in range(draw.randint(1, 12))]
    return " ".join((*named, draw.choice(FLAGS), draw.choice(words)))


def _phrase(draw: random.Random, words: Sequence[str]) -> str:
    return f'"{" ".join(draw.choices(words, k=draw.choice((2, 3, 32))))}"'


def _misspelt(draw: random.Random, words: Sequence[str]) -> str:
    def slip(word: str) -> str:
        place = draw.randrange(len(word))
        return word[:place] + draw.choice(string.ascii_lowercase) + word[place + 1 :]

    return " ".join(slip(slip(w)) for w in draw.choices(words, k=draw.choice((1, 2, 32))))


def _signs(draw: random.Random, words: Sequence[str]) -> str:
    some = [*_SIGNS, *draw.choices(words, k=4)]
    return draw.choice(("", " ")).join(draw.choices(some, k=draw.randint(1, 60)))


def _many(draw: random.Random, words: Sequence[str]) -> str:
    return draw.choice((" ", " OR ", " -", "-", ".", "_")).join(draw.choices(words, k=200))


def _long(draw: random.Random, words: Sequence[str]) -> str:
    return draw.choice([*words, *_SIGNS, *_STRANGE]) * draw.choice(_LONG)


def _noise(draw: random.Random, words: Sequence[str]) -> str:
    letters = [*map(chr, range(128)), *map(chr, range(0x3000, 0x3100)), "🔥"]
    some = draw.choices(letters, k=30)
    return "".join(some) + draw.choice(_STRANGE) + draw.choice(words)
