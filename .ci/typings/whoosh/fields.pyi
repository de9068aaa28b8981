from collections.abc import Iterator
from typing import Any

from whoosh.formats import Format

class FieldType:
    format: Format | None
    scorable: bool
    stored: bool
    def index(self, value: Any, **kwargs: Any) -> Iterator[tuple[bytes, int, float, bytes]]: ...

class STORED(FieldType): ...

class Schema:
    def __init__(self, **fields: FieldType) -> None: ...
    def names(self) -> list[str]: ...
    def __getitem__(self, name: str) -> FieldType: ...
