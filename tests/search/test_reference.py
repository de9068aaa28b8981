"""The index against a plain reference: same documents, same scores, whatever was updated before."""

import math
from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search import analysis
from search.documents import IndexedDocument, Section
from search.index import SearchIndex
from search.nearness import FACTOR, NEAR
from search.ranking import B_BODY, B_TITLE, K1
from search.results import SearchResult
from search.schema import TITLE_FACTOR, section_weight
from tests import SOAK
from tests.search.corpus import MemorySource, note

VOCABULARY = ["cache", "caches", "queue", "CacheQueue", "queue.disk", "broker", "disk", "the", "ca"]
TEXTS = st.lists(st.sampled_from(VOCABULARY), max_size=6).map(" ".join)
DOCUMENTS = st.builds(
    lambda n, title, one, two: note(n, title, sections=(Section("Root", one), Section("B", two))),
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

    def rows(self, text: str) -> list[set[str]]:
        """The stems at each place of a text: those of a word and of its parts."""
        every = (analysis.forms(token) for token in analysis.tokens(text))
        return [{form.stem for form in found} for found in every if found]

    def sections(self, document: IndexedDocument) -> list[Section]:
        """The sections, and what is indexed beside them."""
        return [*document.sections, Section("", document.ref)]

    def plain(self, document: IndexedDocument) -> set[str]:
        """All words, as they are written but in lower case, and the parts of words."""
        texts = [document.title, *(section.text for section in self.sections(document))]
        every = (analysis.forms(token) for text in texts for token in analysis.tokens(text))
        return {form.word for found in every for form in found}

    def has(self, document: IndexedDocument, term: str) -> bool:
        """Whether a document has a word, a prefix or a phrase."""
        if term.endswith("*"):
            return any(word.startswith(term[:-1]) for word in self.plain(document))
        wanted = analysis.stems(term)
        parts = [document.title, *(section.text for section in document.sections)]
        rows = [self.rows(part) for part in parts]
        size = len(wanted)
        return any(
            all(word in place for word, place in zip(wanted, row[n : n + size], strict=True))
            for row in rows
            for n in range(len(row) - size + 1)
        )

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

    def average_lengths(self) -> tuple[float, float]:
        """Of titles and of bodies, in words."""
        titles = sum(len(self.rows(d.title)) for d in self.documents)
        bodies = sum(len(self.rows(s.text)) for d in self.documents for s in self.sections(d))
        return titles / len(self.documents) or 1.0, bodies / len(self.documents) or 1.0

    def score(self, document: IndexedDocument, words: list[str]) -> float:
        """BM25F of a query of plain words."""
        titles, bodies = self.average_lengths()
        title = self.rows(document.title)
        body = [(self.rows(s.text), section_weight(s.name)) for s in self.sections(document)]
        length = sum(len(row) for row, _ in body)
        total = 0.0
        for word in words:
            stem = analysis.stem(word)
            n = sum(self.has(other, word) for other in self.documents)
            count = sum(weight * sum(stem in place for place in row) for row, weight in body)
            count /= 1 - B_BODY + B_BODY * length / bodies
            in_title = sum(stem in place for place in title)
            count += TITLE_FACTOR * in_title / (1 - B_TITLE + B_TITLE * len(title) / titles)
            rarity = math.log(1 + (len(self.documents) - n + 0.5) / (n + 0.5))
            total += rarity * count * (K1 + 1) / (K1 + count) if count else 0.0
        pairs = dict.fromkeys(pairwise(map(analysis.stem, words)))
        return total + sum(self.nearness(document, a, b) for a, b in pairs if a != b)

    def nearness(self, document: IndexedDocument, first: str, second: str) -> float:
        """What two words of the query add by standing near each other."""
        count = 0.0
        for row in map(self.rows, (document.title, *(s.text for s in self.sections(document)))):
            other = [place for place, found in enumerate(row) if second in found]
            for place in (place for place, found in enumerate(row) if first in found):
                distance = min((max(1, abs(place - near)) for near in other), default=NEAR + 1)
                count += 1 / distance**2 if distance <= NEAR else 0
        rarities = []
        for word in (first, second):
            n = sum(self.has(other, word) for other in self.documents)
            rarities.append(math.log(1 + (len(self.documents) - n + 0.5) / (n + 0.5)))
        return FACTOR * min(rarities) * (K1 + 1) * count / (K1 + count)


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
