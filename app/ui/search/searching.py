"""Asking the index; runs in the search lane."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.ui.search.state import SearchState
from search.results import SearchResult

if TYPE_CHECKING:
    from app.bootstrap import Workspace

PAGE = 50
"""Hits fetched at a time."""


@dataclass(frozen=True)
class Answer:
    """A result and the counts of every facet, each without its own choices."""

    state: SearchState
    result: SearchResult
    counts: dict[str, list[tuple[str, int]]]


def ask(workspace: "Workspace", state: SearchState, *, typing: bool, limit: int) -> Answer:
    """Search, and count each chosen facet as if it were not chosen."""
    index = workspace.index
    # The word being typed is the last of the query only where no facet follows it.
    whole = typing and not state.selection
    result = index.search(state.query(), limit=limit, typing=whole)
    counts = {key: list(values) for key, values in result.facets.items()}
    for key in state.selection:
        without = index.search(state.query(but=key), limit=0, typing=whole)
        counts[key] = list(without.facets.get(key, ()))
    return Answer(state, result, counts)
