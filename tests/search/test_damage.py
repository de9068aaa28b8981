"""Any damage to any file of the index: the next start answers as before and the store is untouched.

The library is a real one; its index is damaged in a copy, over and over.
"""

import os
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from models import sample, vocabulary
from models.commands import post_mortems
from models.queries import post_mortems as queries
from models.store.library import Actor, Library, open_library
from search.extract import extract
from search.index import SearchIndex, open_index
from search.seal import SEAL_NAME
from search.writer_lock import LOCK_NAME
from tests import SOAK

ACTOR = Actor("Kim")
TERMS = vocabulary.load()
SEEDS = range(25 if SOAK else 1)
Damage = Callable[[Path, random.Random], None]
Answers = tuple[object, ...]


def _delete(path: Path, _draw: random.Random) -> None:
    path.unlink()


def _empty(path: Path, _draw: random.Random) -> None:
    path.write_bytes(b"")


def _cut(path: Path, draw: random.Random) -> None:
    os.truncate(path, draw.randrange(max(1, path.stat().st_size)))


def _flip(path: Path, draw: random.Random) -> None:
    """As a failing disk does it: the time of writing stays."""
    stat = path.stat()
    content = bytearray(path.read_bytes() or b"\0")
    for place in draw.sample(range(len(content)), draw.randint(1, min(8, len(content)))):
        content[place] ^= 1 << draw.randrange(8)
    path.write_bytes(content)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def _make_folder(path: Path, draw: random.Random) -> None:
    path.unlink()
    path.mkdir()
    if draw.random() < 0.5:
        (path / "something").write_text("inside")


DAMAGES: tuple[Damage, ...] = (_delete, _empty, _cut, _flip, _make_folder)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Six post-mortems, one of them edited, one in the trash."""
    folder = tmp_path_factory.mktemp("damage")
    with closing(open_library(folder / "library")) as opened:
        for document in sample.documents()[:6]:
            post_mortems.add(opened, replace(document, relations=()), ACTOR)
        first, second, *_ = queries.ids(opened)
        with closing(_opened(opened, folder / "sound")) as index:
            assert index.status().generation == 1
        known = queries.by_id(opened, first)
        changed = replace(known.post_mortem, summary="A zebra crossed the checkout.")
        post_mortems.save(opened, changed, known.version, ACTOR)
        post_mortems.delete(opened, [second], ACTOR)
        _opened(opened, folder / "sound").close()
        yield opened


def _opened(library: Library, cache: Path) -> SearchIndex:
    """The index as the next start opens it."""
    index = open_index(library, cache, TERMS)
    index.catch_up()
    return index


def _answers(index: SearchIndex, library: Library) -> Answers:
    found = [
        replace(index.search(query, limit=50), took_ms=0)
        for query in ("zebra", "checkout", '"connection pool"', "year:2026", "dat* -zebra", "")
    ]
    one = extract(queries.by_id(library, queries.ids(library)[0]), {})
    return (*found, index.similar(one, limit=50, weak=True), index.status().documents)


def _stored(library: Library) -> list[str]:
    """Everything in the database and beside it."""
    with closing(sqlite3.connect(library.database)) as raw:
        rows = list(raw.iterdump())
    return rows + sorted(str(path) for path in library.folder.rglob("*") if "db-" not in path.name)


def _copy(library: Library, cache: Path) -> list[Path]:
    """A copy of the sound index; its files."""
    shutil.rmtree(cache, ignore_errors=True)
    shutil.copytree(library.folder.parent / "sound", cache)
    return sorted(path for path in cache.rglob("*") if path.is_file())


@pytest.mark.soak
@pytest.mark.timeout(1800 if SOAK else 60)
@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_to_any_file_is_repaired(library: Library, tmp_path: Path, damage: Damage) -> None:
    before, cache = _stored(library), tmp_path / "cache"
    names = {path.name for path in _copy(library, cache)}
    assert {SEAL_NAME, LOCK_NAME} < names, "the pointer and the lock are damaged as well"
    with closing(_opened(library, cache)) as index:
        expected = _answers(index, library)
    for seed in SEEDS:
        for number in range(len(names)):
            path = _copy(library, cache)[number]
            damage(path, random.Random(seed * 1000 + number))  # noqa: S311
            with closing(_opened(library, cache)) as index:
                assert _answers(index, library) == expected, (path.name, seed)
                assert index.status().behind == 0
    assert _stored(library) == before


@pytest.mark.soak
@pytest.mark.timeout(1800 if SOAK else 60)
def test_damage_to_several_files_at_once_is_repaired(library: Library, tmp_path: Path) -> None:
    before, cache = _stored(library), tmp_path / "cache"
    _copy(library, cache)
    with closing(_opened(library, cache)) as index:
        expected = _answers(index, library)
    for seed in range(200 if SOAK else 8):
        draw = random.Random(seed)  # noqa: S311
        files = _copy(library, cache)
        for path in draw.sample(files, draw.randint(2, len(files))):
            draw.choice(DAMAGES)(path, draw)
        with closing(_opened(library, cache)) as index:
            assert _answers(index, library) == expected, seed
    assert _stored(library) == before


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_search_repairs_what_breaks_after_the_start(
    library: Library, tmp_path: Path, damage: Damage
) -> None:
    """Without catching up: the files are looked at when they are opened."""
    cache = tmp_path / "cache"
    _copy(library, cache)
    with closing(_opened(library, cache)) as index:
        expected = _answers(index, library)
    for number, path in enumerate(_copy(library, cache)):
        if path.name in (SEAL_NAME, LOCK_NAME):
            continue  # without a seal there is no index: it is built by catching up
        file = _copy(library, cache)[number]
        damage(file, random.Random(number))  # noqa: S311
        with closing(open_index(library, cache, TERMS)) as index:
            assert _answers(index, library) == expected, file.name
