"""Failures like the one at hand, each with the reasons why.

Likeness is the cosine of the gists (title and first words, weighted by rarity) with pivoted
normalisation by the number of different words (Singhal, Buckley and Mitra, 1996), plus what two
incidents share beyond words: roots, service, layer, trigger, or that one names the other.
"""

import heapq
import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import compress
from typing import Any

from search import bits
from search.analysis import QUESTION_WORDS, is_indexed, key, stem, stems, words
from search.documents import IndexedDocument, Section
from search.matching import Matcher
from search.results import SimilarHit
from search.schema import gist
from search.snapshot import Snapshot

SLOPE = 0.5
"""How far the normalisation follows the number of words: 0 not at all, 1 wholly."""
BONUS = {"named": 0.5, "root": 0.3, "service": 0.06, "layer": 0.04, "trigger": 0.04}
"""What is added to the likeness (1 = the same gist); scaled by how rare the shared value is."""
COMPARED = 200_000
"""How many letters of a section are compared; what a text is about stands before that."""
MAX_SHOWN_WORDS = 5
MAX_NAMES = 400

_EMPTY_TEXT = """
again against always another around every few first got last later long made make many never
new next now old once one said still take then told too took two three until utc while within
without yet
"""
_EMPTY_WORDS = frozenset(_EMPTY_TEXT.split())
"""Words that carry no likeness when they are shown as a reason; they still count."""
_NAME = re.compile(r"[\w#./:-]+")
_DIGIT = re.compile(r"\d")


def as_document(text: str) -> IndexedDocument:
    """A text (an alert, a stack trace, a draft) to be compared with documents."""
    return IndexedDocument(id="", ref="", title="", sections=(Section("", text),))


@dataclass(slots=True)
class _Evidence:
    bonus: float = 0.0
    words: list[tuple[float, str]] = field(default_factory=list)
    shared: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    said: list[str] = field(default_factory=list)


class Comparison:
    """Compares one document with those of a snapshot."""

    def __init__(self, document: IndexedDocument, snapshot: Snapshot, matcher: Matcher) -> None:
        self._document = document
        self._snapshot = snapshot
        self._matcher = matcher
        self._texts = [section.text[:COMPARED] for section in document.sections]
        self._gist = gist(document.title, self._texts)
        self._found: defaultdict[int, _Evidence] = defaultdict(_Evidence)

    def hits(self, limit: int) -> tuple[SimilarHit, ...]:
        """The most similar documents but itself, best first; each has at least one reason."""
        self._compare_names()
        self._compare_labels()
        weights, scores = self._compare_gists()
        for document, evidence in self._found.items():
            scores[document] += evidence.bonus
        own = self._snapshot.document_of(self._document.id) if self._document.id else None
        if own is not None:
            scores[own] = 0.0
        _, _, _, days, seconds, ties = self._snapshot.facts
        best = heapq.nlargest(
            limit,
            (document for document, score in enumerate(scores) if score > 0),
            key=lambda d: (scores[d], days[d], seconds[d], ties[d]),
        )
        self._collect_words(set(best), weights)
        return tuple(self._hit(document, scores[document]) for document in best)

    def _compare_gists(self) -> tuple[dict[str, float], list[float]]:
        """The weight of each shared stem, and the likeness of each document."""
        snapshot = self._snapshot
        found = {word: snapshot.postings("gist", word) for word in self._gist}
        weights = {
            word: count * _rarity(len(found[word].documents), snapshot.count) ** 2
            for word, count in self._gist.items()
        }
        scores = [0.0] * snapshot.size
        for word, weight in weights.items():
            for document, other in zip(*found[word], strict=True):
                scores[document] += weight * other
        lengths = snapshot.facts.gist_words
        total = sum(compress(lengths, bits.flags(snapshot.living)))
        average = total / snapshot.count if total else 1.0
        itself = sum(weight * self._gist[word] for word, weight in weights.items())
        itself /= 1 - SLOPE + SLOPE * len(self._gist) / average
        shared = {word: weights[word] for word in weights if found[word].documents}
        for document, score in enumerate(scores):
            if score:
                scores[document] = (
                    score / (1 - SLOPE + SLOPE * lengths[document] / average) / itself
                )
        return shared, scores

    def _collect_words(self, documents: set[int], weights: Mapping[str, float]) -> None:
        shown = self._surface()
        common = max(3, self._snapshot.count // 10)
        for word, weight in weights.items():
            postings = self._snapshot.postings("gist", word)
            rare = len(postings.documents) <= common
            if word in shown:
                for document in documents.intersection(postings.documents):
                    value = weight * (1 if rare else 0.01)
                    self._found[document].words.append((value, shown[word]))

    def _surface(self) -> dict[str, str]:
        """How each stem is written in the text, most often."""
        seen: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for text in (self._document.title, *self._texts):
            for word in words(text):
                if word.text in QUESTION_WORDS or word.text in _EMPTY_WORDS or word.text.isdigit():
                    continue
                if is_indexed(word.text) and (len(word.text) > 2 or not word.text.isascii()):
                    seen[stem(word.text)][text[word.start : word.end]] += 1
        return {s: counts.most_common(1)[0][0] for s, counts in seen.items()}

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
        for document in bits.to_documents(documents):
            self._found[document].bonus += weight
            self._found[document].shared[name].append(value)

    def _compare_names(self) -> None:
        mine = {key(name) for name in (self._document.ref, *self._document.aliases) if name}
        text = "\n".join((self._document.title, *self._texts))
        pieces = (piece.strip(".:/-#") for piece in _NAME.findall(text))
        names = dict.fromkeys(key(piece) for piece in pieces if _is_name(piece))
        for name in list(names)[:MAX_NAMES]:
            if name not in mine:
                self._say(self._snapshot.labelled("ref", name), "This text names it.")
        for name in (self._document.ref, *self._document.aliases):
            row = stems(name)
            if _is_name(name) and row:
                # Its own names stand in its text as well; it is left out of the hits later.
                self._say(self._matcher.phrase(row), f"It names {name}.")

    def _say(self, documents: int, sentence: str) -> None:
        for document in bits.to_documents(documents):
            evidence = self._found[document]
            if sentence not in evidence.said:
                evidence.said.append(sentence)
                evidence.bonus = max(evidence.bonus, BONUS["named"])

    def _hit(self, document: int, score: float) -> SimilarHit:
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
            reasons=tuple(_reasons(self._found[document])),
        )


def _is_name(text: str) -> bool:
    """Whether a ref, ticket key or address may be written so: short names and plain words name
    too much.
    """
    return 3 < len(text) < 300 and _DIGIT.search(text) is not None


def _rarity(documents: int, count: int) -> float:
    return math.log(1 + (count - documents + 0.5) / (documents + 0.5))


def _reasons(evidence: _Evidence) -> list[str]:
    said = list(evidence.said)
    said += [f"Same root: {title}." for title in evidence.shared.get("root", ())]
    kinds: list[str] = [name for name in ("service", "layer", "trigger") if name in evidence.shared]
    if kinds:
        values = ", ".join(dict.fromkeys(v for name in kinds for v in evidence.shared[name]))
        said.append(f"Same {_and(kinds)}: {values}.")
    best = sorted(evidence.words, key=lambda pair: (-pair[0], pair[1]))
    shown = list(dict.fromkeys(word for _, word in best))[:MAX_SHOWN_WORDS]
    if shown:
        said.append(f"Both speak of {_and(shown)}.")
    return said or ["Its text is much like this one."]


def _and(parts: list[str]) -> str:
    return " and ".join((", ".join(parts[:-1]), parts[-1])) if len(parts) > 1 else parts[0]
