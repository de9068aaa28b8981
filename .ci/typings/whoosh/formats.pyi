from typing import Any

class Format:
    posting_size: int
    def __init__(self, field_boost: float = ..., **options: Any) -> None: ...
