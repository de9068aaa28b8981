"""Quotes of sources, and the persons whom they name as who said it."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

from models.domain.incident import Evidence

T = TypeVar("T")

_BRACKETED = re.compile(r"\([^()\n]*\)|\[[^\[\]\n]*\]|<[^<>\n]*>")
_FULL_NAME = re.compile(r"[^\W\d_a-z][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*)+")


def authors(value: Any) -> frozenset[str]:
    """Whom the quotes in a document name: a target reads "author, form", as a chat is read."""
    return frozenset(name for one in _quotes(value) for name in _named(one.target))


def bare_name(name: str) -> str:
    """A name without what stands in brackets beside it: pronouns, a team, an address."""
    return " ".join(_BRACKETED.sub(" ", name).split())


def parts(value: Any, kind: type[T]) -> Iterator[T]:
    """Everything of a kind that a value holds, however deep; not what these hold in turn."""
    if isinstance(value, kind):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from parts(each, kind)
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            yield from parts(getattr(value, each.name), kind)


def _quotes(value: Any) -> Iterator[Evidence]:
    return (one for one in parts(value, Evidence) if one.kind == "quote")


def _named(target: str) -> Iterator[str]:
    target = bare_name(target)
    author, _, form = target.rpartition(", ")
    if not author:
        yield from _FULL_NAME.findall(form)
        return
    for each in re.split(r"\s*[;/&]\s*| and ", author):
        pieces = [piece for piece in each.split(", ") if piece]
        if len(pieces) == 2 and not any(" " in piece for piece in pieces):
            yield f"{pieces[1]} {pieces[0]}"  # "surname, name"
        else:
            yield from pieces
