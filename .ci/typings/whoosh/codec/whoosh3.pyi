from collections.abc import Iterable
from typing import Any

class W3Codec:
    length_stats: bool
    def __init__(
        self, blocklimit: int = ..., compression: int = ..., inlinelimit: int = ...
    ) -> None: ...
    def postings_reader(
        self, dbfile: Any, terminfo: Any, format_: Any, term: Any = ..., scorer: Any = ...
    ) -> W3LeafMatcher: ...

class W3LeafMatcher:
    _data: tuple[Any, Any, Any]
    _weights: Iterable[float]
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
    def _read_data(self) -> None: ...
    def _read_weights(self) -> None: ...
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
