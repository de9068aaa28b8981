from whoosh.codec.whoosh3 import W3Segment
from whoosh.fields import Schema
from whoosh.filedb.filestore import FileStorage

class TOC:
    segments: list[W3Segment]
    def __init__(self, schema: Schema, segments: list[W3Segment], generation: int) -> None: ...
    def write(self, storage: FileStorage, indexname: str) -> None: ...
    @classmethod
    def read(
        cls,
        storage: FileStorage,
        indexname: str,
        gen: int | None = ...,
        schema: Schema | None = ...,
    ) -> TOC: ...

class FileIndex:
    def __init__(
        self, storage: FileStorage, schema: Schema | None = ..., indexname: str = ...
    ) -> None: ...
    @classmethod
    def create(cls, storage: FileStorage, schema: Schema, indexname: str = ...) -> FileIndex: ...
