from array import array
from collections.abc import Iterable
from typing import Any

from whoosh.fields import FieldType, Schema

WHOOSH3_HEADER_MAGIC: bytes

class W3Codec:
    length_stats: bool
    def __init__(
        self, blocklimit: int = ..., compression: int = ..., inlinelimit: int = ...
    ) -> None: ...
    def field_writer(self, storage: Any, segment: W3Segment) -> W3FieldWriter: ...
    def postings_writer(self, dbfile: Any, byteids: bool = ...) -> W3PostingsWriter: ...
    def postings_reader(
        self, dbfile: Any, terminfo: Any, format_: Any, term: Any = ..., scorer: Any = ...
    ) -> W3LeafMatcher: ...

class W3PostingsWriter:
    _ids: array[int]
    _weights: array[float]
    _values: list[bytes]
    _maxweight: float
    _blockcount: int
    _postfile: Any
    _terminfo: Any
    def __init__(
        self,
        postfile: Any,
        blocklimit: int,
        byteids: bool = ...,
        compression: int = ...,
        inlinelimit: int = ...,
    ) -> None: ...
    def _new_block(self) -> None: ...
    def _write_block(self, last: bool = ...) -> None: ...

class W3FieldWriter:
    _postwriter: W3PostingsWriter
    def __init__(self, codec: W3Codec, storage: Any, segment: W3Segment) -> None: ...
    def add_postings(self, schema: Schema, lengths: object, items: Iterable[Any]) -> None: ...
    def start_field(self, fieldname: str, fieldobj: FieldType) -> None: ...
    def start_term(self, btext: bytes) -> None: ...
    def finish_term(self) -> None: ...
    def finish_field(self) -> None: ...

class W3LeafMatcher:
    _postfile: Any
    _dataoffset: int
    _lastblock: bool
    _nextoffset: int
    def __init__(
        self,
        postfile: Any,
        startoffset: int,
        length: int,
        format_: Any,
        term: Any = ...,
        byteids: bool | None = ...,
        scorer: Any = ...,
    ) -> None: ...
    def _goto(self, position: int) -> None: ...

class W3Segment:
    segid: str
    def __init__(
        self,
        codec: W3Codec,
        indexname: str,
        doccount: int = ...,
        segid: str | None = ...,
        deleted: set[int] | None = ...,
    ) -> None: ...
    def segment_id(self) -> str: ...
    def doc_count_all(self) -> int: ...
    def deleted_count(self) -> int: ...
    def deleted_docs(self) -> Iterable[int]: ...
