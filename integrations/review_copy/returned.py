"""What came back with a review copy."""

from dataclasses import dataclass

from models.commenting import Remark


@dataclass(frozen=True, slots=True)
class Returned:
    """The remarks of a copy of a document (``id``, as of ``version``), and what was damaged."""

    id: str
    version: int
    remarks: tuple[Remark, ...]
    notices: tuple[str, ...] = ()
