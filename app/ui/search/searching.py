"""Asking the index; runs in the search lane."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.ui.search.state import SearchState
from search.results import SearchResult

if TYPE_CHECKING:
    from app.bootstrap import Workspace

_PART = re.compile(r'[^\s"]*"[^"]*"|\S+')
MOST_PARTS = 6
"""Words of a question without answer that are tried to be left out."""
PAGE = 50
"""Hits fetched at a time."""


@dataclass(frozen=True)
class Answer:
    """A result and the counts of every facet, each without its own choices."""

    state: SearchState
    result: SearchResult
    counts: dict[str, list[tuple[str, int]]]
    without: tuple["Without", ...] = ()
    """Where nothing matches: what would, with one part of the question dropped."""


@dataclass(frozen=True)
class Without:
    """A question less one part: what is dropped, how many match then."""

    dropped: str
    state: SearchState
    total: int


def ask(workspace: "Workspace", state: SearchState, *, typing: bool, limit: int) -> Answer:
    """Search, and count each chosen facet as if it were not chosen."""
    index = workspace.index
    typing = typing and bool(state.text.strip())
    result = index.search(
        state.query(), limit=0 if state.is_empty else limit, typing=typing, order=state.order
    )
    counts = {key: list(values) for key, values in result.facets.items()}
    for key in state.selection:
        without = index.search(state.query(but=key), limit=0, typing=typing)
        counts[key] = list(without.facets.get(key, ()))
    return Answer(state, result, counts, () if result.total else _without(workspace, state))


def _without(workspace: "Workspace", state: SearchState) -> tuple[Without, ...]:
    """What matches with one filter or one word less, most first; for a question without answer."""
    less = [(name, state.less(key)) for key in state.selection if (name := _values(state, key))]
    words = _PART.findall(state.text)
    for number, word in enumerate(words[:MOST_PARTS]):
        if word == "OR":
            continue
        rest = " ".join(words[:number] + words[number + 1 :])
        less.append((word, state.with_text(rest)))
    found = [
        Without(name, other, workspace.index.search(other.query(), limit=0).total)
        for name, other in less
        if not other.is_empty
    ]
    return tuple(sorted((w for w in found if w.total), key=lambda w: -w.total))


def _values(state: SearchState, key: str) -> str:
    return f"{key}: {' or '.join(sorted(state.selection[key]))}"
