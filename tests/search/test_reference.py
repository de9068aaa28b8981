"""The index against a plain reference: same documents, same scores, whatever was updated before."""

import math
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search import analysis
from search.documents import IndexedDocument, Section
from search.index import SearchIndex
from search.ranking import B_BODY, B_TITLE, K1
from search.results import SearchResult
from search.schema import TITLE_FACTOR
from tests import SOAK
from tests.search.corpus import MemorySource, note

VOCABULARY = ["cache", "caches", "cached", "queue", "queues", "broker", "disk", "the", "ca"]
TEXTS = st.lists(st.sampled_from(VOCABULARY), max_size=6).map(" ".join)
DOCUMENTS = st.builds(
    lambda n, title, one, two: note(n, title, sections=(Section("A", one), Section("B", two))),
    st.integers(1, 6),
    TEXTS,
    TEXTS,
    TEXTS,
)
STEPS = st.lists(st.one_of(DOCUMENTS, st.integers(1, 6)), min_size=1, max_size=12)
WORDS = st.lists(st.sampled_from(VOCABULARY[:-2]), min_size=1, max_size=3)
QUERIES = st.lists(
    st.one_of(
        st.sampled_from(VOCABULARY),
        WORDS.map(lambda found: '"' + " ".join(found) + '"'),
        st.sampled_from(["cac*", "que*", "queu*", "zzz*"]),
        st.sampled_from(["-disk", '-"cache queue"', "-brok*", "-zebra"]),
    ),
    min_size=1,
    max_size=4,
)


@dataclass
class Reference:
    """Reads every text for every question."""

    documents: list[IndexedDocument]

    def rows(self, document: IndexedDocument) -> tuple[list[str], list[str], list[str]]:
        """The words of the title and of each section, and the whole as plain words."""
        title = analysis.stems(document.title)
        details = Section("", document.ref)
        sections = [analysis.stems(s.text) for s in (*document.sections, details)]
        texts = [document.title, *(s.text for s in (*document.sections, details))]
        plain = [w.text for text in texts for w in analysis.words(text)]
        return title, [w for s in sections for w in s], [w for w in plain if analysis.is_indexed(w)]

    def has(self, document: IndexedDocument, term: str) -> bool:
        """Whether a document has a word, a prefix or a phrase."""
        if term.endswith("*"):
            return any(w.startswith(term[:-1]) for w in self.rows(document)[2])
        wanted = analysis.stems(term)
        parts = [document.title, *(section.text for section in document.sections)]
        rows = [analysis.stems(part) for part in parts]
        size = len(wanted)
        return any(row[n : n + size] == wanted for row in rows for n in range(len(row) - size + 1))

    def found(self, query: list[str]) -> tuple[set[str], set[str]]:
        """The ids of all that a query finds and of those with everything."""
        excluded = [term[1:].strip('"') for term in query if term.startswith("-")]
        phrases = [term.strip('"') for term in query if term.startswith('"')]
        soft = [t for t in query if t[0] not in '-"' and t not in analysis.STOP_WORDS]
        every, complete = set(), set()
        for document in self.documents:
            if any(self.has(document, term) for term in excluded):
                continue
            if not all(self.has(document, phrase) for phrase in phrases):
                continue
            met = [self.has(document, term) for term in soft]
            if soft and not phrases and not any(met):
                continue
            if not (soft or phrases or excluded):
                continue
            every.add(document.id)
            if all(met):
                complete.add(document.id)
        return every, complete

    def score(self, document: IndexedDocument, words: list[str]) -> float:
        """BM25F of a query of plain words."""
        rows = [self.rows(other) for other in self.documents]
        titles = sum(len(title) for title, _, _ in rows) / len(rows) or 1.0
        bodies = sum(len(body) for _, body, _ in rows) / len(rows) or 1.0
        title, body, _ = self.rows(document)
        total = 0.0
        for word in words:
            stem = analysis.stem(word)
            n = sum(stem in other_title or stem in other for other_title, other, _ in rows)
            count = body.count(stem) / (1 - B_BODY + B_BODY * len(body) / bodies)
            count += (
                TITLE_FACTOR * title.count(stem) / (1 - B_TITLE + B_TITLE * len(title) / titles)
            )
            rarity = math.log(1 + (len(rows) - n + 0.5) / (n + 0.5))
            total += rarity * count * (K1 + 1) / (K1 + count) if count else 0.0
        return total


def played(source: MemorySource, index: SearchIndex, steps: list[IndexedDocument | int]) -> None:
    """Writes and deletes documents, with a catch-up after each."""
    for step in steps:
        if isinstance(step, IndexedDocument):
            source.put(step)
        elif f"id-{step}" in source.documents:
            source.remove(f"id-{step}")
        index.catch_up()


def same(first: SearchResult, second: SearchResult) -> bool:
    """Whether two results agree in everything but the time they took."""
    kept = ("total", "complete", "suggestion", "notices", "facets", "hits")
    return all(getattr(first, name) == getattr(second, name) for name in kept)


@pytest.mark.soak
@settings(max_examples=300 if SOAK else 25)
@given(STEPS, st.lists(QUERIES, min_size=1, max_size=4))
def test_finds_what_the_reference_finds(
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[IndexedDocument | int],
    queries: list[list[str]],
) -> None:
    source = MemorySource()
    index = SearchIndex(tmp_path_factory.mktemp("cache"), "library", source)
    played(source, index, steps)
    reference = Reference(list(source.documents.values()))
    fresh = SearchIndex(tmp_path_factory.mktemp("cache"), "library", source)
    fresh.rebuild()
    for query in queries:
        result = index.search(" ".join(query), limit=100)
        every, complete = reference.found(query)
        assert {hit.id for hit in result.hits} == every
        assert {hit.id for hit in result.hits if hit.complete} == complete
        assert same(result, fresh.search(" ".join(query), limit=100))
        words = list(dict.fromkeys(query))
        if all(word.isalpha() and word not in analysis.STOP_WORDS for word in words):
            for hit in result.hits:
                expected = reference.score(source.documents[hit.id], query)
                assert hit.score == pytest.approx(expected, abs=2e-3)
    index.close()
    fresh.close()
