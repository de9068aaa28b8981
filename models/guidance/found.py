"""What a rule of guidance looks at, and what it finds."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from models.document import Document
from models.domain.incident import Incident
from models.frameworks import Framework


@dataclass(frozen=True, slots=True)
class Facts:
    """A document, the response frameworks, and its actions that belong to another post-mortem."""

    document: Document
    frameworks: Mapping[str, Framework]
    borrowed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that is missing. ``place`` leads there: a section with an anchor, or an id.

    ``name`` is what it is about, ``more`` what else is said of it, ``section`` the one
    where the guide names none.
    """

    place: str = ""
    name: str = ""
    incident: Incident | None = None
    more: str = ""
    section: str = ""


Rule = Callable[[Facts], Iterator[Found]]


def incidents(facts: Facts) -> tuple[Incident, ...]:
    """The incidents of the document."""
    return facts.document.post_mortem.incidents
