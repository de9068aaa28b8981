"""The index through updates, tidying and damage."""

import json
import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from models.errors import KnownError
from search.damage import DamagedIndexError
from search.index import CHILD_FROM, SearchIndex
from search.seal import SEAL_NAME, home_of, read_seal
from search.writer import FAR_TOO_MANY_SEGMENTS, MOST_SEGMENTS, Cancelled
from search.writer_lock import LOCK_NAME
from tests.search.corpus import MemorySource, answers, many, note, opened, refs


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


@pytest.mark.parametrize("typed", ["gatewey", "gateway", "gatwaey -session", "gatew*"])
def test_words_of_deleted_texts_are_not_suggested(
    tmp_path: Path, source: MemorySource, typed: str
) -> None:
    source.put(note(500, "The gateways", "gateways"))
    with closing(opened(tmp_path, source)) as index:
        for n in range(40):
            source.put(note(n, f"Round {n}", "the queue expired"))
        source.remove("id-500")
        index.catch_up()
        assert index.search(typed).suggestion is None
        assert index.search(typed, typing=True).suggestion is None
        assert index.search("quue").suggestion == "queue"


@pytest.mark.parametrize(
    ("settles", "most"), [(True, MOST_SEGMENTS), (False, FAR_TOO_MANY_SEGMENTS)]
)
def test_many_edits_leave_few_segments(
    tmp_path: Path, source: MemorySource, *, settles: bool, most: int
) -> None:
    """Whoever only catches up gets more of them, but not without end."""
    with closing(opened(tmp_path, source)) as index:
        settled = 0
        for n in range(FAR_TOO_MANY_SEGMENTS + 3):
            source.put(note(n % 50, f"Edit {n}", "cache leaked"))
            index.catch_up()
            settled += settles and index.settle()
        assert settled == (3 if settles else 0)
        with closing(SearchIndex(tmp_path / "fresh", "library", source)) as fresh:
            fresh.rebuild()
            assert answers(index) == answers(fresh)
    assert len(list(tmp_path.glob("library/generation-1/*.pst"))) <= most


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


def test_the_seal_tells_everything_it_should(tmp_path: Path, source: MemorySource) -> None:
    opened(tmp_path, source).close()
    body = json.loads((tmp_path / "library" / SEAL_NAME).read_text())["seal"]
    assert body["library"] == "library"
    assert body["documents"] == body["cursor"] == 40
    folder = tmp_path / "library" / f"generation-{body['generation']}"
    assert set(body["files"]) == {path.name for path in folder.iterdir()}
    assert "whoosh 3." in body["build"]
