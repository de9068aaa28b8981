"""The index between processes: turns, children, sudden death and a full disk."""

import multiprocessing
import os
import random
import signal
import sys
import time
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from filelock import FileLock

from models.errors import KnownError
from search import builder, parts, writer_lock
from search.documents import IndexedDocument
from search.index import CHILD_FROM, SearchIndex
from search.seal import SEAL_NAME, home_of, read_seal
from search.writer import BATCH, Cancelled, Writer
from search.writer_lock import LOCK_NAME, IndexBusyError
from tests import SOAK
from tests.search.corpus import MemorySource, answers, many, note, opened

CONTEXT = multiprocessing.get_context("spawn")


def test_only_one_process_writes(
    tmp_path: Path, source: MemorySource, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer_lock, "LOCK_SECONDS", 0.05)
    with closing(opened(tmp_path, source)) as index:
        source.put(note(900, "A zebra crossed"))
        with FileLock(tmp_path / "library" / LOCK_NAME):
            with pytest.raises(IndexBusyError):
                index.catch_up()
            assert index.search("").total == 40
        index.catch_up()
        assert index.search("").total == 41


def test_many_documents_are_indexed_in_a_child(tmp_path: Path) -> None:
    source = MemorySource()
    source.put(*many(CHILD_FROM + 50))
    reports: list[tuple[int, int]] = []
    with closing(SearchIndex(tmp_path, "library", source)) as index:
        written = index.catch_up(lambda done, total: reports.append((done, total)))
        assert (written.documents, written.rebuilt) == (CHILD_FROM + 50, True)
        assert reports[-1] == (CHILD_FROM + 50, CHILD_FROM + 50)
        assert index.search("").total == CHILD_FROM + 50
        more = BATCH + CHILD_FROM
        source.put(*many(more)[CHILD_FROM:])
        assert not index.catch_up().rebuilt
        assert index.search("").total == more
        with pytest.raises(Cancelled):
            index.rebuild(cancelled=lambda: True)
        with closing(SearchIndex(tmp_path / "fresh", "library", source)) as fresh:
            fresh.rebuild()
            assert answers(index) == answers(fresh)


@dataclass
class BrokenSource(MemorySource):
    """Fails on reading a document, as a full disk or a broken library does."""

    def document(self, document_id: str) -> IndexedDocument | None:
        if self.name == "dies":
            os._exit(9)
        raise KnownError("The library cannot be read.", advice="Look after it.")


@pytest.mark.parametrize(("name", "said"), [("fails", "cannot be read"), ("dies", "unexpectedly")])
def test_what_fails_in_the_child_is_told(tmp_path: Path, name: str, said: str) -> None:
    source = BrokenSource(name=name)
    source.put(*many(CHILD_FROM + 1))
    with pytest.raises(KnownError, match=said):
        SearchIndex(tmp_path, "library", source).catch_up()


def _index_for_ever(cache: Path, source: MemorySource) -> None:
    index = SearchIndex(cache, "library", source)
    for n in range(1_000_000):
        if n % 7 == 6:
            index.rebuild()
        source.put(note(n % 60, f"Round {n}", "cache leaked queue expired"))
        index.catch_up()


@pytest.mark.soak
@pytest.mark.timeout(1200 if SOAK else 60)
@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9 on Windows")
def test_kill_at_any_moment_is_survived(tmp_path: Path, source: MemorySource) -> None:
    moments = random.Random(20)  # noqa: S311 - repeatable, not secret
    opened(tmp_path, source).close()
    for _ in range(200 if SOAK else 3):
        seal_path = tmp_path / "library" / SEAL_NAME
        before = seal_path.stat().st_mtime_ns
        process = CONTEXT.Process(target=_index_for_ever, args=(tmp_path, source))
        process.start()
        while seal_path.stat().st_mtime_ns == before:  # until it has begun to write
            time.sleep(0.005)
        time.sleep(moments.uniform(0, 0.2))
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join()
        process.close()
        # What was killed had a longer log; its index belongs to another copy of the library now.
        with closing(SearchIndex(tmp_path, "library", source)) as index:
            survived = read_seal(tmp_path / "library", "library")
            assert survived is not None
            assert index.search("", limit=1).total == survived.documents
            index.catch_up()
            with closing(SearchIndex(tmp_path / "fresh", "library", source)) as fresh:
                fresh.rebuild()
                assert answers(index) == answers(fresh)


def _edit(cache: Path, source: MemorySource, first: int) -> None:
    index = SearchIndex(cache, "library", source)
    for n in range(first, first + 10):
        source.put(note(n, f"Round {n}", "zebra"))
        index.catch_up()
        index.search("zebra")
    index.close()


def test_two_processes_take_turns(tmp_path: Path, source: MemorySource) -> None:
    """Each has a copy of the library, so each finds the other's index to be of another log; a
    harder case than two processes on one library.
    """
    opened(tmp_path, source).close()
    other = replace(source, name="second")
    processes = [
        CONTEXT.Process(target=_edit, args=(tmp_path, s, n))
        for s, n in ((source, 100), (other, 200))
    ]
    for process in processes:
        process.start()
    with closing(SearchIndex(tmp_path, "library", source)) as index:
        while any(process.is_alive() for process in processes):
            assert index.search("", limit=1).total >= 40
        for process in processes:
            process.join()
            assert process.exitcode == 0
            process.close()
        index.catch_up()
        assert index.search("").total == 40


@dataclass
class ShrinkingSource(MemorySource):
    """One of its documents goes between being listed and being read."""

    def ids(self) -> list[str]:
        return [*self.documents, "gone"]


def test_two_processes_build_what_one_does(tmp_path: Path) -> None:
    source = ShrinkingSource()
    source.put(*many(parts.PAIRS_FROM))
    total = parts.PAIRS_FROM + 1
    for name, build in (("one", parts.one_by_one), ("two", builder.in_two)):
        reports: list[tuple[int, int]] = []
        writer = Writer(home_of(tmp_path / name, "library"), "library", source, build)
        assert writer.rebuild(lambda *told: reports.append(told)).documents == total - 1  # noqa: B023
        assert reports == sorted(reports)
        assert reports[-1] == (total, total)
    with (
        closing(opened(tmp_path / "one", source)) as one,
        closing(opened(tmp_path / "two", source)) as two,
    ):
        assert one.status().generation == two.status().generation == 1
        assert answers(one) == answers(two)
        assert one.similar("cache leaked", weak=True) == two.similar("cache leaked", weak=True)


def test_the_old_index_answers_during_a_rebuild(tmp_path: Path) -> None:
    source = MemorySource()
    source.put(*many(parts.PAIRS_FROM))
    with closing(opened(tmp_path, source)) as index:
        expected = answers(index)
        same: list[bool] = []

        def ask(_done: int, _total: int) -> None:
            if len(same) < 5:
                same.append(answers(index) == expected)

        assert index.rebuild(ask).rebuilt
        assert same == [True] * 5
        assert index.status().generation == 2
        assert answers(index) == expected


def _rebuild_for_ever(cache: Path, source: MemorySource) -> None:
    index = SearchIndex(cache, "library", source)
    try:
        while True:
            index.rebuild()
    except KnownError:
        return  # a child was killed


def _child_of(pid: int) -> int:
    """The youngest child of a process that is no helper of multiprocessing; 0 for none."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        named = {c: Path(f"/proc/{c}/cmdline").read_bytes() for c in children}
    except OSError:
        return 0
    return max((int(c) for c, line in named.items() if b"spawn_main" in line), default=0)


@pytest.mark.soak
@pytest.mark.timeout(1800 if SOAK else 60)
@pytest.mark.skipif(sys.platform != "linux", reason="finds the children in /proc")
def test_kill_of_any_process_of_a_rebuild_is_survived(tmp_path: Path) -> None:
    """The window, the child that it started, or that one's child."""
    source = MemorySource()
    source.put(*many(parts.PAIRS_FROM))
    with closing(opened(tmp_path, source)) as index:
        expected = answers(index)
        moments = random.Random(21)  # noqa: S311 - repeatable, not secret
        for number in range(200 if SOAK else 3):
            parent = CONTEXT.Process(target=_rebuild_for_ever, args=(tmp_path, source))
            parent.start()
            family = [parent.pid or 0]
            while len(family) < 3:
                family += [found] if (found := _child_of(family[-1])) else []
                time.sleep(0.005)
            time.sleep(moments.uniform(0, 0.6))
            os.kill(family[number % 3], signal.SIGKILL)
            parent.join()
            parent.close()
            assert answers(index) == expected
            index.rebuild()  # no survivor keeps the lock
            assert answers(index) == expected


def _write_on_a_small_disk(cache: Path, source: MemorySource, limits: list[int]) -> None:
    """Rebuilds and catches up where no file can be larger than each of some sizes."""
    import resource

    failed = 0
    with closing(opened(cache, source)) as index:
        for number, limit in enumerate(limits):
            source.put(note(number % 60, f"Round {number}", "cache leaked queue expired"))
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
            before = answers(index)
            try:
                index.catch_up() if number % 2 else index.rebuild()
            except KnownError as error:
                assert "cannot be written" in str(error), error  # noqa: PT017
                assert answers(index) == before
                failed += 1
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
            index.catch_up()
            with closing(SearchIndex(cache / "fresh", "library", source)) as fresh:
                fresh.rebuild()
                assert answers(index) == answers(fresh)
    assert failed > len(limits) / 3


@pytest.mark.soak
@pytest.mark.timeout(1800 if SOAK else 60)
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit to the size of files")
@pytest.mark.parametrize("documents", [40, parts.PAIRS_FROM])
def test_a_full_disk_leaves_the_old_state(tmp_path: Path, documents: int) -> None:
    """As a disk that fills: what fits is written, the rest refused, in children as well."""
    source = MemorySource()
    source.put(*many(documents))
    draw = random.Random(22)  # noqa: S311
    count = (150 if documents == 40 else 40) if SOAK else (12 if documents == 40 else 1)
    limits = [round(10 ** draw.uniform(1, 4.5)) for _ in range(count)]
    process = CONTEXT.Process(target=_write_on_a_small_disk, args=(tmp_path, source, limits))
    process.start()
    process.join()
    assert process.exitcode == 0
    process.close()
