"""Search over a real library on disk."""

import multiprocessing
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from models import vocabulary
from models.commands import post_mortems as commands
from models.document import Document, new_id
from models.domain.incident import Incident, Times
from models.domain.moments import exactly
from models.domain.post_mortem import PostMortem
from models.queries import post_mortems as queries
from models.store.library import Actor, open_library
from search.index import CHILD_FROM, SearchIndex, open_index
from tests.search.corpus import refs

AUTHOR = Actor("Kim")


def add(folder: Path, title: str, **values: object) -> str:
    """Adds a post-mortem to a library; its id."""
    with closing(open_library(folder)) as library:
        times = Times(onset=exactly(datetime(2024, 5, 1, 8, tzinfo=UTC)))
        incident = Incident(new_id(), severity="SEV2", services=("search",), times=times)
        mortem = PostMortem(new_id(), title, incidents=(incident,), **values)  # type: ignore[arg-type]
        return commands.add(library, Document(mortem), AUTHOR).id


def opened(folder: Path) -> SearchIndex:
    """The index of a library, up to date."""
    index = open_index(open_library(folder / "library"), folder / "cache", vocabulary.load())
    index.catch_up()
    return index


def test_what_is_written_is_found(tmp_path: Path) -> None:
    first = add(tmp_path / "library", "Zebra crossing closed", aliases=("INC-4",))
    with closing(opened(tmp_path)) as index:
        assert refs(index, "zebra severity:Sev-2 year:2024 is:draft") == ["PM-2024-001"]
        assert refs(index, "ref:inc-4") == ["PM-2024-001"]
        with closing(open_library(tmp_path / "library")) as library:
            document = queries.by_id(library, first)
            changed = replace(document.post_mortem, title="Lion asleep")
            commands.save(library, changed, document.version, AUTHOR)
            assert index.status().behind == 1
            index.catch_up()
            assert refs(index, "zebra") == []
            assert refs(index, "lion") == ["PM-2024-001"]
            commands.delete(library, [first], AUTHOR)
            index.catch_up()
            assert refs(index, "") == []
            commands.undelete(library, [first], AUTHOR)
            index.catch_up()
            assert refs(index, "lion") == ["PM-2024-001"]


def test_a_child_process_reads_the_library(tmp_path: Path) -> None:
    with closing(open_library(tmp_path / "library")) as library:
        for n in range(CHILD_FROM + 1):
            mortem = PostMortem(new_id(), f"Outage {n}", summary="The queue was full.")
            commands.add(library, Document(mortem), AUTHOR)
    with closing(opened(tmp_path)) as index:
        assert index.search("queue").total == CHILD_FROM + 1


def test_searching_loads_no_multiprocessing() -> None:
    """Most commands index a few documents at most; they should not wait for what a child needs."""
    code = "import sys, search.index; print('multiprocessing' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "False"


def _write_and_search(folder: Path, name: str) -> None:
    with closing(opened(folder)) as index:
        for n in range(5):
            add(folder / "library", f"{name} {n}")
            index.catch_up()
            assert len(refs(index, name)) == n + 1


def test_two_processes_on_one_library(tmp_path: Path) -> None:
    add(tmp_path / "library", "First of all")
    context = multiprocessing.get_context("spawn")
    names = ("window", "command")
    processes = [context.Process(target=_write_and_search, args=(tmp_path, n)) for n in names]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        assert process.exitcode == 0
        process.close()
    with closing(opened(tmp_path)) as index:
        assert index.search("").total == 11
        assert index.status().generation == 1, "nobody had to rebuild"
