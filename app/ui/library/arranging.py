"""What the Library shows for a choice of filters and an order, worked out away from the window."""

from dataclasses import dataclass

from app.ui.item_models.library_rows import Head, entries
from app.ui.library.filters import Facet, facets
from app.ui.wording import Wording
from models.listing import Selection, narrowed
from models.queries.catalogue import Row


@dataclass(frozen=True, slots=True)
class Arranged:
    """The ``rows`` of the library, and for ``selection`` and ``order`` how many are ``shown``, the
    counted facets and the list with its heads.
    """

    rows: tuple[Row, ...]
    selection: Selection
    order: str
    shown: int
    facets: tuple[Facet, ...]
    entries: list[Row | Head]


def arranged(rows: tuple[Row, ...], selection: Selection, order: str, wording: Wording) -> Arranged:
    """Narrow, count and sort; some 10 ms for a thousand rows."""
    shown = narrowed(rows, selection)
    counted = facets(rows, selection, wording)
    return Arranged(rows, selection, order, len(shown), counted, entries(shown, order))
