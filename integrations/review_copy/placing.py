"""Telling what somebody wrote into a copy from what the copy said, and where it belongs."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count, groupby

from integrations.export.wording import Words
from integrations.review_copy.markdown import to_markdown_copy, visible
from integrations.review_copy.places import Place, places
from integrations.review_copy.returned import Line, Returned
from models.commenting import Remark, anchors
from models.document import Document

_OURS = ("# Review of ", "Your role:")
_SHOWN = 200
"""Letters of a notice that words outside the places get."""


def placed(returned: Returned, document: Document, copied: Document, words: Words) -> Returned:
    """What came back, with remarks on the places of ``document``.

    ``copied`` is the document as the copy was made of it. A place whose anchor was damaged is
    known by its name; a comment without an end ends where the text of the copy goes on; words
    outside the places are told with their line.
    """
    said = _squeezed(to_markdown_copy(copied, words, mark="none"))
    ended = (_ended(remark, said) for remark in returned.unended)
    named = _named(places(document, words))
    known = anchors(document)
    remarks = (
        remark if remark.anchor in known else _by_name(remark, named)
        for remark in (*returned.remarks, *(remark for remark in ended if remark.text))
    )
    return replace(
        returned,
        remarks=tuple(remarks),
        notices=(*returned.notices, *_strays(returned.outside, said)),
        outside=(),
        unended=(),
    )


def _named(found: Iterable[Place]) -> dict[str, Place]:
    """Name, also as a copy writes it -> the one place that has it."""
    named: dict[str, list[Place]] = {}
    for place in found:
        for name in {place.name, visible(place.name)}:
            named.setdefault(name, []).append(place)
    return {name: having[0] for name, having in named.items() if len(having) == 1}


def _by_name(remark: Remark, named: dict[str, Place]) -> Remark:
    place = named.get(remark.place)
    return replace(remark, anchor=place.anchor, section=place.section) if place else remark


def _ended(remark: Remark, said: str) -> Remark:
    lines = remark.text.split("\n")
    while lines and _squeezed(lines[-1]) in said:
        lines.pop()
    return replace(remark, text="\n".join(lines).strip())


def _strays(outside: tuple[Line, ...], said: str) -> Iterator[str]:
    """A notice for each run of lines that the copy did not say."""
    written = [
        line
        for line in outside
        if _squeezed(line.text) not in said and not line.text.startswith(_OURS)
    ]
    steps = count()
    for _, run in groupby(written, lambda line: line.number - next(steps)):
        lines = tuple(run)
        text = " ".join(line.text for line in lines)
        shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
        yield (
            f"Line {lines[0].number} stands outside the places for comments and was not read: "
            f"“{shown}”"
        )


def _squeezed(text: str) -> str:
    """Without white space and marks of quotes: mail breaks and indents lines anew."""
    return "".join(text.replace(">", "").split())
