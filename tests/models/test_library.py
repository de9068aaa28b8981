"""Opening a library: new, old, newer, foreign, damaged, read-only; migrations and backups."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select

from models.commands import attachments, post_mortems
from models.errors import LibraryError
from models.queries import changes
from models.queries import post_mortems as queries
from models.queries.catalogue import catalogue
from models.store import migrate, sqlite, tables
from models.store.library import Actor, Library, exists, open_library
from tests.models.examples import ANN, NOON, action, again, document, retitled, stored, with_actions


def reopened(library: Library) -> Library:
    library.close()
    return open_library(library.folder)


def raw(library: Library, statement: str, *values: object) -> None:
    connection = sqlite3.connect(library.database)
    with connection:
        connection.execute(statement, values)
    connection.close()


# opening


@pytest.mark.parametrize("name", ["plain", "with space", "100%25 #1?x&y=z", "Zürich/новый"])
def test_a_library_is_its_folder(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    assert not exists(folder)
    library = open_library(folder)
    known = stored(library)
    assert exists(folder)
    assert {path.name for path in folder.iterdir()} >= {"library.db", "attachments", "backups"}
    other = reopened(library)
    assert (other.id, other.replica) == (library.id, library.replica)
    assert queries.by_id(other, known.post_mortem.id) == known
    other.close()
    assert [path.name for path in tmp_path.iterdir()] == [Path(name).parts[0]]


def test_two_libraries_have_two_ids(tmp_path: Path) -> None:
    one, two = (open_library(tmp_path / name) for name in ("one", "two"))
    assert len({one.id, two.id, one.replica, two.replica}) == 4
    one.close()
    two.close()


def test_commits_are_synced_and_keys_are_checked(library: Library) -> None:
    with library.read() as connection:
        pragmas = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        values = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in pragmas]
    assert values == ["wal", 2, 1, sqlite.BUSY_TIMEOUT_MS]


def test_an_actor_is_named_with_the_role() -> None:
    names = [str(a) for a in (Actor("Ann", "SRE"), Actor("Ann"), Actor(role="SRE"), Actor())]
    assert names == ["Ann (SRE)", "Ann", "SRE", ""]


# what cannot be used


@pytest.mark.parametrize(
    "content",
    [b"not a database at all " * 300, b"\x00" * 5000, b"SQLite format 3\x00" + b"\xff" * 4080],
)
def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "library.db").write_bytes(content)
    with pytest.raises(LibraryError, match="damaged or is not an Afterwhy library"):
        open_library(tmp_path)
    assert (tmp_path / "library.db").read_bytes() == content


@pytest.mark.parametrize("backup", [False, True])
def test_an_empty_file_is_damage(library: Library, *, backup: bool) -> None:
    if backup:
        library.back_up()
    library.close()
    library.database.write_bytes(b"")
    with pytest.raises(LibraryError, match="is empty: it was damaged") as caught:
        open_library(library.folder)
    assert ("folder backups" in caught.value.advice) == backup
    assert library.database.read_bytes() == b""
    library.database.unlink()
    anew = open_library(library.folder)
    assert catalogue(anew) == ()
    anew.close()


def test_a_database_without_tables_is_damage(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "library.db")
    connection.execute("PRAGMA user_version = 1")
    connection.close()
    with pytest.raises(LibraryError, match="is empty: it was damaged"):
        open_library(tmp_path)


@pytest.mark.parametrize("links", [True, False])
def test_who_comes_second_takes_the_library_of_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, links: bool
) -> None:
    def no_links(*_: object) -> None:
        raise OSError("not supported")

    if not links:
        monkeypatch.setattr("os.link", no_links)
    first = open_library(tmp_path)
    migrate.create(first.database)
    second = open_library(tmp_path)
    assert second.id == first.id
    assert {path.name.split("-")[0] for path in tmp_path.iterdir()} <= {
        "library.db",
        "attachments",
        "backups",
    }
    for opened in (first, second):
        opened.close()


@pytest.mark.parametrize("keep", [50, 4096, 20_000])
def test_a_truncated_database_is_a_plain_error(library: Library, keep: int) -> None:
    for n in range(20):
        stored(library, document(f"Post-mortem {n} " + "word " * 200))
    library.close()
    content = library.database.read_bytes()[:keep]
    library.database.write_bytes(content)
    with pytest.raises(LibraryError):
        catalogue(open_library(library.folder))
    assert library.database.read_bytes()[:keep] == content


def test_a_damaged_page_is_a_plain_error(library: Library) -> None:
    ids = [stored(library, document("word " * 3000)).post_mortem.id for _ in range(5)]
    library.close()
    content = bytearray(library.database.read_bytes())
    content[8192:] = b"\xaa" * (len(content) - 8192)
    library.database.write_bytes(content)
    with pytest.raises(LibraryError, match="damaged"):
        queries.by_id(open_library(library.folder), ids[-1])


@pytest.mark.parametrize("version", [None, tables.HEAD, "8f3b6a2c9d1e"])
def test_another_programs_database_is_left_alone(tmp_path: Path, version: str | None) -> None:
    path = tmp_path / "library.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE books (title TEXT)")
    if version:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("INSERT INTO alembic_version VALUES (?)", (version,))
    connection.commit()
    connection.close()
    before = path.read_bytes()
    with pytest.raises(LibraryError, match="not an Afterwhy library"):
        open_library(tmp_path)
    assert path.read_bytes()[100:] == before[100:]  # the header counts the change of journal


def test_a_newer_library_is_left_alone(library: Library) -> None:
    stored(library)
    raw(library, "UPDATE alembic_version SET version_num = '9000'")
    library.close()
    with pytest.raises(LibraryError, match="made by a newer Afterwhy") as caught:
        open_library(library.folder)
    assert "Update Afterwhy" in caught.value.sentence()
    assert list((library.folder / "backups").iterdir()) == []


def test_a_file_in_the_way_is_a_plain_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(LibraryError, match="is a file; a library is a folder"):
        open_library(tmp_path / "file")
    (tmp_path / "library.db").mkdir()
    with pytest.raises(LibraryError, match="cannot be opened"):
        open_library(tmp_path)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_without_permission_is_a_plain_error(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir(mode=0)
    try:
        assert not exists(folder)
        with pytest.raises(LibraryError, match="cannot be used"):
            open_library(folder)
    finally:
        folder.chmod(0o700)


# read-only


@contextmanager
def frozen(folder: Path) -> Iterator[None]:
    """The folder as a read-only one, for root (by a mount) and for others (by its permissions)."""
    if os.name == "nt":
        pytest.skip("read-only folders are other things on Windows")
    if os.geteuid() != 0:
        for path in (*folder.iterdir(), folder):
            path.chmod(0o500)
        try:
            yield
        finally:
            for path in (folder, *folder.iterdir()):
                path.chmod(0o700)
        return
    mount, umount = shutil.which("mount"), shutil.which("umount")
    if mount is None or umount is None:
        pytest.skip("there is no mount")
    place = str(folder)
    steps = ([mount, "--bind", place, place], [mount, "-o", "remount,ro,bind", place])
    if any(subprocess.run(step, check=False, capture_output=True).returncode for step in steps):
        subprocess.run([umount, folder], check=False, capture_output=True)
        pytest.skip("this root may not mount")
    try:
        yield
    finally:
        subprocess.run([umount, folder], check=True)


def test_a_read_only_library_is_read_and_not_written(library: Library) -> None:
    known = stored(library)
    library.close()
    with frozen(library.folder):
        opened = open_library(library.folder)
        assert not opened.writable
        assert queries.document(opened, known.ref) == known
        with pytest.raises(LibraryError, match="is read-only"):
            post_mortems.add(opened, document(), ANN)
        with pytest.raises(LibraryError, match="cannot be attached"):
            attachments.keep(opened, "a.txt", b"a")
        assert [row.id for row in catalogue(opened)] == [known.post_mortem.id]
        opened.close()


def test_what_is_in_the_journal_is_read_without_writing(library: Library, tmp_path: Path) -> None:
    known = stored(library)
    copy = tmp_path / "copy"
    shutil.copytree(library.folder, copy)  # as after a crash: the journal was not folded in
    assert (copy / "library.db-wal").stat().st_size > 0
    with frozen(copy):
        opened = open_library(copy)
        assert queries.document(opened, known.ref) == known
        opened.close()


def test_a_read_only_library_of_an_older_schema_says_so(library: Library) -> None:
    raw(library, "UPDATE alembic_version SET version_num = '0000'")
    library.close()
    with (
        frozen(library.folder),
        pytest.raises(LibraryError, match="read-only and has another schema"),
    ):
        open_library(library.folder)


# units of work


def test_a_unit_of_work_is_all_or_nothing(library: Library) -> None:
    known = stored(library, with_actions(document(), action()))
    seq = changes.head(library)

    def half() -> None:
        with library.unit_of_work(ANN) as uow:
            post_mortems.add_in(uow, with_actions(document("Half"), action()))
            raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError, match="in the middle"):
        half()
    assert queries.ids(library) == (known.post_mortem.id,)
    assert (changes.head(library), again(library, known)) == (seq, known)
    assert stored(library).ref == "PM-2026-002"


def test_a_reader_sees_one_state(library: Library) -> None:
    known = stored(library)
    with library.read() as connection:
        title = select(tables.post_mortems.c.title)
        before = connection.execute(title).scalar()
        post_mortems.save(library, retitled(known, "New").post_mortem, 1, ANN)
        assert connection.execute(title).scalar() == before
    assert again(library, known).post_mortem.title == "New"


# backups and migrations

MIGRATION = """
import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{before}"


def upgrade() -> None:
    op.add_column("roots", sa.Column("{column}", sa.Text(), nullable=True))
    op.execute("UPDATE post_mortems SET title = title || '!'")
    {then}
"""


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """The migrations with two later ones: 0901 works and 0902 fails in its middle."""
    folder = tmp_path / "migrations"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(migrate.SCRIPTS, folder, ignore=ignored)
    later = (("0901", tables.HEAD, "pass"), ("0902", "0901", "raise RuntimeError('half-way')"))
    for revision, before, then in later:
        text = MIGRATION.format(revision=revision, before=before, then=then, column=f"c{revision}")
        (folder / "versions" / f"{revision}_later.py").write_text(text)
    return folder


def upgraded(library: Library, head: str, scripts: Path) -> str | None:
    engine = sqlite.connect(library.database, writable=True)
    try:
        migrate.upgrade(engine, library.database, NOON, head=head, scripts=scripts)
    finally:
        with engine.connect() as connection:
            revision = migrate.current(connection)
        engine.dispose()
    return revision


def test_a_migration_is_preceded_by_a_copy_of_the_file(library: Library, scripts: Path) -> None:
    known = stored(library)
    library.close()
    assert upgraded(library, "0901", scripts) == "0901"
    (backup,) = (library.folder / "backups").iterdir()
    assert backup.name == f"library-{tables.HEAD}-20260601T120000Z.db"
    restored = library.folder.parent / "restored"
    restored.mkdir()
    shutil.copy(backup, restored / "library.db")
    old = open_library(restored)
    assert (old.id, queries.by_id(old, known.post_mortem.id)) == (library.id, known)
    old.close()
    rows = sqlite3.connect(library.database)
    assert rows.execute("SELECT title, ref FROM post_mortems").fetchone() == (
        "Queue stalled!",
        known.ref,
    )
    rows.close()


def test_a_migration_that_fails_changes_nothing(library: Library, scripts: Path) -> None:
    known = stored(library)
    library.close()
    with pytest.raises(RuntimeError, match="half-way"):
        upgraded(library, "0902", scripts)
    opened = open_library(library.folder)
    assert queries.by_id(opened, known.post_mortem.id) == known
    assert len(list((library.folder / "backups").iterdir())) == 1
    opened.close()


def test_a_backup_is_whole_and_has_its_name_only_then(library: Library) -> None:
    known = stored(library)
    backup = library.back_up()
    assert [path.name for path in backup.parent.iterdir()] == ["library-20260601T120000Z.db"]
    (backup.parent / "library-20260601T120000Z.db.part").write_text("half a copy")
    stored(library)
    assert library.back_up() == backup
    assert [path.name for path in backup.parent.iterdir()] == [backup.name]
    rows = sqlite3.connect(backup)
    assert rows.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert rows.execute("SELECT count(*) FROM post_mortems").fetchone() == (2,)
    rows.close()
    assert known.ref == "PM-2026-001"
