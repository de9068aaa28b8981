"""The one door to search: what the window and the command line call.

``search`` and ``similar`` belong to one thread, ``catch_up``, ``rebuild`` and ``status`` to one
thread too, which may be another: the two sides meet only in the seal on disk.
"""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

from models.store.library import Library
from models.vocabulary import Vocabularies
from search.damage import DamagedIndexError
from search.documents import DocumentSource, IndexedDocument
from search.filters import Canonical
from search.library_source import LibrarySource
from search.parts import Progress
from search.results import IndexStatus, Order, SearchResult, SimilarHit
from search.seal import home_of, read_seal
from search.searcher import SNIPPETS, Searcher, utc_today
from search.writer import Cancelled, TooManyError, Writer, Written, ignore_progress

CHILD_FROM = 200
"""From so many documents on, indexing is done in a child process (which takes 0.3 s to start)."""


T = TypeVar("T")


def never() -> bool:
    """For callers that never cancel."""
    return False


class SearchIndex:
    """Search over one library. ``cache`` is the user's cache folder, never one that came from
    elsewhere; ``canonical`` turns the values of a filter into those documents hold ("P1" into
    "SEV1"), by filter. ``gentle`` and ``severities``: see ``Searcher``.
    """

    def __init__(
        self,
        cache: Path,
        library_id: str,
        source: DocumentSource,
        *,
        canonical: Canonical | None = None,
        today: Callable[[], date] = utc_today,
        severities: Sequence[str] = (),
        gentle: bool = True,
    ) -> None:
        self._home = home_of(cache, library_id)
        self._library = library_id
        self._source = source
        self._searcher = Searcher(
            cache,
            library_id,
            canonical=canonical,
            today=today,
            severities=severities,
            gentle=gentle,
        )
        self._writer = Writer(self._home, library_id, source)

    def open(self) -> None:
        """Opens what is sealed, so that the first search need not; damage is repaired."""
        self._repairing(self._searcher.refresh)

    def warm(self) -> None:
        """Opens the index and reads what every query needs, before the first one is typed."""
        self._repairing(self._searcher.warm)

    def order_equals(self, *, gentle: bool) -> None:
        """Whether recent and severe incidents come before others that answer about as well."""
        self._searcher.gentle = gentle

    def search(
        self,
        query: str,
        *,
        limit: int = 20,
        offset: int = 0,
        typing: bool = False,
        facets: bool = True,
        snippets: int = SNIPPETS,
        order: Order = Order.BEST,
    ) -> SearchResult:
        """See ``Searcher.search``. Searches what is indexed; call ``catch_up`` before if it must
        be the newest. Damage found while reading is repaired on the spot.
        """

        def search() -> SearchResult:
            return self._searcher.search(
                query,
                limit=limit,
                offset=offset,
                typing=typing,
                facets=facets,
                snippets=snippets,
                order=order,
            )

        return self._repairing(search)

    def similar(
        self, document: IndexedDocument | str, *, limit: int = 10, weak: bool = False
    ) -> tuple[SimilarHit, ...]:
        """See ``Searcher.similar``."""
        return self._repairing(lambda: self._searcher.similar(document, limit=limit, weak=weak))

    def catch_up(
        self, progress: Progress = ignore_progress, cancelled: Callable[[], bool] = never
    ) -> Written:
        """Brings the index to the end of the change log, whatever state it is in.

        Raises IndexBusyError if another process keeps writing, Cancelled when asked to stop.
        """
        try:
            return self._writer.catch_up(_stoppable(progress, cancelled), most=CHILD_FROM)
        except TooManyError:
            return self._in_child(progress, cancelled)

    def rebuild(
        self, progress: Progress = ignore_progress, cancelled: Callable[[], bool] = never
    ) -> Written:
        """Builds the index anew; the old one answers meanwhile."""
        if len(self._source.ids()) > CHILD_FROM:
            return self._in_child(progress, cancelled, rebuild=True)
        return self._writer.rebuild(_stoppable(progress, cancelled))

    def settle(self) -> bool:
        """Makes searching quick again after many catch-ups, if it is time to; to be called when
        nobody waits for what was written. Says whether it did.
        """
        return self._writer.settle()

    def tidy(
        self, progress: Progress = ignore_progress, cancelled: Callable[[], bool] = never
    ) -> bool:
        """Puts what was edited of late into one segment, and rebuilds the index if long use has
        made it slow; for idle times. True if it did either.
        """
        if not self._writer.is_wasteful():
            return self._writer.gather()
        self.rebuild(progress, cancelled)
        return True

    def status(self) -> IndexStatus:
        """Where the index is and how far behind the library."""
        try:
            seal = read_seal(self._home, self._library)
        except DamagedIndexError:
            seal = None
        if seal is None:
            return IndexStatus(str(self._home), 0, len(self._source.ids()), 0)
        changes = self._source.changes_after(seal.cursor)
        behind = len(changes.ids) + len(changes.gone)
        return IndexStatus(str(self._home), seal.documents, behind, seal.generation)

    def close(self) -> None:
        """Closes the files, when no search and no update is under way."""
        self._searcher.close()
        self._writer.close()

    def _repairing(self, read: Callable[[], T]) -> T:
        try:
            return read()
        except DamagedIndexError:
            self.rebuild()
            return read()

    def _in_child(
        self, progress: Progress, cancelled: Callable[[], bool], *, rebuild: bool = False
    ) -> Written:
        from search import builder  # few commands need multiprocessing

        task = builder.Task.REBUILD if rebuild else builder.Task.CATCH_UP
        job = builder.Job(task, self._home, self._library, self._source)
        return builder.run(job, progress, cancelled)


def open_index(
    library: Library, cache: Path, vocabularies: Vocabularies, *, gentle: bool = True
) -> SearchIndex:
    """The index of a library, in the user's cache folder."""
    due_days = {
        term.id: term.due_days
        for term in vocabularies.severities.terms
        if term.due_days is not None
    }
    canonical = {
        "severity": vocabularies.severities.canonical,
        "status": vocabularies.statuses.canonical,
        "layer": vocabularies.layers.canonical,
        "trigger": vocabularies.triggers.canonical,
    }
    return SearchIndex(
        cache,
        library.id,
        LibrarySource(library, due_days),
        canonical=canonical,
        today=lambda: library.now().date(),
        severities=[term.id for term in vocabularies.severities.terms],
        gentle=gentle,
    )


def _stoppable(progress: Progress, cancelled: Callable[[], bool]) -> Progress:
    def report(done: int, total: int) -> None:
        if cancelled():
            raise Cancelled
        progress(done, total)

    return report
