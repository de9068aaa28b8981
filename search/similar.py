"""Failures like the one at hand, each with the reasons why.

Likeness is the cosine of the gists (title and first words, weighted by rarity) with pivoted
normalisation by the number of different words (Singhal, Buckley and Mitra, 1996), plus what two
incidents share beyond words: roots, service, layer, trigger, or that one names the other.
"""

import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from search import bits, reasons
from search.analysis import QUESTION_WORDS, is_indexed, is_name, key, stem, stems, words
from search.documents import IndexedDocument, Section
from search.matching import Matcher
from search.ranking import best
from search.results import SimilarHit
from search.schema import gist
from search.snapshot import Snapshot

if TYPE_CHECKING:
    from search.ranking import Scores

SLOPE = 0.5
"""How far the normalisation follows the number of words: 0 not at all, 1 wholly."""
BONUS = {"named": 0.5, "root": 0.3, "service": 0.06, "layer": 0.04, "trigger": 0.04}
"""What is added to the likeness (1 = the same gist); scaled by how rare the shared value is."""
COMPARED = 200_000
"""How many letters of a section are compared; what a text is about stands before that."""
LEAST = 0.07
"""The likeness that a hit needs. On 150 imported post-mortems no related one of the first five is
less alike; two that were drawn by chance are .05 alike."""
LEAST_OF_MORE = 0.12
"""What a hit needs after the first five, and in small libraries. Of the hits below, one in twenty
was related.
"""
FIRST = 5
CHANCE_FACTOR = 2.0
CHANCE_FROM = 20
"""A hit must be so many times as alike as the median document, in libraries of this size."""
RARE_SHARE = 0.15
TOPICAL = 2 / 3
"""Words that convince as a reason are in at most this share of the documents, and in a title or in
this share of the gists of the documents that have them: that is what documents are about."""
SPARE = 20
"""Further documents that are looked at, since some have no reason."""
MAX_SHOWN_WORDS = 4
MAX_NAMES = 400

_EMPTY_TEXT = """
again against always another around every few first got last later long made make many never
new next now old once one said still take then told too took two three until utc while within
without yet
monday tuesday wednesday thursday friday saturday sunday january february march april june july
august september october november december today yesterday morning afternoon evening night
actually already approximately back case continue correct currently describe differ different
discover even exact expect fact find follow good happen however immediate implement include
instead instruct itself know left like little look lot missing normal notice occur people possible
present previous probable quickly rather real result right run second see seem several show similar
simple since specific start stop sure sudden thing think thought though time try turn unable usual
want way well work wrong
"""
_EMPTY_STEMS = frozenset(map(stem, _EMPTY_TEXT.split()))
"""Words of any report that convince nobody as a reason; they still count for the likeness."""
_AMOUNT = re.compile(r"[\d.,:]+(ms|s|m|h|d|min|mins|hrs?|st|nd|rd|th|am|pm)?")
_URL = re.compile(r"https?://\S+")
_NAME = re.compile(r"[\w#./:-]+")


def as_document(text: str) -> IndexedDocument:
    """A text (an alert, a stack trace, a draft) to be compared with documents."""
    whole = text.encode("utf-8", "replace").decode()  # without halves of surrogate pairs
    return IndexedDocument(id="", ref="", title="", sections=(Section("", whole),))


class _Shared(NamedTuple):
    """What some documents share with the one at hand: kind, how it is told, weight in likeness."""

    kind: str
    told: str
    documents: int
    weight: float


class Comparison:
    """Compares one document with those of a snapshot."""

    def __init__(self, document: IndexedDocument, snapshot: Snapshot, matcher: Matcher) -> None:
        self._document = document
        self._snapshot = snapshot
        self._matcher = matcher
        self._texts = [section.text[:COMPARED] for section in document.sections]
        self._gist = gist(document.title, self._texts)
        self._shared: list[_Shared] = []

    def hits(self, limit: int, *, weak: bool = False) -> tuple[SimilarHit, ...]:
        """The most similar documents but itself, best first; each has at least one reason. With
        ``weak`` also those that are hardly more alike than by chance.
        """
        snapshot = self._snapshot
        self._compare_names()
        self._compare_labels()
        weights, scores = self._compare_gists()
        scores += self._bonus()
        own = snapshot.document_of(self._document.id) if self._document.id else None
        if own is not None:
            scores[own] = 0.0
        least = sys.float_info.min if weak else self._chance(scores, own)
        alike = np.flatnonzero((scores >= least) & snapshot.alive).astype(np.uint32)
        found = best(scores, snapshot, alike, limit + SPARE).tolist()
        said = self._collect_words(found, weights)
        told = [document for document in found if self._convinces(document, said[document])]
        more = [d for d in told[FIRST:limit] if weak or scores[d] >= LEAST_OF_MORE]
        chosen = (*told[: min(FIRST, limit)], *more)
        return tuple(self._hit(d, float(scores[d]), said[d]) for d in chosen)

    def _chance(self, scores: "Scores", own: int | None) -> float:
        """The likeness from which a document is more than any other one would be."""
        if self._snapshot.count < CHANCE_FROM:
            return LEAST_OF_MORE  # too few documents to tell what is rare
        others = self._snapshot.alive.copy()
        if own is not None:
            others[own] = False
        middle = int(others.sum()) // 2
        return max(LEAST, CHANCE_FACTOR * float(np.partition(scores[others], middle)[middle]))

    def _compare_gists(self) -> tuple[dict[str, float], "Scores"]:
        """The weight of each shared stem, and the likeness of each document."""
        snapshot = self._snapshot
        found = {word: snapshot.postings("gist", word) for word in self._gist}
        weights = {
            word: count * _rarity(len(found[word].documents), snapshot.count) ** 2
            for word, count in self._gist.items()
        }
        scores = np.zeros(snapshot.size)
        for word, weight in weights.items():
            scores[found[word].documents] += weight * found[word].weights
        lengths = snapshot.facts.gist_words
        total = int(lengths[snapshot.alive].sum())
        average = total / snapshot.count if total else 1.0
        itself = sum(weight * self._gist[word] for word, weight in weights.items())
        itself /= 1 - SLOPE + SLOPE * len(self._gist) / average
        if itself:
            scores /= (1 - SLOPE + SLOPE * lengths / average) * itself
        return {word: w for word, w in weights.items() if len(found[word].documents)}, scores

    def _bonus(self) -> "Scores":
        """What is added for all that is shared beyond words."""
        bonus = np.zeros(self._snapshot.size)
        named = np.zeros(self._snapshot.size, np.bool_)
        for shared in self._shared:
            flags = bits.flags(shared.documents, self._snapshot.size)
            if shared.kind == "named":
                named |= flags
            else:
                bonus[flags] += shared.weight
        bonus[named] = np.maximum(bonus[named], BONUS["named"])
        return bonus

    def _collect_words(
        self, documents: Sequence[int], weights: Mapping[str, float]
    ) -> dict[int, list[str]]:
        """For each document the words that both speak of, those that weigh most first."""
        said: dict[int, list[str]] = {document: [] for document in documents}
        shown = self._surface()
        rare = max(2, min(3, self._snapshot.count // 3), int(RARE_SHARE * self._snapshot.count))
        for word in sorted(shown.keys() & weights.keys(), key=lambda w: (-weights[w], w)):
            having = self._snapshot.postings("gist", word).documents
            if len(having) > rare:
                continue
            rows = [said[document] for document in said.keys() & set(having.tolist())]
            unfilled = [row for row in rows if len(row) < MAX_SHOWN_WORDS]
            if unfilled and self._is_topic(word, len(having), rare):
                for row in unfilled:
                    row.append(shown[word])
        return said

    def _is_topic(self, word: str, gists: int, rare: int) -> bool:
        """Whether a word is rare in whole texts, and what documents that have it are about."""
        everywhere = self._snapshot.frequency("body", word)
        return everywhere <= rare and (
            gists >= TOPICAL * everywhere or self._snapshot.frequency("title", word) > 0
        )

    def _surface(self) -> dict[str, str]:
        """How each stem that may be a reason is written in the text, most often."""
        seen: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for text in (self._document.title, *self._texts):
            plain = _URL.sub(" ", text)
            for word in words(plain):
                if word.text in QUESTION_WORDS or _AMOUNT.fullmatch(word.text):
                    continue
                if is_indexed(word.text) and (len(word.text) > 2 or not word.text.isascii()):
                    seen[stem(word.text)][plain[word.start : word.end]] += 1
        return {s: c.most_common(1)[0][0] for s, c in seen.items() if s not in _EMPTY_STEMS}

    def _compare_labels(self) -> None:
        document = self._document
        listed = (("service", document.services), ("layer", document.layers))
        for name, values in (*listed, ("trigger", document.triggers)):
            for value in values:
                self._share(name, value, self._snapshot.labelled(name, key(value)))
        for root in document.roots:
            self._share("root", root.title, self._snapshot.labelled("root", key(root.id)))

    def _share(self, name: str, value: str, documents: int) -> None:
        count = documents.bit_count()
        rarest = _rarity(1, self._snapshot.count) or 1.0
        weight = BONUS[name] * (
            1 if name == "root" else _rarity(count, self._snapshot.count) / rarest
        )
        self._shared.append(_Shared(name, value, documents, weight))

    def _compare_names(self) -> None:
        mine = {key(name) for name in (self._document.ref, *self._document.aliases) if name}
        text = "\n".join((self._document.title, *self._texts))
        pieces = (piece.strip(".:/-#") for piece in _NAME.findall(text))
        names = dict.fromkeys(key(piece) for piece in pieces if is_name(piece))
        for name in list(names)[:MAX_NAMES]:
            if name not in mine:
                self._say(self._snapshot.labelled("ref", name), "This text names it.")
        for name in (self._document.ref, *self._document.aliases):
            row = stems(name)
            if is_name(name) and row:
                # Its own names stand in its text as well; it is left out of the hits later.
                self._say(self._matcher.phrase(row), f"It names {name}.")

    def _say(self, documents: int, sentence: str) -> None:
        self._shared.append(_Shared("named", sentence, documents, BONUS["named"]))

    def _shared_with(self, document: int) -> Mapping[str, list[str]]:
        """By kind: what is shared with one document beyond words."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for shared in self._shared:
            if shared.documents >> document & 1 and shared.told not in found[shared.kind]:
                found[shared.kind].append(shared.told)
        return {kind: values for kind, values in found.items() if values}

    def _convinces(self, document: int, said: list[str]) -> bool:
        """Whether there is a reason to show a hit; many failures share a layer and no more."""
        return bool(said or self._shared_with(document).keys() - {"layer"})

    def _hit(self, document: int, score: float, said: list[str]) -> SimilarHit:
        card: dict[str, Any] = self._snapshot.card(document)
        at = card["occurred_at"]
        return SimilarHit(
            id=card["id"],
            ref=card["ref"],
            title=card["title"],
            score=round(score, 4),
            severity=card["severity"],
            status=card["status"],
            services=tuple(card["services"]),
            occurred_at=datetime.fromisoformat(at) if at else None,
            reasons=tuple(
                reasons.told(
                    self._shared_with(document),
                    said,
                    reasons.of_actions(card["actions"], at, self._document.occurred_at),
                )
            ),
        )


def _rarity(documents: int, count: int) -> float:
    return math.log(1 + (count - documents + 0.5) / (documents + 0.5))
