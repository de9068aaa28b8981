"""Everything that is SQLite's own: connections, pragmas, backups and its errors in plain words."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError

from models.errors import LibraryError

BUSY_TIMEOUT_MS = 15_000
"""How long a write waits for another process; units of work take milliseconds."""


def connect(path: Path, *, writable: bool) -> Engine:
    """An engine on a database file.

    A read-only one is opened as it lies, unless a journal beside it says that there is more.
    """
    journal = path.with_name(path.name + "-wal")
    mode = {"mode": "rwc" if writable else "ro", "uri": "true"}
    if not writable and not journal.is_file():
        mode["immutable"] = "1"
    engine = create_engine(
        URL.create("sqlite", database=f"file:{_quoted(path)}", query=mode),
        connect_args={"timeout": BUSY_TIMEOUT_MS / 1000, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # transactions are begun below, not by the driver
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        if writable:
            cursor.execute("PRAGMA journal_mode=WAL")
            cursor.execute("PRAGMA synchronous=FULL")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        immediate = connection.get_execution_options().get("afterwhy_write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def _quoted(path: Path) -> str:
    """A path inside a file: URI; what would end or alter it is escaped."""
    text = path.absolute().as_posix()
    return text.replace("%", "%25").replace("?", "%3f").replace("#", "%23")


@contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Turns the database's own errors into sentences that a user can act on."""
    try:
        yield
    except (DatabaseError, sqlite3.Error) as error:
        known = _explained(str(getattr(error, "orig", error)), path)
        if known is None:
            raise
        raise known from error


_EXPLANATIONS = (
    (
        ("readonly", "read-only", "attempt to write"),
        "The library {path} is read-only.",
        "Nothing was changed.",
        "Make the folder writable or choose another with --library.",
    ),
    (
        ("disk is full", "disk full"),
        "There is no space left for the library {path}.",
        "What was saved before is safe.",
        "Free some space and try again.",
    ),
    (
        ("unable to open",),
        "The library {path} cannot be opened.",
        "Nothing was changed.",
        "Check that the folder exists and that you may read and write it.",
    ),
    (
        ("database is locked", "busy"),
        "Another program is writing to the library {path} and did not finish in time.",
        "Nothing was changed.",
        "Try again in a moment.",
    ),
    (
        ("not a database", "malformed", "disk image", "no such table", "no such column"),
        "The file library.db in {path} is damaged or is not an Afterwhy library.",
        "It was left as it is.",
        "{restore}",
    ),
    (
        ("i/o error",),
        "The disk of the library {path} is full or reported an error.",
        "What was saved before is safe.",
        "Free some space, or check the disk, and try again.",
    ),
)


def _explained(message: str, path: Path) -> LibraryError | None:
    lowered = message.lower()
    for markers, what, kept, advice in _EXPLANATIONS:
        if any(marker in lowered for marker in markers):
            todo = advice.format(restore=restore_advice(path.parent))
            return LibraryError(what.format(path=path.parent), kept=kept, advice=todo)
    return None


def restore_advice(folder: Path) -> str:
    """What to do about a damaged library: the copies in it are named only where there are any."""
    if any((folder / "backups").glob("*.db")):
        return "Restore a copy from the folder backups."
    return "If you have a copy of the library, put it in its place."


def back_up(path: Path, target: Path) -> None:
    """Copies a database, with what its journal still holds, to a new file.

    The copy gets its name when it is whole.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    source, copy = sqlite3.connect(path), sqlite3.connect(part)
    try:
        source.backup(copy)
        copy.close()
        part.replace(target)
    finally:
        copy.close()
        source.close()
        part.unlink(missing_ok=True)
