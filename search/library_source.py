"""The library as the index reads it; search never writes to the database."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from models.errors import NotFoundError
from models.queries import changes, post_mortems, tracking
from models.store.library import Library, open_library
from search.documents import Changes, IndexedDocument
from search.extract import extract


class LibrarySource:
    """Documents and changes of a library. A child process that gets it opens the library anew.

    ``due_days`` is the due policy: days from ready to due, by severity.
    """

    def __init__(self, library: Library, due_days: Mapping[str, int]) -> None:
        self._library = library
        self._due_days = dict(due_days)

    def __getstate__(self) -> tuple[Path, dict[str, int]]:
        return self._library.folder, self._due_days

    def __setstate__(self, state: tuple[Path, dict[str, int]]) -> None:
        folder, self._due_days = state
        self._library = open_library(folder)

    def last_sequence(self) -> int:
        """The number of the newest change."""
        return changes.head(self._library)

    def mark(self, sequence: int) -> str:
        """What tells a change from another with its number."""
        return changes.mark(self._library, sequence)

    def changes_after(self, sequence: int) -> Changes:
        """The documents touched after a change."""
        found = changes.after(self._library, sequence)
        return Changes(found.seq, tuple(sorted(found.ids)), tuple(sorted(found.gone)))

    def ids(self) -> Sequence[str]:
        """Every document that is not in the trash."""
        return post_mortems.ids(self._library)

    def document(self, document_id: str) -> IndexedDocument | None:
        """One document; None if it is in the trash or unknown."""
        try:
            name = post_mortems.resolve(self._library, document_id)
            document = post_mortems.by_id(self._library, name)
            tickets = tracking.tickets(self._library, [action.id for action in document.actions])
            seen = {id: ticket.seen for id, ticket in tickets.items() if ticket.seen}
            return extract(document, self._due_days, seen)
        except NotFoundError:
            return None
