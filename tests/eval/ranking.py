"""Ranking measured on the collections under ``ir/``, through the function behind the search box."""

import json
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import bm25s

from search.analysis import stem
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


def measure(data: Path) -> dict[str, dict[str, Any]] | None:
    """MAP and nDCG@10 of every collection, of ours and of bm25s; None where there are none."""
    folders = sorted(f for f in (data / "ir").glob("*") if (f / "qrels.tsv").is_file())
    return {folder.name: _measured(folder) for folder in folders} or None


def _measured(folder: Path) -> dict[str, Any]:
    documents = [_document(entry) for entry in _lines(folder / "docs.jsonl")]
    texts = {str(entry["id"]): str(entry["text"]) for entry in _lines(folder / "queries.jsonl")}
    judgements = judged(folder / "qrels.tsv", 1)
    relevant = {query: wanted for query, wanted in judgements.items() if query in texts}
    asked = {query: texts[query] for query in relevant}
    ours = _figures(_ours(folder.name, documents, asked), relevant)
    other = _figures(_bm25s(documents, asked), relevant)
    return {"queries": len(relevant), **ours, "bm25s": other}


def _ours(
    name: str, documents: Sequence[IndexedDocument], queries: Mapping[str, str]
) -> dict[str, list[str]]:
    """What the search box finds for each query."""
    with (
        tempfile.TemporaryDirectory() as cache,
        closing(SearchIndex(Path(cache), name, Collection(documents))) as index,
    ):
        index.rebuild()
        return {
            query: [hit.id for hit in index.search(text, limit=_DEPTH, snippets=0).hits]
            for query, text in queries.items()
        }


def _bm25s(
    documents: Sequence[IndexedDocument], queries: Mapping[str, str]
) -> dict[str, list[str]]:
    """What bm25s finds, as Lucene scores (k1=1.2, b=0.75), stemmed, without English stop words."""

    def words(texts: Sequence[str]) -> list[list[str]]:
        split = bm25s.tokenize(texts, stopwords="en", return_ids=False, show_progress=False)
        return [[stem(word) for word in row] for row in split]

    asked = list(queries.values())
    engine = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
    texts = [f"{document.title} {document.sections[0].text}" for document in documents]
    engine.index(words(texts), show_progress=False)
    depth = min(_DEPTH, len(documents))
    found, scores = engine.retrieve(words(asked), k=depth, show_progress=False)
    return {
        query: [documents[n].id for n, score in zip(*row, strict=True) if score > 0]
        for query, *row in zip(queries, found, scores, strict=True)
    }


def _figures(
    rankings: Mapping[str, Sequence[str]], relevant: Mapping[str, set[str]]
) -> dict[str, float]:
    gains = {query: dict.fromkeys(wanted, 1.0) for query, wanted in relevant.items()}
    return {
        "map": rounded(mean([average_precision(rankings[q], w) for q, w in relevant.items()])),
        "ndcg@10": rounded(mean([ndcg(rankings[q], g, 10) for q, g in gains.items()])),
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
