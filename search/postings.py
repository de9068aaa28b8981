"""The form in which Whoosh keeps our postings, and how they are written and read in bulk.

The files are Whoosh's own format with larger blocks. Whoosh moves postings one at a time, sorted
through temporary files; sorting the terms and copying whole blocks took a third of the time. On
reading, everything that scores or filters wants all documents of a term at once.
"""

from array import array
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Any

from whoosh.codec.whoosh3 import (
    W3Codec,
    W3FieldWriter,
    W3LeafMatcher,
    W3PostingsWriter,
    W3Segment,
)
from whoosh.fields import FieldType, Schema
from whoosh.formats import Format

BLOCK = 1024

Posting = tuple[bytes, int, float, bytes]
"""Of a term in a document: term, count, weight and payload."""
Group = tuple[str, bytes, "array[int]", "array[float]", list[bytes]]
"""Of a term in all documents: field, term, documents, weights and payloads."""


class Values(Format):
    """Postings with a payload of our own; ``size`` is its length in bytes, -1 if it varies."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.posting_size = size


class Prepared(FieldType):
    """A field whose postings come ready-made."""

    def __init__(self, size: int) -> None:
        self.format = Values(size)
        self.scorable = False  # lengths are kept in the facts

    def index(self, value: Iterable[Posting], **_kwargs: Any) -> Iterator[Posting]:
        """Hands the postings on."""
        return iter(value)


class GroupedPool:
    """Collects the postings of a segment by term; takes the place of Whoosh's pool."""

    def __init__(self) -> None:
        self._terms: dict[tuple[str, bytes], Group] = {}

    def add(self, item: tuple[str, bytes, int, float, bytes]) -> None:
        """Adds a posting; documents come in rising order."""
        field, term, document, weight, payload = item
        group = self._terms.get((field, term))
        if group is None:
            group = self._terms[field, term] = (field, term, array("I"), array("f"), [])
        group[2].append(document)
        group[3].append(weight)
        if payload:
            group[4].append(payload)

    def iter_postings(self) -> Iterator[Group]:
        """The postings by field and term, in order."""
        return (self._terms[place] for place in sorted(self._terms))

    def cleanup(self) -> None:
        """Forgets everything."""
        self._terms.clear()


class BlockPostingsWriter(W3PostingsWriter):
    """Writes the postings of a term a block at a time."""

    def fill(self, documents: "array[int]", weights: "array[float]", payloads: list[bytes]) -> None:
        """Takes all postings of the term that was started; the last block is left for the end."""
        for start in range(0, len(documents), BLOCK):
            if start:
                self._write_block()
            self._ids = documents[start : start + BLOCK]
            self._weights = weights[start : start + BLOCK]
            self._values = payloads[start : start + BLOCK]
            self._maxweight = max(self._weights)


class BlockFieldWriter(W3FieldWriter):
    """Writes the terms of a ``GroupedPool``."""

    _postwriter: BlockPostingsWriter

    def add_postings(self, schema: Schema, _lengths: object, items: Iterable[Group]) -> None:
        """Writes all fields of a segment."""
        current = None
        for field, term, documents, weights, payloads in items:
            if field != current:
                if current is not None:
                    self.finish_field()
                self.start_field(field, schema[field])
                current = field
            self.start_term(term)
            self._postwriter.fill(documents, weights, payloads)
            self.finish_term()
        if current is not None:
            self.finish_field()


class BlockMatcher(W3LeafMatcher):
    """Reads all postings of a term, a block at a time."""

    def read_all(self) -> tuple["array[int]", "array[float]"]:
        """Document numbers and weights."""
        ids = array("I")
        weights = array("f")
        for _ in self._blocks():
            ids.extend(accumulate(self._data[0]))
            self._read_weights()
            weights.extend(self._weights)
        return ids, weights

    def read_payloads(self) -> tuple["array[int]", list[bytes]]:
        """Document numbers and payloads of varying size."""
        ids = array("I")
        payloads: list[bytes] = []
        for _ in self._blocks():
            ids.extend(accumulate(self._data[0]))
            payloads.extend(self._data[2])
        return ids, payloads

    def read_fixed(self) -> tuple["array[int]", bytes]:
        """Document numbers and payloads of one size, joined."""
        ids = array("I")
        joined = bytearray()
        for _ in self._blocks():
            ids.extend(accumulate(self._data[0]))
            joined += self._data[2]
        return ids, bytes(joined)

    def _blocks(self) -> Iterator[None]:
        while True:
            self._read_data()
            yield
            if self._lastblock:
                return
            self._goto(self._nextoffset)


class BlockCodec(W3Codec):
    """Whoosh's file format, written and read by the classes above."""

    length_stats = False

    def __init__(self) -> None:
        super().__init__(blocklimit=BLOCK, compression=1, inlinelimit=0)

    def field_writer(self, storage: Any, segment: W3Segment) -> BlockFieldWriter:
        """Writes terms and postings."""
        return BlockFieldWriter(self, storage, segment)

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> BlockPostingsWriter:
        """Writes postings."""
        return BlockPostingsWriter(dbfile, BLOCK, byteids, compression=1, inlinelimit=0)

    def postings_reader(
        self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None
    ) -> BlockMatcher:
        """Reads the postings of a term."""
        offset, length = terminfo.extent()
        return BlockMatcher(dbfile, offset, length, format_, term=term, scorer=scorer)
