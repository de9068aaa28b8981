"""How well a document answers: BM25F over title and body.

A title word counts ``TITLE_FACTOR`` times and both lengths are normalised (Robertson and Zaragoza,
"The Probabilistic Relevance Framework", 2009). Whole documents come first that have all the words
of a query; that and the order of equals are decided in ``matching`` and ``search``.
"""

import math
from array import array
from collections.abc import Iterable
from itertools import compress
from typing import NamedTuple

from search import bits
from search.schema import TITLE_FACTOR
from search.snapshot import Snapshot

K1 = 1.5
B_BODY = 0.7
B_TITLE = 0.4


class Impacts(NamedTuple):
    """What a term adds to the score of each of its documents."""

    documents: "array[int]"
    scores: "array[float]"


class Scorer:
    """Scores terms in one snapshot; what was scored is kept as long as the snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._body_norms = _norms(snapshot.facts.body_lengths, B_BODY, snapshot)
        self._title_norms = _norms(snapshot.facts.title_lengths, B_TITLE, snapshot)
        self._known: dict[str, Impacts] = {}

    def of_stem(self, stem: str) -> Impacts:
        """A stem's share in the score of every document that has it."""
        if stem not in self._known:
            counts: dict[int, float] = {}
            body = self._snapshot.postings("body", stem)
            norms = self._body_norms
            for document, weight in zip(body.documents, body.weights, strict=True):
                counts[document] = weight / norms[document]
            title = self._snapshot.postings("title", stem)
            for document, weight in zip(title.documents, title.weights, strict=True):
                more = TITLE_FACTOR * weight / self._title_norms[document]
                counts[document] = counts.get(document, 0.0) + more
            self._known[stem] = self._impacts(counts)
        return self._known[stem]

    def of_words(self, words: Iterable[str]) -> Impacts:
        """The share of a prefix: any of the words found once, a title counting more."""
        counts: dict[int, float] = {}
        for word in words:
            found = self._snapshot.postings("word", word)
            for document, weight in zip(found.documents, found.weights, strict=True):
                if weight > counts.get(document, 0.0):
                    counts[document] = weight
        norms = self._body_norms
        return self._impacts({d: weight / norms[d] for d, weight in counts.items()})

    def rarity(self, documents: int) -> float:
        """The weight of a term found in so many documents (BM25's, as Lucene has it)."""
        return math.log(1 + (self._snapshot.count - documents + 0.5) / (documents + 0.5))

    def _impacts(self, counts: dict[int, float]) -> Impacts:
        weight = self.rarity(len(counts)) * (K1 + 1)
        scores = array("d", [weight * count / (K1 + count) for count in counts.values()])
        return Impacts(array("I", counts), scores)


def add_up(size: int, impacts: Iterable[Impacts]) -> list[float]:
    """The sum of the shares, by document."""
    scores = [0.0] * size
    for documents, shares in impacts:
        for document, share in zip(documents, shares, strict=True):
            scores[document] += share
    return scores


def larger(first: Impacts, second: Impacts) -> Impacts:
    """Of two shares the larger one, document by document."""
    merged = dict(zip(first.documents, first.scores, strict=True))
    for document, score in zip(second.documents, second.scores, strict=True):
        if score > merged.get(document, 0.0):
            merged[document] = score
    return Impacts(array("I", merged), array("d", merged.values()))


def _norms(lengths: "array[int]", b: float, snapshot: Snapshot) -> list[float]:
    total = sum(compress(lengths, bits.flags(snapshot.living)))
    average = total / snapshot.count if total else 1.0
    return [1 - b + b * length / average for length in lengths]
