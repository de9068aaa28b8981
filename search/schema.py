"""What one document becomes in the index.

Documents are analysed here, not by Whoosh, whose token objects cost more than the indexing.
"""

import math
import struct
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from whoosh.fields import STORED, Schema

from search.analysis import forms, key, stems, tokens, words
from search.documents import IndexedDocument
from search.postings import ALL, Posting, Prepared

if TYPE_CHECKING:
    from numpy.typing import NDArray

FORMAT = 6
"""Raised whenever analysis, fields or formats change, so that older indexes are rebuilt."""

SECTION_GAP = 100
"""Unused word positions between two sections, so that no phrase reaches across."""

TITLE_FACTOR = 2.0
"""How much more a word in the title counts than one in the text."""

CAUSE_FACTOR = 1.5
ACTION_FACTOR = 1.25
"""How much more a word counts in the whys, roots and contributing factors, and in the actions."""

GIST_WORDS = 120
GIST_TITLE_FACTOR = 3

_FACTS = struct.Struct("=6I")


def make_schema() -> Schema:
    """The fields: stemmed title and body with positions, plain words for prefixes and
    suggestions, the gist for likeness, labels for filters and facets, and one list of facts about
    all documents.
    """
    return Schema(
        title=Prepared(-1),
        body=Prepared(-1),
        word=Prepared(0),
        words=Prepared(-1),
        gist=Prepared(0),
        label=Prepared(0),
        facts=Prepared(_FACTS.size),
        card=STORED(),
        sections=STORED(),
    )


def label(name: str, value: str, shown: str | None = None) -> str:
    """A filter term: its name, the compared value and how the value is written."""
    return f"{name}\x1f{value}\x1f{value if shown is None else shown}"


class Facts(NamedTuple):
    """Columns about the documents of an index: length of title and body in indexed words, different
    words of the gist, then what equal hits are ordered by: day (ordinal, 0 if unknown), second of
    the day and a number that stays with the document's id.
    """

    title_lengths: "NDArray[np.uint32]"
    body_lengths: "NDArray[np.uint32]"
    gist_words: "NDArray[np.uint32]"
    days: "NDArray[np.uint32]"
    seconds: "NDArray[np.uint32]"
    ties: "NDArray[np.uint32]"


def read_facts(joined: bytes) -> Facts:
    """The columns from the joined payloads of ``ALL``."""
    return Facts(*np.frombuffer(joined, np.uint32).reshape(-1, len(Facts._fields)).T)


def join_facts(parts: Iterable[Facts]) -> Facts:
    """The columns of several segments, one after the other."""
    none = Facts(*(np.zeros(0, np.uint32) for _ in Facts._fields))
    return Facts(*map(np.concatenate, zip(none, *parts, strict=True)))


def row_of(document: IndexedDocument) -> dict[str, Any]:
    """The fields of one document, as ``add_document`` takes them."""
    title, title_length, title_words = _analyse([(document.title, 1.0)])
    texts = [section.text for section in document.sections]
    weighed = [(section.text, section_weight(section.name)) for section in document.sections]
    body, body_length, body_words = _analyse([*weighed, (_details(document), 1.0)])
    plain = dict.fromkeys(body_words, 1.0) | dict.fromkeys(title_words, 1.0 + TITLE_FACTOR)
    core = gist(document.title, texts)
    facts = _FACTS.pack(title_length, body_length, len(core), *_order(document))
    return {
        "title": title,
        "body": body,
        "word": [(w.encode(), 1, weight, b"") for w, weight in plain.items()],
        "gist": [(s.encode(), 1, weight, b"") for s, weight in core.items()],
        "label": [(text.encode(), 1, 1.0, b"") for text in _labels(document)],
        "facts": [(ALL, 1, 1.0, facts)],
        "card": _card(document),
        "sections": [(section.name, section.text) for section in document.sections],
    }


def gist(title: str, texts: Iterable[str]) -> dict[str, float]:
    """What a document is about, for likeness: its title and first words, by stem, each with one
    plus the logarithm of its count. Comparing gist with gist found more than comparing whole texts
    (recall@5 .75 against .62 to .68 on 150 imported post-mortems; with 80, 100, 140, 200 and 300
    words .66, .71, .75, .68 and .71).
    """
    counts = Counter(stems(title) * GIST_TITLE_FACTOR)
    left = GIST_WORDS
    for text in texts:
        found = stems(text)[:left]
        counts.update(found)
        left -= len(found)
        if left <= 0:
            break
    return {s: 1 + math.log(count) for s, count in counts.items()}


def _analyse(texts: Iterable[tuple[str, float]]) -> tuple[list[Posting], int, set[str]]:
    """The postings of texts (stems with their places), their length and their plain words. Each
    word weighs as much as its text does.
    """
    places: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
    weights: defaultdict[str, float] = defaultdict(float)
    seen: set[str] = set()
    place = length = 0
    for text, weight in texts:
        start = place
        for found in map(forms, tokens(text)):
            for word, stem in found:
                seen.add(word)
                places[stem].append(place)
                weights[stem] += weight
            place += 1 if found else 0
        length += place - start
        place += SECTION_GAP
    postings = [(s.encode(), len(p), weights[s], p.tobytes()) for s, p in places.items()]
    return postings, length, seen


def section_weight(name: str) -> float:
    """How much a word of a section counts. The causes tell most of a failure, then what is done
    about them; the factors are a gentle choice, as no collection at hand judges them.
    """
    if name.startswith(("5 Whys", "Root", "Contributing factors")):
        return CAUSE_FACTOR
    return ACTION_FACTOR if name.startswith("Actions") else 1.0


def _details(document: IndexedDocument) -> str:
    """Names that should be found as plain words too."""
    names = (document.ref, *document.aliases, *document.services, *document.tags)
    more = (*document.layers, *document.triggers, document.severity, *document.authors)
    return " . ".join((*names, *more))


def _labels(document: IndexedDocument) -> set[str]:
    listed = (
        ("service", document.services),
        ("severity", (document.severity,)),
        ("status", (document.status,)),
        ("layer", document.layers),
        ("trigger", document.triggers),
        ("tag", document.tags),
        ("author", document.authors),
        ("ref", (document.ref, *document.aliases)),
        ("due", tuple(day.isoformat() for day in document.open_due)),
    )
    found = {label(name, key(v), v) for name, values in listed for v in values if key(v)}
    found |= {label("id", document.id), *(label("flag", flag) for flag in document.flags)}
    for author in document.authors:
        found |= {label("author-part", key(part)) for part in author.split()}
    for root in document.roots:
        found |= {label("root", key(root.id)), label("root", key(root.title))}
        found |= {label("root-part", word.text) for word in words(root.title)}
    day = _day(document)
    if day:
        found.add(label("year", str(day.year)))
    return found


def _day(document: IndexedDocument) -> date | None:
    return document.occurred_on or (document.occurred_at and document.occurred_at.date())


def _order(document: IndexedDocument) -> tuple[int, int, int]:
    day, at = _day(document), document.occurred_at
    seconds = at.hour * 3600 + at.minute * 60 + at.second if at else 0
    return (day.toordinal() if day else 0, seconds, zlib.crc32(document.id.encode()))


def _card(document: IndexedDocument) -> dict[str, Any]:
    """What a hit shows without reading the document."""
    return {
        "id": document.id,
        "ref": document.ref,
        "title": document.title,
        "aliases": document.aliases,
        "services": document.services,
        "severity": document.severity,
        "status": document.status,
        "layers": document.layers,
        "triggers": document.triggers,
        "actions": tuple(
            (
                action.ref,
                action.is_open,
                _iso(action.began),
                _iso(action.ended),
                tuple((_iso(since), _iso(until)) for since, until in action.sprints),
            )
            for action in document.actions
        ),
        "roots": tuple((root.id, root.title) for root in document.roots),
        "occurred_at": _iso(document.occurred_at),
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
