"""Search beside SQLite FTS5 on the same documents, and an edit's way to being searchable.

Each engine is opened in a process of its own, so that memory and first use are its own.
"""

import dataclasses
import gc
import multiprocessing
import os
import random
import re
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from models import vocabulary
from models.commands import post_mortems
from models.document import Document
from models.queries import post_mortems as stored
from models.store.library import Actor, Library, open_library
from search.extract import extract
from search.index import SearchIndex, open_index
from tests.bench.corpus import documents
from tests.bench.figures import Figures, both_ms, memory_mb, ratio, summed_up
from tests.bench.fts5 import Fts5

BENCH = Actor("bench")
Queries = list[list[str]]
_QUERIES = 150
_EDITS = 60
_SIMILAR = 40


def measure(count: int, folder: Path) -> Figures:
    """Both engines over ``count`` documents: as-you-type queries with 20 snippets and facets.

    *Cold* is the first use of a query's words after opening, *warm* the second.
    """
    queries, rebuilt = build(count, folder)
    return {"documents": count, **rebuilt, **compare(folder, queries)}


def build(count: int, folder: Path) -> tuple[Queries, Figures]:
    """Fills a library, its index and an FTS5 table; gives queries of one to three words of one
    document, the last cut to a prefix of three letters or more, and what the rebuild took.
    """
    draw = random.Random(11)  # noqa: S311
    asked_of = [draw.randrange(count) for _ in range(_QUERIES)]
    queries: Queries = []
    library, fts5 = open_library(folder / "library"), Fts5(folder / "fts5.db")
    for number, document in enumerate(documents(count)):
        text = "\n".join(section.text for section in extract(document, {}).sections)
        post_mortems.add(library, document, BENCH, source="import")
        fts5.add(document, text)
        for _ in range(asked_of.count(number)):
            chosen = draw.sample(re.findall(r"[a-z]{4,}", text.lower()), draw.choice((1, 2, 3)))
            queries.append([*chosen[:-1], chosen[-1][: draw.randrange(3, len(chosen[-1]) + 1)]])
    fts5.finish()
    index = open_index(library, folder / "cache", vocabulary.load())
    started, used = time.perf_counter(), _used_by_children()
    index.rebuild()
    rebuilt = {
        "rebuild_s": round(time.perf_counter() - started, 1),
        "rebuild_cpu_s": round(_used_by_children() - used, 1),
    }
    index.close()
    library.close()
    draw.shuffle(queries)
    return queries, rebuilt


def compare(folder: Path, queries: Queries) -> Figures:
    """Measures both engines in ``folder``, one after the other, and sets them in relation."""
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        theirs = pool.apply(_fts5, (folder, queries))
        ours = pool.apply(_afterwhy, (folder, queries))
    return {
        **{f"afterwhy_{name}": value for name, value in ours.items()},
        **{f"fts5_{name}": value for name, value in theirs.items()},
        **{
            f"{kind}_{rank}_ratio": ratio(ours[f"{kind}_ms"][rank], theirs[f"{kind}_ms"][rank])
            for kind in ("warm", "cold", "warm_cpu", "cold_cpu")
            for rank in ("p50", "p95", "p99")
        },
    }


def _afterwhy(folder: Path, queries: Queries) -> Figures:
    gc.freeze()  # as the window does: collecting modules again and again belongs to no search
    library = open_library(folder / "library")
    terms = vocabulary.load()
    before = memory_mb()
    index = open_index(library, folder / "cache", terms)
    opening, opening_cpu = both_ms(index.open)
    opened = memory_mb()
    asked = {
        **_summed_up("cold", [both_ms(_ours(index, words)) for words in queries]),
        **_summed_up("warm", [both_ms(_ours(index, words)) for words in queries]),
    }
    figures = {
        "open_ms": round(opening, 1),
        "open_cpu_ms": round(opening_cpu, 1),
        "open_mb": round(opened - before, 1),
        "used_mb": round(memory_mb() - before, 1),
        **asked,
        **_summed_up("similar", _similar(library, index)),
        **_summed_up("edit_to_searchable", _edits(library, index)),
    }
    index.close()
    library.close()
    return figures


def _fts5(folder: Path, queries: Queries) -> Figures:
    gc.freeze()
    before = memory_mb()
    fts5 = Fts5(folder / "fts5.db")
    asked = {
        **_summed_up("cold", [both_ms(_theirs(fts5, words)) for words in queries]),
        **_summed_up("warm", [both_ms(_theirs(fts5, words)) for words in queries]),
    }
    return {"used_mb": round(memory_mb() - before, 1), **asked}


def _summed_up(name: str, samples: Iterable[tuple[float, float]]) -> Figures:
    wall, cpu = zip(*samples, strict=True)
    return {f"{name}_ms": summed_up(wall), f"{name}_cpu_ms": summed_up(cpu)}


def _used_by_children() -> float:
    """Seconds of processor time that ended children took."""
    times = os.times()
    return times.children_user + times.children_system


def _ours(index: SearchIndex, words: list[str]) -> Callable[[], object]:
    return lambda: index.search(" ".join(words), typing=True, limit=20)


def _theirs(fts5: Fts5, words: list[str]) -> Callable[[], object]:
    return lambda: fts5.search(words)


def _similar(library: Library, index: SearchIndex) -> list[tuple[float, float]]:
    """Failures like a document, as the editor asks for them; reading the document apart."""
    draw = random.Random(5)  # noqa: S311
    every = stored.ids(library)

    def asked() -> Document:
        return stored.by_id(library, draw.choice(every))

    views = [extract(asked(), {}) for _ in range(_SIMILAR)]
    return [both_ms(partial(index.similar, view)) for view in views]


def _edits(library: Library, index: SearchIndex) -> list[tuple[float, float]]:
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

        samples.append(both_ms(until_found))
        if index.settle():  # as the window does, when the edit can be found
            index.warm()
    return samples
