"""Search beside SQLite FTS5 on the same documents, and an edit's way to being searchable."""

import dataclasses
import random
import re
import time
from collections.abc import Callable
from pathlib import Path

from models import vocabulary
from models.commands import post_mortems
from models.document import Document
from models.queries import post_mortems as stored
from models.store.library import Actor, Library, open_library
from search.extract import extract
from search.index import SearchIndex, open_index
from tests.bench.corpus import documents
from tests.bench.figures import Figures, ratio, summed_up, timed_ms
from tests.bench.fts5 import Fts5

BENCH = Actor("bench")
_QUERIES = 150
_EDITS = 25


def measure(count: int, folder: Path) -> Figures:
    """Both engines over ``count`` documents: as-you-type queries with 20 snippets and facets."""
    library = open_library(folder / "library")
    fts5 = Fts5(folder / "fts5.db")
    made = list(documents(count))
    for document in made:
        post_mortems.add(library, document, BENCH, source="import")
    fts5.fill((document, _searched_text(document)) for document in made)
    queries = _queries(made)
    terms = vocabulary.load()
    index = open_index(library, folder / "cache", terms)
    started = time.perf_counter()
    index.rebuild()
    rebuilt = time.perf_counter() - started
    index.close()

    opened = open_index(library, folder / "cache", terms)
    opening = timed_ms(lambda: opened.search("outage", typing=True))
    cold = [timed_ms(_ours(opened, words)) for words in queries]
    warm = [timed_ms(_ours(opened, words)) for words in queries]
    other_cold = [timed_ms(_theirs(fts5, words)) for words in queries]
    other = [timed_ms(_theirs(fts5, words)) for words in queries]
    edits = _edits(library, opened)
    opened.close()
    library.close()
    ours, theirs = summed_up(warm), summed_up(other)
    return {
        "documents": count,
        "rebuild_s": round(rebuilt, 1),
        "first_search_ms": round(opening, 1),
        "afterwhy_cold_ms": summed_up(cold),
        "afterwhy_warm_ms": ours,
        "fts5_cold_ms": summed_up(other_cold),
        "fts5_warm_ms": theirs,
        "warm_p50_ratio": ratio(ours["p50"], theirs["p50"]),
        "warm_p95_ratio": ratio(ours["p95"], theirs["p95"]),
        "edit_to_searchable_ms": edits,
    }


def _searched_text(document: Document) -> str:
    return "\n".join(section.text for section in extract(document, {}).sections)


def _queries(made: list[Document]) -> list[list[str]]:
    """One to three words of one document, the last cut to a prefix of three letters or more."""
    draw = random.Random(11)  # noqa: S311
    queries: list[list[str]] = []
    while len(queries) < _QUERIES:
        words = re.findall(r"[a-z]{4,}", _searched_text(draw.choice(made)).lower())
        chosen = draw.sample(words, draw.choice((1, 2, 3)))
        cut = draw.randrange(3, len(chosen[-1]) + 1)
        queries.append([*chosen[:-1], chosen[-1][:cut]])
    return queries


def _ours(index: SearchIndex, words: list[str]) -> Callable[[], object]:
    return lambda: index.search(" ".join(words), typing=True, limit=20)


def _theirs(fts5: Fts5, words: list[str]) -> Callable[[], object]:
    return lambda: fts5.search(words)


def _edits(library: Library, index: SearchIndex) -> Figures:
    """From the commit of an edit to a search that finds it; the commit itself apart."""
    samples = []
    draw = random.Random(3)  # noqa: S311
    ids = stored.ids(library)
    for number in range(_EDITS):
        document = stored.by_id(library, draw.choice(ids))
        word = f"zebra{number}quagga"
        mortem = dataclasses.replace(document.post_mortem, summary=f"Seen: {word}.")
        post_mortems.save(library, mortem, document.version, BENCH)

        def until_found(word: str = word) -> None:
            index.catch_up()
            if not index.search(word).total:
                raise AssertionError(f"{word} is not found after catching up")

        samples.append(timed_ms(until_found))
    return summed_up(samples)
