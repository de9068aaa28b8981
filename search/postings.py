"""The form in which Whoosh keeps our postings, and how they are written and read in bulk.

The files are Whoosh's own format with larger blocks. Whoosh moves postings one at a time, sorted
through temporary files; sorting the terms and copying whole blocks took a third of the time. On
reading, everything that scores or filters wants all documents of a term at once.
"""

import marshal
import pickle
import struct
import zlib
from array import array
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from whoosh.codec.whoosh3 import (
    WHOOSH3_HEADER_MAGIC,
    W3Codec,
    W3FieldWriter,
    W3LeafMatcher,
    W3PostingsWriter,
    W3Segment,
    W3TermsReader,
)
from whoosh.fields import FieldType, Schema
from whoosh.formats import Format

from search.cache import Postings
from search.damage import DamagedIndexError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from search.bits import Documents

ALL = b"all"
"""The only term of fields that tell of a whole segment."""
WORD_FIELD = "word"
LIST_FIELD = "words"
"""The field of plain words, and the one that lists them with the number of their documents: to
read them from Whoosh's dictionary one at a time takes fifty times as long.
"""
BLOCK = 1024
FEW = 16
"""Shorter columns are kept as they are: narrowing them costs more than it saves."""
WORTH_PACKING = 200
"""Bytes of payload from which on compressing them saves much."""
MARSHAL_VERSION = 4
READ_AHEAD = 8_192
"""Bytes of Whoosh's dictionary that are read at once."""
_INT = struct.Struct("!i")
_LENGTHS = struct.Struct("!II")
"""Of a term and of what is said of it, as they stand before both in Whoosh's dictionary."""

Number = TypeVar("Number", bound=np.generic)
_Column = tuple[str, bytes]
"""The type of an array's numbers and their bytes."""
_Payloads = tuple[bytes, int, bytes]
"""The sizes, the length before compression (0 for none), the joined payloads."""
_Block = tuple[_Column, float | _Column, _Payloads | None]

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
        """The postings by field and term, in order, and the list of all plain words."""
        listed = "\n".join(
            f"{term.decode()}\t{len(group[2])}"
            for (field, term), group in sorted(self._terms.items())
            if field == WORD_FIELD
        )
        if self._terms:
            payload = [listed.encode()]
            self._terms[LIST_FIELD, ALL] = (
                LIST_FIELD,
                ALL,
                array("I", [0]),
                array("f", [1.0]),
                payload,
            )
        return (self._terms[place] for place in sorted(self._terms))

    def cleanup(self) -> None:
        """Forgets everything."""
        self._terms.clear()


class BlockPostingsWriter(W3PostingsWriter):
    """Writes the postings of a term a block at a time, each column as the bytes of an array."""

    def fill(self, documents: "array[int]", weights: "array[float]", payloads: list[bytes]) -> None:
        """Takes all postings of the term that was started; the last block is left for the end."""
        for start in range(0, len(documents), BLOCK):
            if start:
                self._write_block()
            self._ids = documents[start : start + BLOCK]
            self._weights = weights[start : start + BLOCK]
            self._values = payloads[start : start + BLOCK]
            self._maxweight = max(self._weights)

    def _write_block(self, last: bool = False) -> None:
        head = b"" if self._blockcount else WHOOSH3_HEADER_MAGIC
        self._terminfo.add_block(self)
        # What Whoosh wants to know of a block: postings, last document, largest weight, whether it
        # is packed, lengths.
        told = pickle.dumps((len(self._ids), self._ids[-1], self._maxweight, 0, 0, 0), 2)
        columns = (self._packed_documents(), self._packed_weights(), self._packed_payloads())
        data = marshal.dumps(columns, MARSHAL_VERSION)
        size = len(told) + len(data)
        self._postfile.write(head + _INT.pack(-size if last else size) + told + data)
        self._blockcount += 1
        self._new_block()

    def _packed_documents(self) -> _Column:
        if len(self._ids) < FEW:
            return "I", self._ids.tobytes()
        return _narrowed(_steps(np.frombuffer(self._ids, np.uint32)))

    def _packed_weights(self) -> float | _Column:
        first = self._weights[0]
        if self._weights.count(first) == len(self._weights):
            return first
        if len(self._weights) < FEW:
            return "f", self._weights.tobytes()
        weights = np.frombuffer(self._weights, np.float32)
        whole = weights.astype(np.uint32)
        return _narrowed(whole) if (whole == weights).all() else ("f", weights.tobytes())

    def _packed_payloads(self) -> _Payloads | None:
        if not self._values:
            return None
        sizes = array("I", map(len, self._values)).tobytes()
        joined = b"".join(self._values)
        if len(joined) < WORTH_PACKING:
            return sizes, 0, joined
        return sizes, len(joined), zlib.compress(joined, 1)


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

    _columns: _Block

    def read_all(self) -> Postings:
        """Document numbers and weights."""
        documents, weights = [], []
        for _ in self._blocks():
            documents.append(self._documents())
            weights.append(self._block_weights(len(documents[-1])))
        return Postings(_joined(documents), _joined(weights))

    def read_payloads(self) -> tuple["Documents", "NDArray[np.uint32]", bytes]:
        """Document numbers, the size of each one's payload in bytes, and the payloads."""
        documents, sizes, joined = [], [], bytearray()
        for _ in self._blocks():
            documents.append(self._documents())
            if self._columns[2] is None:
                raise DamagedIndexError("postings lack their places")
            packed, length, payloads = self._columns[2]
            sizes.append(np.frombuffer(packed, np.uint32))
            joined += zlib.decompress(payloads, bufsize=length) if length else payloads
        return _joined(documents), _joined(sizes), bytes(joined)

    def _read_block(self) -> _Block:
        try:
            read: _Block = marshal.loads(  # noqa: S302 - from the sealed cache only
                self._postfile.get(self._dataoffset, self._nextoffset - self._dataoffset)
            )
        except (EOFError, ValueError, TypeError) as error:
            raise DamagedIndexError("postings cannot be read") from error
        return read

    def _documents(self) -> "Documents":
        code, packed = self._columns[0]
        values = np.frombuffer(packed, code)
        return values.copy() if len(values) < FEW else values.cumsum(dtype=np.uint32)

    def _block_weights(self, count: int) -> "NDArray[np.float32]":
        weights = self._columns[1]
        if isinstance(weights, float):
            return np.full(count, weights, np.float32)
        return np.frombuffer(weights[1], weights[0]).astype(np.float32)

    def _blocks(self) -> Iterator[None]:
        while True:
            self._columns = self._read_block()
            yield
            if self._lastblock:
                return
            self._goto(self._nextoffset)


def _steps(documents: "Documents") -> "Documents":
    """The first number, then how far each is from the one before."""
    steps = documents.copy()
    steps[1:] -= documents[:-1]
    return steps


def _narrowed(values: "NDArray[np.uint32]") -> _Column:
    """Whole numbers in the narrowest type that holds them."""
    most = int(values.max())
    code = "B" if most < 1 << 8 else "H" if most < 1 << 16 else "I"
    return code, values.astype(code).tobytes()


def _joined(parts: "list[NDArray[Number]]") -> "NDArray[Number]":
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


class BlockTermsReader(W3TermsReader):
    """Reads terms in order some hundred at a time; singly each takes several system calls."""

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Fields and terms, from the first one that is not before ``prefix``."""
        index, size = self._tindex, READ_AHEAD
        place: int | None = index.closest_key_pos(self._keycoder(fieldname, prefix))
        while place is not None and place < index.endofdata:
            data = index.dbfile.get(place, min(size, index.endofdata - place))
            read = 0
            for start, end, after in _entries(data):
                yield self._keydecoder(data[start:end])
                read = after
            if not read:
                if place + size >= index.endofdata:
                    raise DamagedIndexError("its dictionary cannot be read")
                size *= 2
            place += read


def _entries(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Where each term that is wholly in ``data`` begins and ends, and where its entry ends."""
    at = 0
    while at + _LENGTHS.size <= len(data):
        length, told = _LENGTHS.unpack_from(data, at)
        start = at + _LENGTHS.size
        if start + length > len(data):
            return
        at = start + length + told
        yield start, start + length, at


class BlockCodec(W3Codec):
    """Whoosh's file format, written and read by the classes above."""

    length_stats = False

    def __init__(self) -> None:
        super().__init__(blocklimit=BLOCK, compression=0, inlinelimit=0)

    def field_writer(self, storage: Any, segment: W3Segment) -> BlockFieldWriter:
        """Writes terms and postings."""
        return BlockFieldWriter(self, storage, segment)

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> BlockPostingsWriter:
        """Writes postings."""
        return BlockPostingsWriter(dbfile, BLOCK, byteids, compression=0, inlinelimit=0)

    def terms_reader(self, storage: Any, segment: W3Segment) -> BlockTermsReader:
        """Reads the dictionary."""
        name = segment.make_filename(self.TERMS_EXT)
        postings = segment.open_file(storage, self.POSTS_EXT)
        return BlockTermsReader(self, storage.open_file(name), storage.file_length(name), postings)

    def postings_reader(
        self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None
    ) -> BlockMatcher:
        """Reads the postings of a term."""
        offset, length = terminfo.extent()
        return BlockMatcher(dbfile, offset, length, format_, term=term, scorer=scorer)
