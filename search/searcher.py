"""Searching: one query in, one result out, from the state that is sealed now."""

import struct
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from pickle import UnpicklingError
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.reading import CorruptIndexError

from search import bits, nearness, suggestions
from search.analysis import MAX_WORD
from search.damage import DamagedIndexError
from search.documents import IndexedDocument
from search.filters import Canonical, FilterRules
from search.matching import Answer, Matcher
from search.query import parse
from search.ranking import Scorer, add_up, best
from search.results import Facets, Hit, Order, SearchResult, SimilarHit
from search.seal import SEAL_NAME, check_files, home_of, read_seal
from search.similar import Comparison, as_document
from search.snapshot import Snapshot
from search.snippets import Highlighter

if TYPE_CHECKING:
    from search.ranking import Scores

FACETS = ("service", "severity", "status", "layer", "trigger", "tag", "year")
FACET_VALUES = 50
SNIPPETS = 3
_READ_ERRORS = (OSError, EOFError, struct.error, zlib.error, UnpicklingError, CorruptIndexError)
"""What reading shows of files that were damaged after they were opened."""
NO_INDEX = "There is no search index yet; it is being built."
UNINDEXED = "Single letters and words that are in nearly every text are not indexed; add another."


def utc_today() -> date:
    """Today in UTC."""
    return datetime.now(UTC).date()


class Searcher:
    """Reads an index; every use must come from the same thread.

    ``canonical`` turns the values of a filter into those documents hold; ``today`` says what is
    overdue. ``gentle`` lets recent and severe incidents (``severities``, the worst first) come
    before others that answer about as well.
    """

    def __init__(
        self,
        cache: Path,
        library_id: str,
        *,
        canonical: Canonical | None = None,
        today: Callable[[], date] = utc_today,
        severities: Sequence[str] = (),
        gentle: bool = True,
    ) -> None:
        self._home = home_of(cache, library_id)
        self._library = library_id
        self._canonical = canonical or {}
        self._today = today
        self._severities = severities
        self.gentle = gentle
        self._sealed: tuple[int, ...] = ()
        self._snapshot: Snapshot | None = None
        self._scorer: Scorer | None = None

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
        """The documents for a query (see ``search.query``), best first or in another ``order``.

        ``typing`` takes the last word as the beginning of one. Each hit brings at most so many
        ``snippets``; long lists come faster without them and without ``facets``. A query without
        words lists what its filters let through, newest first. Raises DamagedIndexError, else
        nothing.
        """
        started = time.perf_counter()
        parsed = parse(query, typing=typing)
        with self._reading() as opened:
            if opened is None:
                notices = [*parsed.notices, NO_INDEX]
                return SearchResult(
                    query, 0, 0, 0.0, None, tuple(notices), {}, (), mended=parsed.mended
                )
            snapshot, matcher, scorer = opened
            answer = matcher.answer(parsed)
            notices = [*parsed.notices, *answer.notices]
            if not parsed.clauses and any(len(word) <= MAX_WORD for word in parsed.common):
                notices.append(UNINDEXED)
            place = range(max(0, offset), max(0, offset) + max(0, limit))
            gentle = self.gentle
            hits = _hits(scorer, answer, place, snippets, order=order, gentle=gentle)
            better = None if answer.complete else suggestions.suggest(query, parsed, snapshot)
            counts = _facets(snapshot, answer.documents) if facets else {}
            return SearchResult(
                query,
                answer.documents.bit_count(),
                answer.complete.bit_count(),
                round((time.perf_counter() - started) * 1000, 3),
                better,
                tuple(dict.fromkeys(notices)),
                counts,
                hits,
                mended=parsed.mended,
                by_name=answer.by_name,
            )

    def similar(
        self, document: IndexedDocument | str, *, limit: int = 10, weak: bool = False
    ) -> tuple[SimilarHit, ...]:
        """Failures like a document (as it is given, saved or not) or like a text, each with
        reasons, best first; with ``weak`` also those hardly more alike than by chance.
        """
        given = as_document(document) if isinstance(document, str) else document
        with self._reading() as opened:
            return Comparison(given, *opened[:2]).hits(max(0, limit), weak=weak) if opened else ()

    @contextmanager
    def _reading(self) -> Iterator[tuple[Snapshot, Matcher, Scorer] | None]:
        self.refresh()
        if self._snapshot is None or self._scorer is None:
            yield None
            return
        rules = FilterRules(self._today(), self._canonical)
        try:
            matcher = Matcher(self._snapshot, self._scorer, rules)
            yield self._snapshot, matcher, self._scorer
        except DamagedIndexError:
            self.close()
            raise
        except _READ_ERRORS as error:
            self.close()
            raise DamagedIndexError(f"reading it failed: {type(error).__name__}") from error

    def refresh(self) -> None:
        """Opens what is sealed now, unless it is open; cheap if nothing changed."""
        try:
            stat = (self._home / SEAL_NAME).stat()
        except OSError:
            self.close()
            return
        now = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
        if now != self._sealed:
            self._open()
            self._sealed = now

    def warm(self) -> None:
        """Reads what every query needs: facets, the words, what equal hits are ordered by."""
        with self._reading() as opened:
            if opened is not None:
                snapshot, _, scorer = opened
                scorer.warm()
                snapshot.warm(FACETS)

    def close(self) -> None:
        """Closes the files; the next search opens them again."""
        if self._snapshot is not None:
            self._snapshot.close()
        self._snapshot = self._scorer = None
        self._sealed = ()

    def _open(self) -> None:
        previous, self._snapshot, self._scorer = self._snapshot, None, None
        try:
            self._snapshot = self._newest(previous)
        finally:
            if previous:
                previous.close(keep=self._snapshot)
        self._scorer = Scorer(self._snapshot, self._severities) if self._snapshot else None

    def _newest(self, previous: Snapshot | None) -> Snapshot | None:
        while True:
            seal = read_seal(self._home, self._library)
            if seal is None:
                return None
            try:
                check_files(self._home, seal, trusted=previous.seal.files if previous else {})
                return Snapshot(self._home, seal, previous)
            except DamagedIndexError:
                # Another process may just have sealed a newer state and removed this one.
                if read_seal(self._home, self._library) == seal:
                    raise
            except Exception as error:
                raise DamagedIndexError(f"opening it failed: {type(error).__name__}") from error


def _hits(
    scorer: Scorer, answer: Answer, place: range, snippets: int, *, order: Order, gentle: bool
) -> tuple[Hit, ...]:
    snapshot = scorer.snapshot
    scores = add_up(snapshot.size, answer.shares)
    if gentle:
        scores *= scorer.gentle
    ranks = _ranks(scorer, order)
    found: list[int] = []
    for documents in (answer.complete, answer.documents & ~answer.complete):
        left = place.stop - len(found)
        if left > 0 and documents:
            some = bits.to_documents(documents)
            if answer.pairs and ranks is None:
                near = best(scores, snapshot, some, nearness.LOOKED_AT)
                scores[near] += nearness.bonus(answer.pairs, near, snapshot, scorer)
            by = scores if ranks is None else ranks
            found += best(by, snapshot, some, left).tolist()
    highlighter = Highlighter(answer)
    return tuple(
        _hit(
            snapshot.card(d),
            float(scores[d]),
            bool(answer.complete >> d & 1),
            highlighter,
            snippets,
        )
        for d in found[place.start :]
    )


def _ranks(scorer: Scorer, order: Order) -> "Scores | None":
    """What documents are ordered by, equal ones newest first; None is their scores."""
    if order is Order.NEWEST:
        return np.zeros(scorer.snapshot.size)
    return scorer.severe if order is Order.SEVERITY else None


def _facets(snapshot: Snapshot, documents: int) -> Facets:
    facets = {}
    for name in FACETS:
        counted = (
            (entry.shown, (entry.documents & documents).bit_count())
            for entry in snapshot.labels(name).values()
        )
        found = sorted((pair for pair in counted if pair[1]), key=lambda pair: (-pair[1], pair[0]))
        facets[name] = tuple(found[:FACET_VALUES])
    return facets


def _hit(
    card: dict[str, Any], score: float, complete: bool, highlighter: Highlighter, snippets: int
) -> Hit:
    at = card["occurred_at"]
    return Hit(
        id=card["id"],
        ref=card["ref"],
        title=card["title"],
        score=round(score, 4),
        complete=complete,
        severity=card["severity"],
        status=card["status"],
        services=tuple(card["services"]),
        occurred_at=datetime.fromisoformat(at) if at else None,
        snippets=highlighter.snippets(card["sections"], snippets) if snippets > 0 else (),
        title_marks=highlighter.marks(card["title"]),
    )
