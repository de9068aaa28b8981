"""What the index takes in: one flat view of a post-mortem, and where such views come from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

FLAGS = (
    "has:actions",
    "has:open-actions",
    "has:attachments",
    "has:roots",
    "has:timeline",
    "has:whys",
    "is:draft",
    "is:in-review",
    "is:reviewed",
    "is:closed",
    "is:historical",
    "is:repeat",
    "action:open",
    "action:slipped",
    "action:done",
    "action:overdue",
)
"""The filters that ask whether something is so. ``action:overdue`` depends on today and is worked
out from the due dates of the open actions; a document carries the others in ``flags``."""


@dataclass(frozen=True, slots=True)
class Section:
    """A named piece of a post-mortem's text; the name is what a snippet cites ("5 Whys, 2.1")."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class NamedRoot:
    """A root of the library, by id and title."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class NamedAction:
    """An action of a post-mortem: ref, whether it is open, and from when to when (UTC) it was as
    far as that is known. ``sprints`` are from when to when it sat in each sprint that ran.
    """

    ref: str
    is_open: bool
    began: datetime | None = None
    ended: datetime | None = None
    sprints: tuple[tuple[datetime, datetime | None], ...] = ()


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """Everything that can be searched, filtered, counted or shown of one post-mortem.

    ``occurred_at`` is aware (UTC); ``occurred_on`` is its day where it happened, which filters by
    date and year go by. ``flags`` are taken from ``FLAGS``. ``open_due`` are the due dates of the
    open actions; ``actions`` are those whose state is known here. ``aliases`` are old refs, ids and
    addresses that must still find the document.
    """

    id: str
    ref: str
    title: str
    sections: tuple[Section, ...] = ()
    aliases: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    severity: str = ""
    status: str = ""
    layers: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    roots: tuple[NamedRoot, ...] = ()
    flags: tuple[str, ...] = ()
    occurred_at: datetime | None = None
    occurred_on: date | None = None
    open_due: tuple[date, ...] = ()
    actions: tuple[NamedAction, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened after a place in the change log: documents written, documents gone (deleted or
    in the trash), and the new place.
    """

    sequence: int
    ids: tuple[str, ...]
    gone: tuple[str, ...] = ()


class DocumentSource(Protocol):
    """Where documents and their changes are read from; picklable, for indexing in a child process.

    The change log is numbered upwards. ``mark`` tells a replaced log (a restored backup, a copied
    library) from a continued one: it names the row at a sequence and must stay the same for it.
    """

    def last_sequence(self) -> int:
        """The number of the newest change, 0 for none."""
        ...

    def mark(self, sequence: int) -> str:
        """What tells the change row at ``sequence`` from any other; empty if there is none."""
        ...

    def changes_after(self, sequence: int) -> Changes:
        """The documents touched after ``sequence``, each once."""
        ...

    def ids(self) -> Sequence[str]:
        """Every document that should be found."""
        ...

    def document(self, document_id: str) -> IndexedDocument | None:
        """One document; None if it has gone meanwhile."""
        ...
