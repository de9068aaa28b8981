"""One sealed state of the index, opened for reading.

Documents are numbered through all segments. Counts, lengths and averages are those of the living
documents only, so that an index that was updated ten times answers exactly like a fresh one.
A snapshot stays on one thread: Whoosh's files are read without memory mapping.
"""

import heapq
from collections.abc import Iterable
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from whoosh.index import TOC

from search import bits
from search.cache import Cache, Places, Postings
from search.damage import DamagedIndexError
from search.schema import join_facts, label, make_schema
from search.seal import Seal, SealedStorage
from search.segment import INDEX_NAME, Segment

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from search.bits import Documents

Place = tuple[str, int, str, bytes]
"""A term in a segment: the segment's id, its first document, field and term."""
MOST_VALUES = 2_000
"""How many values of a filter the beginning of one (``ref:PM-*``) stands for in a segment."""
FEW = 2_000
"""Of so many documents the order of equals is found faster than that of all."""
NO_POSTINGS = Postings(np.zeros(0, np.uint32), np.zeros(0, np.float32))
NO_PLACES = Places(np.zeros(0, np.uint32), np.zeros(0, np.uint32))


class Card(NamedTuple):
    """What is stored of a document, and roughly how much memory that takes."""

    stored: dict[str, Any]
    nbytes: int


class Kept:
    """What was read before; a snapshot hands it on to the next."""

    def __init__(self) -> None:
        self.postings: Cache[Place, Postings] = Cache(32 * 2**20)
        self.places: Cache[Place, Places] = Cache(12 * 2**20)
        self.cards: Cache[tuple[str, int], Card] = Cache(8 * 2**20)


class LabelValue(NamedTuple):
    """A filter's value as it is written, and the documents that have it."""

    shown: str
    documents: int


class Snapshot:
    """A state of the index to search in. It shares the segments that ``previous`` has too, which
    the caller closes where they are not (``close``).
    """

    def __init__(self, home: Path, seal: Seal, previous: "Snapshot | None" = None) -> None:
        self.seal = seal
        self.kept: Kept = previous.kept if previous else Kept()
        self._parts: list[tuple[int, Segment, bool]] = []
        self._labels: dict[str, dict[str, LabelValue]] = {}
        self.size = self.living = 0
        try:
            self._open(home, previous.by_id() if previous else {})
        except BaseException:
            self.close(keep=previous)
            raise
        self.count = self.living.bit_count()
        self.alive = bits.flags(self.living, self.size)
        self.facts = join_facts(segment.facts for _, segment, _ in self._parts)

    def _open(self, home: Path, shared: dict[str, Segment]) -> None:
        storage = SealedStorage(self.seal.folder(home), self.seal.files)
        toc = TOC.read(storage, INDEX_NAME, schema=make_schema())
        for entry in toc.segments:
            segment = shared.get(entry.segment_id()) or Segment(storage, entry)
            deleted = bits.from_documents(list(entry.deleted_docs()), segment.size)
            self._parts.append((self.size, segment, bool(deleted)))
            self.living |= (bits.everything(segment.size) & ~deleted) << self.size
            self.size += segment.size
        if self.living.bit_count() != self.seal.documents:
            raise DamagedIndexError("documents are missing")

    def recency(self, documents: "Documents") -> "NDArray[np.int32]":
        """What equal hits among some documents are ordered by: the newest has the highest."""
        if len(documents) > FEW:
            return self._recency[documents]
        return _ranks(*(column[documents] for column in self._order))

    @cached_property
    def _recency(self) -> "NDArray[np.int32]":
        return _ranks(*self._order)

    @property
    def _order(self) -> tuple["NDArray[np.uint32]", ...]:
        return self.facts.ties, self.facts.seconds, self.facts.days

    def warm(self, names: Iterable[str]) -> None:
        """Reads the values of some filters and the words."""
        for name in names:
            self.labels(name)
        for _, segment, _ in self._parts:
            segment.words_from("a")
        self._recency.max(initial=0)

    def by_id(self) -> dict[str, Segment]:
        """The open segments."""
        return {segment.id: segment for _, segment, _ in self._parts}

    def segments(self) -> int:
        """How many segments there are."""
        return len(self._parts)

    def close(self, *, keep: "Snapshot | None" = None) -> None:
        """Closes the files but those of another snapshot."""
        kept = keep.by_id() if keep else {}
        for name, segment in self.by_id().items():
            if name not in kept:
                segment.reader.close()

    def postings(self, field: str, term: str) -> Postings:
        """The living documents that have a term, with its weight in each."""
        encoded = term.encode()
        every = (self._part_postings(*part, field, encoded) for part in self._parts)
        found = [postings for postings in every if len(postings.documents)]
        if len(found) < 2:
            return found[0] if found else NO_POSTINGS
        return Postings(*map(np.concatenate, zip(*found, strict=True)))

    def having(self, field: str, term: str) -> int:
        """The set of living documents that have a term."""
        return bits.from_documents(self.postings(field, term).documents, self.size)

    def places(self, field: str, term: str) -> Places:
        """Where a term stands in the living documents."""
        encoded = term.encode()
        found = [self._part_places(*part, field, encoded) for part in self._parts]
        return Places(*map(np.concatenate, zip(NO_PLACES, *found, strict=True)))

    def labels(self, name: str) -> dict[str, LabelValue]:
        """All values of a filter that living documents have, by compared value."""
        if name not in self._labels:
            terms: dict[str, int] = {}
            for base, segment, _ in self._parts:
                for term, documents in segment.labels(name).items():
                    terms[term] = terms.get(term, 0) | documents << base
            values: dict[str, LabelValue] = {}
            for term in sorted(terms):
                _, compared, shown = term.split("\x1f", 2)
                documents = terms[term] & self.living
                known = values.get(compared, LabelValue(shown, 0))
                more = documents.bit_count() > known.documents.bit_count()
                best = shown if more else known.shown
                values[compared] = LabelValue(best, known.documents | documents)
            self._labels[name] = {k: v for k, v in values.items() if v.documents}
        return self._labels[name]

    def labelled(self, name: str, value: str, *, begins: bool = False) -> int:
        """The living documents with a filter's value, or with one that begins so."""
        prefix = f"{name}\x1f{value}" + ("" if begins else "\x1f")
        found = 0
        for part in self._parts:
            for term in islice(part[1].terms("label", prefix), MOST_VALUES):
                documents = self._part_postings(*part, "label", term.encode()).documents
                found |= bits.from_documents(documents, self.size)
        return found

    def document_of(self, document_id: str) -> int | None:
        """The number of a document, None if it is not indexed."""
        documents = self.postings("label", label("id", document_id)).documents
        return int(documents[-1]) if len(documents) else None

    def words_from(self, prefix: str, most: int) -> list[str]:
        """The words that begin with a prefix, the most frequent first, at most so many."""
        counts: dict[str, int] = {}
        for _, segment, _ in self._parts:
            for word in segment.words_from(prefix):
                counts[word] = counts.get(word, 0) + segment.words[word]
        return heapq.nsmallest(most, counts, key=lambda word: (-counts[word], word))

    def frequency(self, field: str, term: str) -> int:
        """In how many living documents a term is."""
        return len(self.postings(field, term).documents)

    def is_word(self, word: str) -> bool:
        """Whether a plain word is in any document, perhaps a deleted one; cheap."""
        return any(word in segment.words for _, segment, _ in self._parts)

    def card(self, document: int) -> dict[str, Any]:
        """What is kept of a document: its card and, under ``sections``, its text."""
        for base, segment, _ in reversed(self._parts):
            if document >= base:
                place = (segment.id, document - base)
                found = self.kept.cards.get(place)
                return (found or self.kept.cards.keep(place, _read_card(segment, place[1]))).stored
        raise DamagedIndexError("a document is missing")

    def crowded(self, most: int, size: int) -> list[str]:
        """The ids of the living documents in segments smaller than ``size``, if these are more
        than ``most``.
        """
        small = [(b, s) for b, s, _ in self._parts if s.size < size]
        if len(small) <= most:
            return []
        every = (b + document for b, segment in small for document in range(segment.size))
        return [self.card(document)["id"] for document in every if self.alive[document]]

    def _part_postings(
        self, base: int, segment: Segment, reduced: bool, field: str, term: bytes
    ) -> Postings:
        """The postings of a term in a segment, numbered through all segments."""
        place = (segment.id, base, field, term)
        found = self.kept.postings.get(place)
        if found is None:
            matcher = segment.matcher(field, term)
            documents, weights = matcher.read_all() if matcher else NO_POSTINGS
            found = self.kept.postings.keep(place, Postings(documents + np.uint32(base), weights))
        if reduced and len(found.documents):
            alive = self.alive[found.documents]
            return Postings(found.documents[alive], found.weights[alive])
        return found

    def _part_places(
        self, base: int, segment: Segment, reduced: bool, field: str, term: bytes
    ) -> Places:
        place = (segment.id, base, field, term)
        found = self.kept.places.get(place)
        if found is None:
            found = self.kept.places.keep(place, _read_places(segment, base, field, term))
        if reduced and len(found.documents):
            alive = self.alive[found.documents]
            return Places(found.documents[alive], found.positions[alive])
        return found


def _ranks(*columns: "NDArray[np.uint32]") -> "NDArray[np.int32]":
    """Places in the order of several columns, the last one first."""
    ranks = np.empty(len(columns[0]), np.int32)
    ranks[np.lexsort(columns)] = np.arange(len(ranks))
    return ranks


def _read_card(segment: Segment, document: int) -> Card:
    stored = segment.reader.stored_fields(document)
    if "card" not in stored:
        raise DamagedIndexError("a document is missing")
    letters = sum(len(name) + len(text) for name, text in stored["sections"])
    return Card({**stored["card"], "sections": stored["sections"]}, 1_000 + 2 * letters)


def _read_places(segment: Segment, base: int, field: str, term: bytes) -> Places:
    matcher = segment.matcher(field, term)
    if matcher is None:
        return NO_PLACES
    documents, sizes, packed = matcher.read_payloads()
    positions = np.frombuffer(packed, np.uint32)
    return Places(np.repeat(documents + np.uint32(base), sizes // positions.itemsize), positions)
