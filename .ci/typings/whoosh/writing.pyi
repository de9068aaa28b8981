from collections.abc import Callable
from typing import Any

from whoosh.codec.whoosh3 import W3Codec, W3Segment
from whoosh.fields import Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.reading import SegmentReader

class SegmentWriter:
    storage: FileStorage
    schema: Schema
    is_closed: bool
    pool: Any
    def __init__(self, ix: FileIndex, *, codec: W3Codec, compound: bool = ...) -> None: ...
    def add_document(self, **fields: Any) -> None: ...
    def delete_document(self, docnum: int) -> None: ...
    def add_reader(self, reader: SegmentReader) -> None: ...
    def commit(
        self,
        mergetype: Callable[[SegmentWriter, list[W3Segment]], list[W3Segment]] | None = ...,
        merge: bool | None = ...,
    ) -> None: ...
    def cancel(self) -> None: ...
