"""Which documents answer a query, and how each of its clauses was met."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce
from itertools import pairwise
from operator import and_, or_
from typing import TYPE_CHECKING

import numpy as np

from search import bits, filters
from search.analysis import is_name, key, stem
from search.query import Clause, FilterTerm, PhraseTerm, Query, Term, WordTerm
from search.ranking import Impacts, Scorer, larger
from search.snapshot import Snapshot

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from search.bits import Documents

MAX_EXPANSIONS = 100
"""How many words a prefix stands for, the most frequent first."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The documents that answer a query.

    ``complete`` are those that have everything asked for, or the one that was asked for
    ``by_name``; ``shares`` the parts of the score, ``pairs`` the neighbours in the query that
    score more near each other; ``stems`` and ``prefixes`` what to highlight.
    """

    documents: int
    complete: int
    shares: tuple[Impacts, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    stems: frozenset[str] = frozenset()
    prefixes: frozenset[str] = frozenset()
    phrases: tuple[tuple[str, ...], ...] = ()
    notices: tuple[str, ...] = ()
    by_name: bool = False


@dataclass(frozen=True, slots=True)
class _Met:
    """How a term is met: wholly (adjacent words included) or in part."""

    wholly: int
    partly: int
    shares: tuple[Impacts, ...] = ()


def sought(query: Query) -> Answer:
    """What a query marks in texts, before any document is looked for."""
    texts = [t for c in query.clauses if not c.excluded for t in c.alternatives]
    return Answer(
        documents=0,
        complete=0,
        stems=frozenset(s for t in texts for s in _stems(t)),
        prefixes=frozenset(t.words[-1] for t in texts if isinstance(t, WordTerm) and t.prefix),
        phrases=tuple(tuple(map(stem, t.words)) for t in texts if isinstance(t, PhraseTerm)),
    )


class Matcher:
    """Answers queries in one snapshot."""

    def __init__(self, snapshot: Snapshot, scorer: Scorer, rules: filters.FilterRules) -> None:
        self._snapshot = snapshot
        self._scorer = scorer
        self._rules = rules
        self._notices: list[str] = []

    def answer(self, query: Query) -> Answer:
        """The documents for a query: required ones narrowed by filters, phrases, exclusions."""
        self._notices = []
        allowed = self._filtered(query)
        required: list[_Met] = []
        soft: list[_Met] = []
        for clause in query.clauses:
            if clause.excluded:
                allowed &= ~self._excluded(clause.alternatives[0])
            elif not _is_filter(clause):
                met = [self._met(term) for term in clause.alternatives]
                joined = _join(met)
                only_phrase = isinstance(clause.alternatives[0], PhraseTerm) and len(met) == 1
                (required if only_phrase else soft).append(joined)
        found = reduce(and_, (met.wholly for met in required), allowed)
        if soft and not required:
            found &= reduce(or_, (met.partly for met in soft))
        elif not soft and not required and query.common and not query.clauses:
            found = 0
        complete = reduce(and_, (met.wholly for met in soft), found)
        named = self._named(query.name) & allowed
        if named:  # every ref shares words with others of its year; only what has all mentions it
            found, complete = complete | named, named
        shares = tuple(share for met in (*required, *soft) for share in met.shares)
        return replace(
            sought(query),
            documents=found,
            complete=complete,
            shares=shares,
            pairs=tuple(_pairs(query)),
            notices=tuple(self._notices),
            by_name=named != 0,
        )

    def phrase(self, stems: Iterable[str]) -> int:
        """The documents in which words stand next to each other, in the title or in the body."""
        row = list(stems)
        if len(row) == 1:
            return self._having_stem(row[0])
        return self._adjacent("title", row) | self._adjacent("body", row)

    def _named(self, name: str) -> int:
        """The document with a ref; only where there is none, those that had it as an alias."""
        found = self._snapshot.labelled("ref", key(name)) if is_name(name) else 0
        if found.bit_count() > 1:
            own = [d for d in bits.to_documents(found).tolist() if self._is_ref(d, name)]
            found = bits.from_documents(own, self._snapshot.size) or found
        return found

    def _is_ref(self, document: int, name: str) -> bool:
        return key(self._snapshot.card(document)["ref"]) == key(name)

    def _filtered(self, query: Query) -> int:
        allowed = self._snapshot.living
        either: dict[str, int] = {}
        for clause in query.clauses:
            if clause.excluded or not _is_filter(clause):
                continue
            found = 0
            for term in clause.alternatives:
                found |= self._filter(term)
            name = _shared_name(clause)
            if name:
                either[name] = either.get(name, 0) | found
            else:
                allowed &= found
        return reduce(and_, either.values(), allowed)

    def _filter(self, term: Term) -> int:
        if not isinstance(term, FilterTerm):
            return 0
        outcome = filters.apply(term, self._snapshot, self._rules)
        self._notices.extend(outcome.notices)
        return outcome.documents

    def _excluded(self, term: Term) -> int:
        if isinstance(term, FilterTerm):
            return self._filter(term)
        if isinstance(term, WordTerm) and term.prefix:
            return self._met(term).wholly
        return self.phrase(stem(word) for word in term.words)

    def _met(self, term: Term) -> _Met:
        if isinstance(term, FilterTerm):
            found = self._filter(term)
            return _Met(found, found)
        if isinstance(term, PhraseTerm):
            row = [stem(word) for word in term.words]
            found = self.phrase(row)
            return _Met(found, found, tuple(self._scorer.of_stem(s) for s in dict.fromkeys(row)))
        if term.prefix:
            return self._met_prefix(term)
        row = [stem(word) for word in term.words]
        shares = tuple(self._scorer.of_stem(s) for s in dict.fromkeys(row))
        partly = reduce(or_, (self._set(share.documents) for share in shares))
        return _Met(self.phrase(row) if len(row) > 1 else partly, partly, shares)

    def _met_prefix(self, term: WordTerm) -> _Met:
        last = self._scorer.of_words(self._snapshot.words_from(term.words[-1], MAX_EXPANSIONS))
        if term.typing:
            last = larger(last, self._scorer.of_stem(stem(term.words[-1])), self._snapshot.size)
        before = [self._scorer.of_stem(stem(word)) for word in term.words[:-1]]
        shares = (*before, last)
        sets = [self._set(share.documents) for share in shares]
        return _Met(reduce(and_, sets), reduce(or_, sets), shares)

    def _set(self, documents: "Documents") -> int:
        return bits.from_documents(documents, self._snapshot.size)

    def _having_stem(self, word: str) -> int:
        return self._snapshot.having("title", word) | self._snapshot.having("body", word)

    def _adjacent(self, field: str, row: list[str]) -> int:
        candidates = reduce(and_, (self._snapshot.having(field, word) for word in set(row)))
        if not candidates:
            return 0
        wanted = bits.flags(candidates, self._snapshot.size)
        starts: NDArray[np.uint64] | None = None
        for step, word in enumerate(row):
            places = self._snapshot.places(field, word)
            here = wanted[places.documents]
            # One number for document and position, as if the phrase began there.
            begins = places.documents[here].astype(np.uint64) << np.uint64(32)
            begins += places.positions[here] + np.uint64(len(row) - step)
            starts = begins if starts is None else np.intersect1d(starts, begins, True)
        found = (starts >> np.uint64(32)) if starts is not None else ()
        return bits.from_documents(found, self._snapshot.size)


def _is_filter(clause: Clause) -> bool:
    return all(isinstance(term, FilterTerm) for term in clause.alternatives)


def _shared_name(clause: Clause) -> str:
    """The filter of which each alternative is a value; empty if they differ or are bounds."""
    names = {
        "" if filters.is_bound(term) else term.name
        for term in clause.alternatives
        if isinstance(term, FilterTerm)
    }
    return names.pop() if len(names) == 1 else ""


def _join(met: list[_Met]) -> _Met:
    if len(met) == 1:
        return met[0]
    return _Met(
        reduce(or_, (one.wholly for one in met)),
        reduce(or_, (one.partly for one in met)),
        tuple(share for one in met for share in one.shares),
    )


def _pairs(query: Query) -> Iterable[tuple[str, str]]:
    """The stems of words that stand next to each other in the query, each pair once."""
    row: list[str] = []
    for clause in query.clauses:
        term = clause.alternatives[0]
        if clause.excluded or isinstance(term, FilterTerm):
            continue
        if isinstance(term, PhraseTerm) or len(clause.alternatives) > 1:
            row.append("")
        else:
            whole = term.words[:-1] if term.prefix else term.words
            row += [*map(stem, whole), *([""] if term.prefix else ())]
    return dict.fromkeys((a, b) for a, b in pairwise(row) if a and b and a != b)


def _stems(term: Term) -> Iterable[str]:
    if isinstance(term, FilterTerm):
        return ()
    if isinstance(term, WordTerm) and term.prefix and not term.typing:
        return (stem(word) for word in term.words[:-1])
    return (stem(word) for word in term.words)
