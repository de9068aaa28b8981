"""The index through updates, damage, sudden death and several processes."""

import json
import multiprocessing
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from filelock import FileLock

from models.errors import KnownError
from search import writer_lock
from search.damage import DamagedIndexError
from search.documents import IndexedDocument
from search.index import CHILD_FROM, SearchIndex
from search.results import SearchResult
from search.seal import SEAL_NAME, home_of, read_seal
from search.writer import BATCH, MOST_SEGMENTS, Cancelled
from search.writer_lock import LOCK_NAME, IndexBusyError
from tests import SOAK
from tests.search.corpus import MemorySource, many, note, refs

QUERIES = ("cache leaked", '"queue expired"', "service:broker", "tok*", "gateway -session", "")


def answers(index: SearchIndex) -> list[SearchResult]:
    """What the index says to some queries, without the time it took."""
    return [replace(index.search(query, limit=50), took_ms=0) for query in QUERIES]


@pytest.fixture
def source() -> MemorySource:
    filled = MemorySource()
    filled.put(*many(40))
    return filled


def opened(cache: Path, source: MemorySource) -> SearchIndex:
    """An index as the next start opens it."""
    index = SearchIndex(cache, "library", source)
    index.catch_up()
    return index


def files(cache: Path) -> list[Path]:
    """Every file of the index but the lock."""
    return sorted(p for p in cache.rglob("*") if p.is_file() and p.name != LOCK_NAME)


def test_changes_become_searchable(tmp_path: Path, source: MemorySource) -> None:
    with closing(opened(tmp_path, source)) as index:
        assert index.catch_up().documents == 0
        source.put(note(900, "A zebra crossed"))
        assert index.status().behind == 1
        assert refs(index, "zebra") == []
        assert index.catch_up().documents == 1
        assert refs(index, "zebra") == ["PM-2024-900"]
        source.put(note(900, "A lion slept"))
        source.remove("id-3")
        index.catch_up()
        assert refs(index, "zebra") == []
        assert refs(index, "lion") == ["PM-2024-900"]
        assert refs(index, "ref:PM-2024-003") == []
        status = index.status()
        assert (status.documents, status.behind) == (40, 0)


def test_many_edits_leave_few_segments(tmp_path: Path, source: MemorySource) -> None:
    with closing(opened(tmp_path, source)) as index:
        for n in range(3 * MOST_SEGMENTS):
            source.put(note(n % 50, f"Edit {n}", "cache leaked"))
            index.catch_up()
        with closing(SearchIndex(tmp_path / "fresh", "library", source)) as fresh:
            fresh.rebuild()
            assert answers(index) == answers(fresh)
    assert len(list(tmp_path.glob("library/generation-1/*.pst"))) <= MOST_SEGMENTS + 1


def test_tidying_gathers_what_edits_scattered(tmp_path: Path, source: MemorySource) -> None:
    with closing(opened(tmp_path, source)) as index:
        for n in range(4):
            source.put(note(n, f"Edit {n}", "cache leaked"))
            index.catch_up()
        expected = answers(index)
        before = len(list(tmp_path.glob("library/generation-1/*.pst")))
        assert index.tidy()
        assert len(list(tmp_path.glob("library/generation-1/*.pst"))) == before - 3
        assert answers(index) == expected
        assert not index.tidy(), "there is nothing left to gather"


def test_tidying_waits_until_it_is_worth_it(tmp_path: Path) -> None:
    source = MemorySource()
    source.put(*many(CHILD_FROM))
    with closing(opened(tmp_path, source)) as index:
        assert not index.tidy()
        for n in range(6):
            source.put(*many(CHILD_FROM))
            assert index.catch_up().documents == CHILD_FROM, n
        expected = answers(index)
        assert not index.tidy(), "segments without living documents cost nothing"
        assert answers(index) == expected


def _cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0x10
    path.write_bytes(content)


def _flip_unseen(path: Path) -> None:
    """As a failing disk does it: size and time stay."""
    stat = path.stat()
    _flip(path)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def _empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("damage", [Path.unlink, _cut, _flip, _flip_unseen, _empty])
def test_any_damage_to_any_file_is_repaired(
    tmp_path: Path, source: MemorySource, damage: Callable[[Path], None]
) -> None:
    with closing(opened(tmp_path, source)) as index:
        source.put(note(900, "A zebra crossed"))
        source.remove("id-3")
        index.catch_up()
        expected = answers(index)
    count = len(files(tmp_path))
    assert count > 5
    for number in range(count):
        damage(files(tmp_path)[number])
        with closing(opened(tmp_path, source)) as index:
            assert answers(index) == expected
            source.put(note(900, "A zebra crossed"))  # a second segment again
            index.catch_up()
            assert answers(index) == expected
        count = len(files(tmp_path))


def test_warming_changes_no_answer_and_repairs(tmp_path: Path, source: MemorySource) -> None:
    with closing(SearchIndex(tmp_path, "library", source)) as index:
        index.warm()
        assert index.search("cache").notices, "there is no index yet"
        index.catch_up()
        expected = answers(index)
    with closing(SearchIndex(tmp_path, "library", source)) as index:
        index.warm()
        assert answers(index) == expected
    for path in files(tmp_path):
        if path.suffix in (".pst", ".trm"):
            _cut(path)
    with closing(SearchIndex(tmp_path, "library", source)) as index:
        index.warm()
        assert answers(index) == expected


def test_damage_under_an_open_index_is_repaired(tmp_path: Path, source: MemorySource) -> None:
    with closing(opened(tmp_path, source)) as index:
        index.search("cache")
        for path in files(tmp_path):
            if path.suffix in (".pst", ".col", ".trm"):
                os.truncate(path, 3)
        expected = sorted(document.ref for document in source.documents.values())
        assert sorted(refs(index, "")) == expected
        assert refs(index, "gateway")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'{"seal": 1, "digest": 2}',
        b'{"seal": {}, "digest": ""}',
        b"[" * 100_000,
    ],
)
def test_a_strange_seal_means_rebuild(tmp_path: Path, source: MemorySource, content: bytes) -> None:
    opened(tmp_path, source).close()
    (tmp_path / "library" / SEAL_NAME).write_bytes(content)
    with pytest.raises(DamagedIndexError):
        read_seal(tmp_path / "library", "library")
    with closing(opened(tmp_path, source)) as index:
        assert index.search("").total == 40


def test_an_index_of_another_version_or_library_is_not_opened(
    tmp_path: Path, source: MemorySource, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(tmp_path, source).close()
    with pytest.raises(DamagedIndexError, match="another library"):
        read_seal(tmp_path / "library", "other")
    monkeypatch.setattr("search.seal.FORMAT", 999_999)
    with pytest.raises(DamagedIndexError, match="another version"):
        read_seal(tmp_path / "library", "library")
    with closing(opened(tmp_path, source)) as index:
        assert index.status().generation == 2


def test_a_replaced_change_log_means_rebuild(tmp_path: Path, source: MemorySource) -> None:
    opened(tmp_path, source).close()
    restored = MemorySource(name="restored")
    restored.put(*many(60)[20:])
    with closing(opened(tmp_path, restored)) as index:
        assert index.search("").total == 40
        assert refs(index, "ref:PM-2024-000") == []
    shorter = MemorySource(name="restored")
    shorter.put(note(1, "Alone"))
    with closing(opened(tmp_path, shorter)) as index:
        assert index.search("").total == 1


def test_a_library_id_cannot_leave_the_cache(tmp_path: Path, source: MemorySource) -> None:
    for name in ("../escaped", "/etc", "a/b", "", "..", "c:\\d", "x" * 500):
        assert home_of(tmp_path, name).parent == tmp_path
        assert home_of(tmp_path, name) not in (tmp_path, tmp_path.parent)


def test_leftovers_are_swept(tmp_path: Path, source: MemorySource) -> None:
    opened(tmp_path, source).close()
    home = tmp_path / "library"
    (home / "generation-1" / "MAIN_left.pst").write_bytes(b"x")
    (home / "generation-1" / "MAIN.tmp").mkdir()
    (home / "generation-1" / "MAIN.tmp" / "run").write_bytes(b"x")
    (home / "generation-7").mkdir()
    (home / f"{SEAL_NAME}.1.draft").write_bytes(b"x")
    source.put(note(900, "A zebra crossed"))
    with closing(opened(tmp_path, source)) as index:
        assert refs(index, "zebra") == ["PM-2024-900"]
    names = {p.name for p in home.rglob("*")}
    assert not names & {"MAIN_left.pst", "MAIN.tmp", "run", "generation-7", f"{SEAL_NAME}.1.draft"}


def test_a_rebuild_that_fails_leaves_the_old_state(tmp_path: Path, source: MemorySource) -> None:
    with closing(opened(tmp_path, source)) as index:
        expected = answers(index)

        def stop(done: int, _total: int) -> None:
            if done == 10:
                raise OSError(28, "No space left on device")

        with pytest.raises(KnownError, match="No space"):
            index.rebuild(stop)
        assert answers(index) == expected
        assert index.status().generation == 1
        source.put(note(900, "A zebra crossed"))
        with pytest.raises(Cancelled):
            index.catch_up(cancelled=lambda: True)
        assert refs(index, "zebra") == []
        index.catch_up()
        assert refs(index, "zebra") == ["PM-2024-900"]


def test_an_unusable_cache_is_a_plain_sentence(tmp_path: Path, source: MemorySource) -> None:
    (tmp_path / "library").write_text("a file where the folder should be")
    with pytest.raises(KnownError, match="cannot be written"):
        SearchIndex(tmp_path, "library", source).catch_up()


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
    context = multiprocessing.get_context("spawn")
    moments = random.Random(20)  # noqa: S311 - repeatable, not secret
    opened(tmp_path, source).close()
    for _ in range(200 if SOAK else 3):
        seal_path = tmp_path / "library" / SEAL_NAME
        before = seal_path.stat().st_mtime_ns
        process = context.Process(target=_index_for_ever, args=(tmp_path, source))
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
    context = multiprocessing.get_context("spawn")
    opened(tmp_path, source).close()
    other = replace(source, name="second")
    processes = [
        context.Process(target=_edit, args=(tmp_path, s, n))
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


def test_the_seal_tells_everything_it_should(tmp_path: Path, source: MemorySource) -> None:
    opened(tmp_path, source).close()
    body = json.loads((tmp_path / "library" / SEAL_NAME).read_text())["seal"]
    assert body["library"] == "library"
    assert body["documents"] == body["cursor"] == 40
    folder = tmp_path / "library" / f"generation-{body['generation']}"
    assert set(body["files"]) == {path.name for path in folder.iterdir()}
    assert "whoosh 3." in body["build"]
