"""What came back with a review copy."""

from dataclasses import dataclass

from models.commenting import Remark


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a copy that is in no comment."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Returned:
    """The remarks of a copy of a document (``id``, as of ``version``), and what was damaged.

    ``outside`` is the rest of a Markdown copy, ``unended`` what follows where a comment begins
    that has no end: only the document tells what of both somebody wrote (``placing.placed``).
    """

    id: str
    version: int
    remarks: tuple[Remark, ...]
    notices: tuple[str, ...] = ()
    outside: tuple[Line, ...] = ()
    unended: tuple[Remark, ...] = ()
