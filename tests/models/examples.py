"""What the tests of the store write: short documents and the people who write them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from models.commands import post_mortems
from models.document import Document, new_id
from models.domain.action import ActionItem
from models.domain.incident import Incident, Times
from models.domain.moments import exactly
from models.domain.post_mortem import PostMortem
from models.domain.whys import Stop, StopReason, WhyNode, WhyTree
from models.queries import post_mortems as queries
from models.store.library import Actor, Library, open_library, utc_now
from models.store.library import Clock as LibraryClock

ANN = Actor("Ann", "author")
BEN = Actor("Ben", "reviewer")
NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


@cache
def _empty() -> bytes:
    with TemporaryDirectory() as folder:
        open_library(Path(folder)).close()
        return (Path(folder) / "library.db").read_bytes()


@contextmanager
def empty_library(folder: Path, clock: LibraryClock = utc_now) -> Iterator[Library]:
    """A new library in a folder, made from a copy: migrating each would take most of the time."""
    folder.mkdir(exist_ok=True)
    (folder / "library.db").write_bytes(_empty())
    library = open_library(folder, clock=clock)
    try:
        yield library
    finally:
        library.close()


@contextmanager
def fresh_library() -> Iterator[Library]:
    """An empty library for one example of a property."""
    with TemporaryDirectory() as folder, empty_library(Path(folder)) as library:
        yield library


class Clock:
    """A time that moves only when told to."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> datetime:
        """Moves on by a timedelta's arguments and returns the new time."""
        self.now += timedelta(**span)
        return self.now


def leaf(answer: str, node_id: str = "") -> WhyNode:
    """A why that is a root."""
    return WhyNode(node_id or new_id(), "Why?", answer, stop=Stop(StopReason.FIXABLE))


def tree(*nodes: WhyNode) -> tuple[WhyTree, ...]:
    """The occurrence tree of these nodes alone."""
    return (WhyTree(new_id(), problem="It broke", nodes=nodes),)


def incident(year: int | None = 2026, *, severity: str = "SEV2") -> Incident:
    """One of this year, or of no known time."""
    times = Times() if year is None else Times(onset=exactly(datetime(year, 3, 4, 5, tzinfo=UTC)))
    return Incident(new_id(), severity=severity, services=("checkout",), times=times)


def document(
    title: str = "Queue stalled",
    *nodes: WhyNode,
    year: int | None = 2026,
    ref: str = "",
    severity: str = "SEV2",
) -> Document:
    """A new one with these roots."""
    mortem = PostMortem(
        new_id(), title, incidents=(incident(year, severity=severity),), whys=tree(*nodes)
    )
    return Document(mortem, ref=ref)


def stored(library: Library, made: Document | None = None) -> Document:
    """A document as the library holds it."""
    made = made or document()
    return queries.by_id(library, post_mortems.add(library, made, ANN).id)


def again(library: Library, known: Document) -> Document:
    """The same document as it is now."""
    return queries.by_id(library, known.post_mortem.id)


def retitled(known: Document, title: str) -> Document:
    """With another title."""
    return replace(known, post_mortem=replace(known.post_mortem, title=title))


def action(title: str = "Add an alert", **fields: object) -> ActionItem:
    """A new one."""
    return replace(ActionItem(new_id(), title), **fields)  # type: ignore[arg-type]


def with_actions(known: Document, *items: ActionItem) -> Document:
    """With these after its own."""
    return replace(known, actions=(*known.actions, *items))
