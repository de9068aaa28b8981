"""Searches that are kept: those with a name, and the last ones.

One file for each library in the folder of the settings: what somebody looks for is their own, not
the library's, and its filters mean nothing in another library.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.ui.search.state import SearchState
from models.errors import LibraryError
from models.whole_files import write_whole
from search.results import Order

MOST_RECENT = 10


@dataclass(frozen=True)
class Saved:
    """A search with its name."""

    name: str
    state: SearchState


@dataclass(frozen=True)
class Searches:
    """All that are kept: saved ones as they were saved, the last one first."""

    saved: tuple[Saved, ...] = ()
    recent: tuple[SearchState, ...] = ()

    def with_recent(self, state: SearchState) -> "Searches":
        """With what was searched for now."""
        others = [one for one in self.recent if one != state]
        return replace(self, recent=(state, *others)[:MOST_RECENT])

    def with_saved(self, saved: Saved) -> "Searches":
        """With a search under its name, which may have had another."""
        others = tuple(one for one in self.saved if one.name != saved.name)
        return replace(self, saved=(*others, saved))

    def renamed(self, old: str, new: str) -> "Searches":
        """With another name for one, in its place; whatever had that name is gone."""
        kept = (one for one in self.saved if one.name == old or one.name != new)
        return replace(
            self, saved=tuple(replace(one, name=new) if one.name == old else one for one in kept)
        )

    def without(self, name: str) -> "Searches":
        """Without a saved search."""
        return replace(self, saved=tuple(one for one in self.saved if one.name != name))


class SearchFile:
    """The kept searches of one library."""

    def __init__(self, folder: Path, library_id: str) -> None:
        self._path = folder / "searches" / f"{library_id}.json"

    def read(self) -> Searches:
        """What is kept; what cannot be read counts as nothing."""
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return Searches()
        if not isinstance(found, dict):
            return Searches()
        saved = (
            Saved(str(one["name"]), _state(one))
            for one in _entries(found.get("saved"))
            if one.get("name")
        )
        recent = (_state(one) for one in _entries(found.get("recent")))
        return Searches(tuple(saved), tuple(one for one in recent if not one.is_empty))

    def write(self, searches: Searches) -> None:
        """Keep these. Raises ``LibraryError`` where the file cannot be written."""
        said = {
            "saved": [{"name": one.name, **_said(one.state)} for one in searches.saved],
            "recent": [_said(state) for state in searches.recent],
        }
        try:
            write_whole(self._path, json.dumps(said, ensure_ascii=False, indent=1))
        except OSError as error:
            raise LibraryError(
                f"Searches cannot be kept in {self._path}: {error.strerror or error}.",
                kept="They are as they were.",
                advice="Check that you may write there.",
            ) from error


def _said(state: SearchState) -> dict[str, Any]:
    chosen = {key: sorted(values) for key, values in state.selection.items()}
    return {"text": state.text, "selection": chosen, "order": state.order.value}


def _entries(found: object) -> Iterable[dict[str, Any]]:
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _state(found: dict[str, Any]) -> SearchState:
    chosen = found.get("selection")
    selection = {
        str(key): frozenset(map(str, values))
        for key, values in (chosen.items() if isinstance(chosen, dict) else ())
        if isinstance(values, list) and values
    }
    order = str(found.get("order"))
    known = Order(order) if order in set(Order) else Order.BEST
    return SearchState(str(found.get("text", "")), selection, known)
