"""Small libraries to search in: documents in memory behind the interface of a real library."""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from search.documents import Changes, IndexedDocument, Section
from search.index import SearchIndex
from search.results import SearchResult

QUERIES = ("cache leaked", '"queue expired"', "service:broker", "tok*", "gateway -session", "")


@dataclass
class MemorySource:
    """Documents with a change log; it can be sent to a child process."""

    documents: dict[str, IndexedDocument] = field(default_factory=dict)
    log: list[str] = field(default_factory=list)
    name: str = "first"

    def put(self, *documents: IndexedDocument) -> None:
        """Adds or replaces documents."""
        for document in documents:
            self.documents[document.id] = document
            self.log.append(document.id)

    def remove(self, document_id: str) -> None:
        """Deletes a document."""
        del self.documents[document_id]
        self.log.append(document_id)

    def last_sequence(self) -> int:
        return len(self.log)

    def mark(self, sequence: int) -> str:
        known = self.log[:sequence][-1:]
        return f"{self.name} {sequence} {known[0]}" if known else ""

    def changes_after(self, sequence: int) -> Changes:
        touched = dict.fromkeys(self.log[sequence:])
        gone = tuple(i for i in touched if i not in self.documents)
        return Changes(len(self.log), tuple(i for i in touched if i in self.documents), gone)

    def ids(self) -> list[str]:
        return list(self.documents)

    def document(self, document_id: str) -> IndexedDocument | None:
        return self.documents.get(document_id)


def note(number: int, title: str, text: str = "", **values: object) -> IndexedDocument:
    """A document with one section."""
    sections = (Section("Summary", text),) if text else ()
    known: dict[str, object] = {"sections": sections, **values}
    return IndexedDocument(f"id-{number}", f"PM-2024-{number:03}", title, **known)  # type: ignore[arg-type]


def many(count: int) -> list[IndexedDocument]:
    """Documents that differ a little, of about 40 words each."""
    things = ["cache", "queue", "broker", "replica", "index", "gateway", "session", "token"]
    faults = ["overflowed", "expired", "leaked", "stalled", "vanished", "looped", "diverged"]

    def pick(words: list[str], number: int, salt: str) -> str:
        return words[zlib.crc32(f"{salt}{number}".encode()) % len(words)]

    return [
        note(
            n,
            f"The {pick(things, n, 'a')} {pick(faults, n, 'b')}",
            " ".join(f"{pick(things, n, str(i))} {pick(faults, n, str(i))}." for i in range(20)),
            services=(pick(things, n, "s"),),
        )
        for n in range(count)
    ]


def index_of(folder: Path, documents: Iterable[IndexedDocument]) -> SearchIndex:
    """An index of documents, up to date."""
    source = MemorySource()
    source.put(*documents)
    index = SearchIndex(folder, "library", source)
    index.catch_up()
    return index


def refs(index: SearchIndex, query: str, *, typing: bool = False) -> list[str]:
    """The refs that a query finds, in order."""
    return [hit.ref for hit in index.search(query, limit=1000, typing=typing).hits]


def opened(cache: Path, source: MemorySource) -> SearchIndex:
    """An index as the next start opens it."""
    index = SearchIndex(cache, "library", source)
    index.catch_up()
    return index


def answers(index: SearchIndex) -> list[SearchResult]:
    """What the index says to some queries, without the time it took."""
    return [replace(index.search(query, limit=50), took_ms=0) for query in QUERIES]
