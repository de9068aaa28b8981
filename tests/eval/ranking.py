"""Ranking measured on the collections under ``ir/``, through the function behind the search box."""

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from search.documents import Changes, IndexedDocument, Section
from search.index import SearchIndex
from tests.eval.measures import average_precision, mean, ndcg, rounded

_DEPTH = 1000


class Collection:
    """A collection of documents as a source of the index."""

    def __init__(self, documents: Sequence[IndexedDocument]) -> None:
        self._documents = {document.id: document for document in documents}

    def last_sequence(self) -> int:
        """Everything came with the first change."""
        return 1

    def mark(self, sequence: int) -> str:
        """The change log has one row and is never replaced."""
        return "collection" if sequence == 1 else ""

    def changes_after(self, sequence: int) -> Changes:
        """All documents after nothing, none after the first change."""
        return Changes(1, () if sequence else tuple(self._documents))

    def ids(self) -> Sequence[str]:
        """Every document."""
        return tuple(self._documents)

    def document(self, document_id: str) -> IndexedDocument | None:
        """One document."""
        return self._documents.get(document_id)


def measure(data: Path) -> dict[str, dict[str, float]] | None:
    """MAP and nDCG@10 of every collection; None where there are none."""
    folders = sorted(f for f in (data / "ir").glob("*") if (f / "qrels.tsv").is_file())
    return {folder.name: _measured(folder) for folder in folders} or None


def _measured(folder: Path) -> dict[str, float]:
    documents = [_document(entry) for entry in _lines(folder / "docs.jsonl")]
    queries = {str(entry["id"]): str(entry["text"]) for entry in _lines(folder / "queries.jsonl")}
    relevant = judged(folder / "qrels.tsv", 1)
    precisions, gains = [], []
    with tempfile.TemporaryDirectory() as cache:
        index = SearchIndex(Path(cache), folder.name, Collection(documents))
        index.rebuild()
        for query, wanted in relevant.items():
            if query not in queries:
                continue
            hits = index.search(queries[query], limit=_DEPTH, facets=False).hits
            ranking = [hit.id for hit in hits]
            precisions.append(average_precision(ranking, wanted))
            gains.append(ndcg(ranking, dict.fromkeys(wanted, 1.0), 10))
        index.close()
    return {
        "queries": len(precisions),
        "map": rounded(mean(precisions)),
        "ndcg@10": rounded(mean(gains)),
    }


def _document(entry: dict[str, object]) -> IndexedDocument:
    name, title, text = (str(entry.get(key) or "") for key in ("id", "title", "text"))
    return IndexedDocument(name, name, title, (Section("Summary", text),))


def judged(path: Path, least: int) -> dict[str, set[str]]:
    """Query -> the documents that were judged to be of at least this grade."""
    relevant: dict[str, set[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        query, document, grade = line.split("\t")[:3]
        if int(grade) >= least:
            relevant.setdefault(query, set()).add(document)
    return relevant


def _lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
