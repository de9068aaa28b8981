"""One segment of the index, opened for reading."""

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

from whoosh.codec.whoosh3 import W3Segment
from whoosh.reading import SegmentReader, TermNotFound

from search import bits
from search.damage import DamagedIndexError
from search.postings import ALL, LIST_FIELD, BlockCodec, BlockMatcher
from search.schema import Facts, make_schema, read_facts
from search.seal import SealedStorage

INDEX_NAME = "MAIN"
SMALL = 100
"""Segments of fewer documents keep their terms in memory."""


class Segment:
    """A segment's files; they never change, only which of its documents are deleted."""

    def __init__(self, storage: SealedStorage, segment: W3Segment) -> None:
        self.id = segment.segment_id()
        self.size = segment.doc_count_all()
        # Deletions are applied by the snapshot: the reader's own filter costs more than reading.
        whole = W3Segment(BlockCodec(), INDEX_NAME, self.size, segid=segment.segid)
        self.reader = SegmentReader(storage, make_schema(), whole)
        self._labels: dict[str, dict[str, int]] = {}
        self._vocabularies: dict[str, frozenset[bytes]] = {}
        try:
            if self.size:
                self.reader.stored_fields(0)  # opened now, before another process removes the file
            self.facts = self._read_facts()
        except BaseException:
            self.reader.close()
            raise

    def matcher(self, field: str, term: bytes) -> BlockMatcher | None:
        """The postings of a term, None if no document of the segment has it."""
        if self.size < SMALL and term not in self._vocabulary(field):
            return None
        try:
            matcher = self.reader.postings(field, term)
        except TermNotFound:
            return None
        if not isinstance(matcher, BlockMatcher):
            raise DamagedIndexError("it was written in another format")
        return matcher

    @cached_property
    def words(self) -> dict[str, int]:
        """The plain words in order, each with the number of its documents, deleted ones too."""
        matcher = self.matcher(LIST_FIELD, ALL) if self.size else None
        listed = matcher.read_payloads()[2].decode() if matcher else ""
        pairs = (line.split("\t") for line in listed.split("\n") if line)
        return {word: int(count) for word, count in pairs}

    @cached_property
    def _sorted_words(self) -> list[str]:
        return list(self.words)

    def words_from(self, prefix: str) -> list[str]:
        """The plain words that begin with a prefix."""
        first = bisect_left(self._sorted_words, prefix)
        last = bisect_left(self._sorted_words, prefix + "\U0010ffff", first)
        return self._sorted_words[first:last]

    def _vocabulary(self, field: str) -> frozenset[bytes]:
        """All terms of a field. Most terms that are asked for are in no small segment, and looking
        for one on disk costs as much as reading its postings.
        """
        if field not in self._vocabularies:
            self._vocabularies[field] = frozenset(self.reader.lexicon(field))
        return self._vocabularies[field]

    def labels(self, name: str) -> dict[str, int]:
        """The terms of a filter with their documents, deleted ones included."""
        if name not in self._labels:
            found: dict[str, int] = {}
            for term in self.terms("label", f"{name}\x1f"):
                matcher = self.matcher("label", term.encode())
                if matcher:
                    found[term] = bits.from_documents(matcher.read_all().documents, self.size)
            self._labels[name] = found
        return self._labels[name]

    def terms(self, field: str, prefix: str) -> Iterator[str]:
        """The terms of a field that begin with a prefix, in order."""
        start = prefix.encode()
        if self.size < SMALL:
            known = (term for term in self._vocabulary(field) if term.startswith(start))
            yield from sorted(term.decode() for term in known)
            return
        for found, term in self.reader.terms_from(field, start):
            text = term.decode()
            if found != field or not text.startswith(prefix):
                break
            yield text

    def _read_facts(self) -> Facts:
        matcher = self.matcher("facts", ALL) if self.size else None
        facts = read_facts(matcher.read_payloads()[2] if matcher else b"")
        if any(len(column) != self.size for column in facts):
            raise DamagedIndexError("a segment lacks documents")
        return facts
