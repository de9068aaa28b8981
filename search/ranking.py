"""How well a document answers: BM25F over title and body.

A title word counts ``TITLE_FACTOR`` times and both lengths are normalised (Robertson and Zaragoza,
"The Probabilistic Relevance Framework", 2009). Whole documents come first that have all the words
of a query; that and the order of equals are decided in ``matching`` and ``searcher``.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from search import bits
from search.analysis import key
from search.cache import Cache
from search.schema import TITLE_FACTOR
from search.snapshot import Snapshot

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from search.bits import Documents

    Scores = NDArray[np.float64]

K1 = 1.5
B_BODY = 0.7
B_TITLE = 0.4
RECENT = 0.02
"""How much more, at most, a recent incident scores; half of it a year before the newest one."""
SEVERE = 0.02
"""How much more the worst severity scores; the mildest nothing."""
CACHE_BYTES = 16 * 2**20


class Impacts(NamedTuple):
    """What a term adds to the score of each of its documents, which are in rising order."""

    documents: "Documents"
    scores: "Scores"

    @property
    def nbytes(self) -> int:
        """How much memory they take."""
        return self.documents.nbytes + self.scores.nbytes


class Scorer:
    """Scores terms in one snapshot; what was scored before is kept."""

    def __init__(self, snapshot: Snapshot, severities: Sequence[str] = ()) -> None:
        self.snapshot = snapshot
        self._severities = severities
        self._body_norms = _norms(snapshot.facts.body_lengths, B_BODY, snapshot)
        self._title_norms = _norms(snapshot.facts.title_lengths, B_TITLE, snapshot)
        self._stems: Cache[str, Impacts] = Cache(CACHE_BYTES)
        self._prefixes: Cache[tuple[str, ...], Impacts] = Cache(CACHE_BYTES)

    @cached_property
    def gentle(self) -> "Scores":
        """By what the score of each document is multiplied as its incident was recent or severe."""
        days = self.snapshot.facts.days
        age = (days.max(initial=0) - days) / 365
        factors: Scores = 1 + np.where(days > 0, RECENT * 0.5**age, 0)
        for severity, having in self._by_severity():
            share = 1 - severity / max(1, len(self._severities) - 1)
            factors[having] += SEVERE * share
        return factors

    @cached_property
    def severe(self) -> "Scores":
        """Documents as they are severe: the worst the highest, those without a severity 0."""
        ranks = np.zeros(self.snapshot.size)
        for severity, having in self._by_severity():
            ranks[having] = len(self._severities) - severity
        return ranks

    def _by_severity(self) -> Iterator[tuple[int, "NDArray[np.bool_]"]]:
        having = self.snapshot.labels("severity")
        for place, severity in enumerate(self._severities):
            found = having.get(key(severity))
            yield place, bits.flags(found.documents if found else 0, self.snapshot.size)

    def warm(self) -> None:
        """Works out what belongs to no word."""
        self.gentle.max(initial=0)

    def of_stem(self, stem: str) -> Impacts:
        """A stem's share in the score of every document that has it."""
        return self._stems.get(stem) or self._stems.keep(stem, self._score_stem(stem))

    def of_words(self, words: Iterable[str]) -> Impacts:
        """The share of a prefix: any of the words found once, a title counting more."""
        row = tuple(words)
        return self._prefixes.get(row) or self._prefixes.keep(row, self._score_words(row))

    def rarity(self, documents: int) -> float:
        """The weight of a term found in so many documents (BM25's, as Lucene has it)."""
        return math.log(1 + (self.snapshot.count - documents + 0.5) / (documents + 0.5))

    def _score_stem(self, stem: str) -> Impacts:
        counts = np.zeros(self.snapshot.size)
        documents, weights = self.snapshot.postings("body", stem)
        counts[documents] = weights / self._body_norms[documents]
        documents, weights = self.snapshot.postings("title", stem)
        counts[documents] += TITLE_FACTOR * weights / self._title_norms[documents]
        return self._impacts(counts)

    def _score_words(self, words: Iterable[str]) -> Impacts:
        counts = np.zeros(self.snapshot.size)
        for word in words:
            documents, weights = self.snapshot.postings("word", word)
            counts[documents] = np.maximum(counts[documents], weights)
        return self._impacts(counts / self._body_norms)

    def _impacts(self, counts: "Scores") -> Impacts:
        documents = np.flatnonzero(counts)
        found = counts[documents]
        scores = self.rarity(len(documents)) * (K1 + 1) * found / (K1 + found)
        return Impacts(documents.astype(np.uint32), scores)


def add_up(size: int, impacts: Iterable[Impacts]) -> "Scores":
    """The sum of the shares, by document."""
    scores = np.zeros(size)
    for documents, shares in impacts:
        scores[documents] += shares
    return scores


def larger(first: Impacts, second: Impacts, size: int) -> Impacts:
    """Of two shares the larger one, document by document."""
    scores = add_up(size, (first,))
    scores[second.documents] = np.maximum(scores[second.documents], second.scores)
    documents = np.flatnonzero(scores)
    return Impacts(documents.astype(np.uint32), scores[documents])


def best(scores: "Scores", snapshot: Snapshot, documents: "Documents", most: int) -> "Documents":
    """The best of some documents by score, best first; equal ones newest first."""
    if len(documents) > most:
        found = scores[documents]
        least = np.partition(found, len(found) - most)[len(found) - most]
        above, equal = documents[found > least], documents[found == least]
        left = most - len(above)
        if len(equal) > left:
            newest = np.argpartition(snapshot.recency(equal), len(equal) - left)
            equal = equal[newest[len(equal) - left :]]
        documents = np.concatenate((above, equal))
    return documents[np.lexsort((snapshot.recency(documents), scores[documents]))[::-1]]


def _norms(lengths: "NDArray[np.uint32]", b: float, snapshot: Snapshot) -> "Scores":
    total = int(lengths[snapshot.alive].sum())
    average = total / snapshot.count if total else 1.0
    norms: Scores = 1 - b + b * (lengths / average)
    return norms
