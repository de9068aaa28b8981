"""What a search returns. Plain frozen values that may cross threads."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Order(StrEnum):
    """What comes first among the hits with all that was asked for, and among the others."""

    BEST = "best"
    NEWEST = "newest"
    SEVERITY = "severity"


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a section around what was found; ``marks`` are the places of the matches."""

    section: str
    text: str
    marks: tuple[tuple[int, int], ...] = ()

    def marked(self, before: str, after: str) -> str:
        """The text with every match between two signs."""
        parts: list[str] = []
        end = 0
        for start, stop in self.marks:
            parts += [self.text[end:start], before, self.text[start:stop], after]
            end = stop
        return "".join((*parts, self.text[end:]))


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that was found. ``complete`` hits have everything that was asked for; they come
    first, and the divider belongs where they end.
    """

    id: str
    ref: str
    title: str
    score: float
    complete: bool
    severity: str
    status: str
    services: tuple[str, ...]
    occurred_at: datetime | None
    snippets: tuple[Snippet, ...]
    title_marks: tuple[tuple[int, int], ...] = ()

    @property
    def snippet(self) -> str:
        """The text of the best snippet."""
        return self.snippets[0].text if self.snippets else ""

    @property
    def section(self) -> str:
        """Where the best snippet stands."""
        return self.snippets[0].section if self.snippets else ""


Facets = Mapping[str, tuple[tuple[str, int], ...]]
"""By filter: its values with the number of documents found that have them, most first."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer to a query. ``total`` counts all that was found, ``complete`` those with
    everything asked for; ``suggestion`` is a better spelling of the query or None; ``mended`` says
    that the query was cut or a fault in it passed over, as ``notices`` tell. If the query was a
    ref or alias, that document alone is complete, found ``by_name``; others mention it.
    """

    query: str
    total: int
    complete: int
    took_ms: float
    suggestion: str | None
    notices: tuple[str, ...]
    facets: Facets
    hits: tuple[Hit, ...]
    mended: bool = False
    by_name: bool = False


@dataclass(frozen=True, slots=True)
class SimilarHit:
    """A failure like the one at hand, and why it is believed to be."""

    id: str
    ref: str
    title: str
    score: float
    severity: str
    status: str
    services: tuple[str, ...]
    occurred_at: datetime | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """``behind`` counts the documents that changed since; ``generation`` 0 means none yet."""

    path: str
    documents: int
    behind: int
    generation: int
