"""Similar failures measured against the judgements of ``similar/qrels.tsv``."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from models.queries import post_mortems
from models.store.library import Library
from search.extract import extract
from search.index import SearchIndex
from search.results import SimilarHit
from tests.eval.measures import average_precision, interval, mean, recall, rounded
from tests.eval.ranking import judged

_SIMILAR = 2
"""The grade from which a document counts: the same component and symptom, or mechanism."""
_SHOWN = 10
"""How many hits the window asks for."""


def measure(
    data: Path, library: Library, index: SearchIndex, ids: Mapping[str, str]
) -> dict[str, Any] | None:
    """Overall, and with what other sources wrote only; ``ids`` gives each path its post-mortem."""
    path = data / "similar" / "qrels.tsv"
    if not path.is_file() or not ids:
        return None
    names = {post_mortem_id: name for name, post_mortem_id in ids.items()}
    rankings: dict[str, list[str]] = {}
    shown: dict[str, list[str]] = {}
    relevant: dict[str, set[str]] = {}
    for query, wanted in judged(path, _SIMILAR).items():
        present = {name for name in wanted if name in ids and name != query}
        if query not in ids or not present:
            continue
        document = extract(post_mortems.by_id(library, ids[query]), {})
        # The weak ones too: MAP and recall judge the whole ranking, precision what is shown of it.
        rankings[query] = _names(index.similar(document, limit=len(ids), weak=True), names)
        shown[query] = _names(index.similar(document, limit=_SHOWN), names)
        relevant[query] = present
    return {
        "overall": _figures(rankings, relevant) | _shown(shown, relevant),
        "across_sources": _across_sources(rankings, relevant),
    }


def _names(hits: Iterable[SimilarHit], names: Mapping[str, str]) -> list[str]:
    return [names[hit.id] for hit in hits if hit.id in names]


def _shown(shown: Mapping[str, list[str]], relevant: Mapping[str, set[str]]) -> dict[str, Any]:
    """How many hits people see for a document, how many of them are judged similar, and how much
    of what is similar the first five have.
    """
    counts = [len(names) for names in shown.values()]
    right = sum(len(relevant[query].intersection(names)) for query, names in shown.items())
    return {
        "shown": rounded(mean(counts)),
        "shown_precision": rounded(right / sum(counts) if sum(counts) else 0.0),
        "shown_recall@5": rounded(mean([recall(shown[q], r, 5) for q, r in relevant.items()])),
    }


def _figures(rankings: Mapping[str, list[str]], relevant: Mapping[str, set[str]]) -> dict[str, Any]:
    precisions = [average_precision(rankings[q], wanted) for q, wanted in relevant.items()]
    recalls = [recall(rankings[q], wanted, 5) for q, wanted in relevant.items()]
    return {
        "queries": len(relevant),
        "map": rounded(mean(precisions)),
        "map_interval": interval(precisions),
        "recall@5": rounded(mean(recalls)),
        "recall@5_interval": interval(recalls),
    }


def _across_sources(
    rankings: Mapping[str, list[str]], relevant: Mapping[str, set[str]]
) -> dict[str, Any]:
    """The same without the documents of the query's own source, which share its words anyway."""
    others = {q: {n for n in wanted if _source(n) != _source(q)} for q, wanted in relevant.items()}
    wanted = {query: names for query, names in others.items() if names}
    ranked = {q: [n for n in rankings[q] if _source(n) != _source(q)] for q in wanted}
    return _figures(ranked, wanted)


def _source(name: str) -> str:
    return name.split("/", 1)[0]
