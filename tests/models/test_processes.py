"""Several processes, processes that are killed, and disks that are full."""

import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.commands import attachments, post_mortems
from models.document import Document
from models.errors import LibraryError
from models.queries import actions as action_queries
from models.queries import post_mortems as queries
from models.queries.catalogue import catalogue
from models.store.library import Library, open_library
from tests import SOAK
from tests.models.examples import ANN, document, empty_library, stored

ROOT = Path(__file__).parents[2]


def writer(folder: Path, name: str, count: int = 0, kind: str = "create") -> subprocess.Popen[str]:
    """A process that writes into the library in ``folder``."""
    command = [
        sys.executable,
        "-m",
        "tests.models.writing_process",
        str(folder),
        name,
        str(count),
        kind,
    ]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def finished(process: subprocess.Popen[str]) -> list[str]:
    """What a process wrote; it must have ended well."""
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return out.split()


def test_two_processes_that_begin_a_library_agree_on_it(tmp_path: Path) -> None:
    both = [writer(tmp_path / "new", name, 5) for name in ("ann", "ben")]
    refs = sorted(ref for process in both for ref in finished(process))
    assert refs == [f"PM-2026-{n:03d}" for n in range(1, 11)]
    library = open_library(tmp_path / "new")
    assert len(catalogue(library)) == 10
    names = [row.action.ref for row in action_queries.every(library)]
    assert names == [f"A-{n:02d}" for n in range(1, 21)]
    library.close()


@pytest.mark.soak
def test_two_processes_lose_no_update(library: Library) -> None:
    known = stored(library)
    times = 200 if SOAK else 15
    both = [writer(library.folder, name, times, "count_up") for name in ("ann", "ben")]
    for process in both:
        assert len(finished(process)) == times
    now = queries.by_id(library, known.post_mortem.id)
    assert len(now.post_mortem.tags) == len(now.actions) == 2 * times
    assert [int(tag[3:]) for tag in now.post_mortem.tags] == list(range(2 * times))
    assert now.version == 1 + 4 * times
    kinds = [r.kind for r in queries.history(library, known.post_mortem.id)]
    assert kinds.count("saved") == kinds.count("linked") == 2 * times


@pytest.mark.soak
def test_a_killed_process_leaves_whole_documents(tmp_path: Path) -> None:
    with empty_library(tmp_path / "library") as library:
        for round_ in range(60 if SOAK else 4):
            process = writer(library.folder, f"w{round_}")
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(random.uniform(0, 0.15))  # noqa: S311 - any moment will do
            process.kill()
            told, _ = process.communicate()
            _check_whole(library, {ref for ref in told.split() if ref.count("-") == 2})
            stored(library)  # and no lock is left behind


def _check_whole(library: Library, told: set[str]) -> None:
    with sqlite3.connect(library.database) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
    raw.close()
    rows = {row.ref: row for row in catalogue(library)}
    assert told <= rows.keys()
    for known in queries.every(library):
        if not known.post_mortem.title.startswith("w"):
            continue
        summary = known.post_mortem.summary
        assert len(known.actions) in ((2,) if summary else (1, 2))
        assert known.version == len(known.actions) + bool(summary)
        assert len(queries.history(library, known.post_mortem.id)) == known.version
        assert [root.title for root in known.roots] == ["No alert"]
        (file,) = known.attachments
        path = attachments.path_of(library, file.sha256)
        assert path.stat().st_size == file.size


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    mount, umount = shutil.which("mount"), shutil.which("umount")
    folder = tmp_path / "small"
    folder.mkdir()
    command = [str(mount), "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if (
        not (mount and umount)
        or subprocess.run(command, check=False, capture_output=True).returncode
    ):
        pytest.skip("this user may not mount a small disk")
    yield folder
    subprocess.run([umount, "-l", folder], check=True)


def _fill(library: Library, saved: list[Document]) -> None:
    for n in range(200):
        known = stored(library, document(f"Post-mortem {n} " + "word " * 2000))
        saved.append(known)


def test_a_full_disk_is_a_plain_error_and_leaves_nothing_half_done(small_disk: Path) -> None:
    library = open_library(small_disk)
    saved: list[Document] = []
    with pytest.raises(LibraryError) as caught:
        _fill(library, saved)
    assert str(caught.value).startswith(
        ("There is no space left for the library", "The disk of the library")
    )
    assert "safe" in caught.value.sentence()
    with pytest.raises(LibraryError, match="cannot be attached"):
        attachments.keep(library, "a.txt", b"a" * 2**20)
    assert [path for path in library.attachments.rglob("*") if path.is_file()] == []
    with pytest.raises(LibraryError):
        library.back_up()
    assert list((small_disk / "backups").iterdir()) == []
    assert len(saved) > 1
    assert {known.ref for known in saved} == {row.ref for row in catalogue(library)}
    for known in saved:
        assert queries.by_id(library, known.post_mortem.id) == known
    with sqlite3.connect(library.database) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    raw.close()
    library.close()


def test_a_lock_that_somebody_holds_is_a_plain_error(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.store.sqlite.BUSY_TIMEOUT_MS", 50)
    patient = open_library(library.folder)
    with (
        library.unit_of_work(ANN),
        pytest.raises(LibraryError, match="Another program is writing"),
    ):
        post_mortems.add(patient, document(), ANN)
    assert post_mortems.add(patient, document(), ANN).ref == "PM-2026-001"
    patient.close()
