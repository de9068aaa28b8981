"""Figures of merit for ranking and likeness, over labelled collections."""

import json
import math
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from search.documents import IndexedDocument, Section
from search.index import SearchIndex
from tests.search.corpus import MemorySource

Judgements = Mapping[str, Mapping[str, int]]
"""Query -> document -> grade."""


def read_judgements(path: Path) -> Judgements:
    """Judgements from lines of query, document and grade between tabs."""
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for line in path.read_text(encoding="utf-8").splitlines():
        query, document, grade = line.split("\t")
        found[query][document] = int(grade)
    return found


def ranking(collection: Path, cache: Path, depth: int = 1000) -> dict[str, float]:
    """MAP (of the first ``depth`` hits) and nDCG@10 of the search box for a folder with docs.jsonl,
    queries.jsonl and qrels.tsv; a grade of 1 and above counts the same.
    """
    source = MemorySource()
    for entry in _lines(collection / "docs.jsonl"):
        sections = (Section("Text", entry["text"]),)
        source.put(IndexedDocument(str(entry["id"]), "", entry.get("title", ""), sections))
    judgements = read_judgements(collection / "qrels.tsv")
    precisions, gains = [], []
    with closing(SearchIndex(cache, collection.name, source)) as index:
        index.catch_up()
        for query in _lines(collection / "queries.jsonl"):
            relevant = {d for d, g in judgements.get(str(query["id"]), {}).items() if g >= 1}
            if relevant:
                result = index.search(query["text"], limit=depth, facets=False, snippets=0)
                found = [hit.id for hit in result.hits]
                precisions.append(average_precision(found, relevant))
                gains.append(ndcg(found, relevant))
    return {"map": mean(precisions), "ndcg@10": mean(gains)}


def likeness(
    judgements: Judgements,
    similar: Callable[[str], Sequence[str]],
    counts: Callable[[str, str], bool] = lambda _query, _document: True,
) -> dict[str, float | int | list[float]]:
    """MAP and recall@5 (grade 2 and above) of similar failures, the latter with its 95 % bootstrap
    interval. ``similar`` ranks all documents for one; ``counts`` says which pairs are looked at,
    such as those of different sources.
    """
    recalls, precisions = [], []
    for query, graded in judgements.items():
        relevant = {d for d, grade in graded.items() if grade >= 2 and counts(query, d)}
        if relevant:
            found = [d for d in similar(query) if d != query and counts(query, d)]
            recalls.append(len(relevant.intersection(found[:5])) / len(relevant))
            precisions.append(average_precision(found, relevant))
    return {
        "queries": len(recalls),
        "map": mean(precisions),
        "recall@5": mean(recalls),
        "recall@5_interval": interval(recalls),
    }


def average_precision(found: Sequence[str], relevant: set[str]) -> float:
    """The mean of the precision at each relevant document; those not found count 0."""
    seen, total = 0, 0.0
    for place, document in enumerate(found, 1):
        if document in relevant:
            seen += 1
            total += seen / place
    return total / len(relevant)


def ndcg(found: Sequence[str], relevant: set[str], depth: int = 10) -> float:
    """Normalised discounted cumulative gain with equal gains."""
    gain = sum(1 / math.log2(n + 1) for n, d in enumerate(found[:depth], 1) if d in relevant)
    return gain / sum(1 / math.log2(n + 1) for n in range(1, min(depth, len(relevant)) + 1))


def interval(values: Sequence[float], rounds: int = 1000) -> list[float]:
    """The 95 % interval of the mean, by bootstrap over the queries (always the same draws)."""
    draw = random.Random(1)  # noqa: S311
    if not values:
        return [0.0, 0.0]
    means = sorted(mean(draw.choices(values, k=len(values))) for _ in range(rounds))
    return [means[int(rounds * 0.025)], means[int(rounds * 0.975)]]


def mean(values: Sequence[float]) -> float:
    """The mean, 0 of nothing, to four places."""
    return round(sum(values) / len(values), 4) if values else 0.0


def _lines(path: Path) -> Iterable[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
