"""One sealed state of the index, opened for reading.

Documents are numbered through all segments. Counts, lengths and averages are those of the living
documents only, so that an index that was updated ten times answers exactly like a fresh one.
A snapshot stays on one thread: Whoosh's files are read without memory mapping.
"""

import heapq
from array import array
from itertools import compress
from pathlib import Path
from typing import Any, NamedTuple

from whoosh.index import TOC

from search import bits
from search.posting_cache import PostingCache, Postings
from search.schema import join_facts, label, make_schema
from search.seal import DamagedIndexError, Seal, SealedStorage
from search.segment import INDEX_NAME, Segment


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
        self._cache = previous.cache if previous else PostingCache()
        self._parts: list[tuple[int, Segment, bool]] = []
        self._labels: dict[str, dict[str, LabelValue]] = {}
        self.size = self.living = 0
        try:
            self._open(home, previous.by_id() if previous else {})
        except BaseException:
            self.close(keep=previous)
            raise
        self.count = self.living.bit_count()
        self._alive = bits.flags(self.living).ljust(self.size, b"\0")
        self.facts = join_facts(segment.facts for _, segment, _ in self._parts)

    def _open(self, home: Path, shared: dict[str, Segment]) -> None:
        storage = SealedStorage(self.seal.folder(home), self.seal.files)
        toc = TOC.read(storage, INDEX_NAME, schema=make_schema())
        for entry in toc.segments:
            segment = shared.get(entry.segment_id()) or Segment(storage, entry)
            deleted = bits.from_documents(entry.deleted_docs(), segment.size)
            self._parts.append((self.size, segment, bool(deleted)))
            self.living |= (bits.everything(segment.size) & ~deleted) << self.size
            self.size += segment.size
        if self.living.bit_count() != self.seal.documents:
            raise DamagedIndexError("documents are missing")

    @property
    def cache(self) -> PostingCache:
        """The postings read so far, for the snapshot that follows."""
        return self._cache

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
        found = [postings for postings in every if postings.documents]
        if len(found) == 1:
            return found[0]
        documents: array[int] = array("I")
        weights: array[float] = array("f")
        for postings in found:
            documents.extend(postings.documents)
            weights.extend(postings.weights)
        return Postings(documents, weights)

    def having(self, field: str, term: str) -> int:
        """The set of living documents that have a term."""
        return bits.from_documents(self.postings(field, term).documents, self.size)

    def places(self, field: str, term: str) -> dict[int, bytes]:
        """Where a term stands: living document -> word positions, packed ``array("I")``."""
        found: dict[int, bytes] = {}
        for base, segment, _ in self._parts:
            matcher = segment.matcher(field, term.encode())
            if matcher is None:
                continue
            documents, payloads = matcher.read_payloads()
            for document, payload in zip(documents, payloads, strict=True):
                if self._alive[base + document]:
                    found[base + document] = payload
        return found

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
        terms = {t for _, segment, _ in self._parts for t in segment.terms("label", prefix)}
        found = 0
        for term in terms:
            found |= self.having("label", term)
        return found

    def document_of(self, document_id: str) -> int | None:
        """The number of a document, None if it is not indexed."""
        documents = self.postings("label", label("id", document_id)).documents
        return documents[-1] if documents else None

    def words_from(self, prefix: str, most: int) -> list[str]:
        """The words that begin with a prefix, the most frequent first, at most so many."""
        counts: dict[str, int] = {}
        for _, segment, _ in self._parts:
            for (field, term), info in segment.reader.iter_from("word", prefix.encode()):
                word = term.decode()
                if field != "word" or not word.startswith(prefix):
                    break
                counts[word] = counts.get(word, 0) + info.doc_frequency()
        return heapq.nsmallest(most, counts, key=lambda word: (-counts[word], word))

    def frequency(self, field: str, term: str) -> int:
        """In how many living documents a term is."""
        return len(self.postings(field, term).documents)

    def has_term(self, field: str, term: str) -> bool:
        """Whether a term is in any document, perhaps a deleted one; cheap."""
        encoded = term.encode()
        return any((field, encoded) in segment.reader for _, segment, _ in self._parts)

    def card(self, document: int) -> dict[str, Any]:
        """What is kept of a document: its card and, under ``sections``, its text."""
        for base, segment, _ in reversed(self._parts):
            if document >= base:
                stored = segment.reader.stored_fields(document - base)
                if "card" in stored:
                    return {**stored["card"], "sections": stored["sections"]}
        raise DamagedIndexError("a document is missing")

    def crowded(self, most: int, size: int) -> list[str]:
        """The ids of the living documents in segments smaller than ``size``, if these are more
        than ``most``.
        """
        small = [(b, s) for b, s, _ in self._parts if s.size < size]
        if len(small) <= most:
            return []
        every = (b + document for b, segment in small for document in range(segment.size))
        return [self.card(document)["id"] for document in every if self._alive[document]]

    def _part_postings(
        self, base: int, segment: Segment, reduced: bool, field: str, term: bytes
    ) -> Postings:
        """The postings of a term in a segment, numbered through all segments."""
        place = (segment.id, base, field, term)
        found = self._cache.get(place)
        if found is None:
            matcher = segment.matcher(field, term)
            documents, weights = matcher.read_all() if matcher else (array("I"), array("f"))
            if base:
                documents = array("I", [base + document for document in documents])
            found = Postings(documents, weights)
            self._cache.keep(place, found)
        if reduced and found.documents:
            alive = [self._alive[document] for document in found.documents]
            documents = array("I", compress(found.documents, alive))
            return Postings(documents, array("f", compress(found.weights, alive)))
        return found
