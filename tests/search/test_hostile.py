"""Nothing that can be typed raises or stalls."""

import re
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from search.documents import IndexedDocument
from search.extract import extract
from search.index import SearchIndex
from tests import SOAK
from tests.bench.corpus import documents
from tests.search.corpus import MemorySource
from tests.search.hostile import queries

DOCUMENTS = 10_000 if SOAK else 60
QUERIES = 100_000 if SOAK else 200
MOST_MS = 500


def _documents() -> Iterator[IndexedDocument]:
    """Documents of about 5 KB from real text, where that is at hand."""
    return (extract(document, {}) for document in documents(DOCUMENTS))


@pytest.mark.soak
def test_every_query_is_answered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In the soak none may take half a second of processor time; the clock would also count what
    other programs do.
    """
    source = MemorySource()
    source.put(*_documents())
    text = " ".join(s.text for d in list(source.documents.values())[:50] for s in d.sections)
    words = sorted(set(re.findall(r"[a-z]{3,}", text.lower())))
    slowest: tuple[float, str] = (0.0, "")
    with closing(SearchIndex(tmp_path, "library", source)) as index:
        index.rebuild()
        for query, typing in queries(7, QUERIES, words):
            started = time.thread_time()
            result = index.search(query, typing=typing)
            slowest = max(slowest, ((time.thread_time() - started) * 1000, query))
            assert result.complete <= result.total <= DOCUMENTS
            for hit in result.hits:
                for snippet in hit.snippets:
                    assert all(0 <= s < e <= len(snippet.text) for s, e in snippet.marks), query
    if SOAK:
        with capsys.disabled():
            print(f"\nslowest of {QUERIES} queries: {slowest[0]:.0f} ms, {slowest[1][:80]!r}")  # noqa: T201
        assert slowest[0] < MOST_MS
