"""A library: a folder with a database, attachments and backups."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, Table, insert, select

from models.domain.histories import Change
from models.errors import LibraryError
from models.store import migrate, sqlite, tables

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The present, in aware UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who writes: a name and a role, for history and reviews."""

    name: str = ""
    role: str = ""

    def __str__(self) -> str:
        return f"{self.name} ({self.role})" if self.name and self.role else self.name or self.role


@dataclass(frozen=True, slots=True)
class UnitOfWork:
    """One transaction of writes. Everything in it is committed together, or not at all."""

    connection: Connection
    now: datetime
    actor: Actor
    source: str
    replica: str
    touched: set[tuple[str, str]] = field(default_factory=set)
    """What was written: the kind and id of each entry in the change log since the last version."""

    def insert(self, table: Table, **values: object) -> None:
        """Adds a row. Values as parameters cost a third of values in the statement."""
        self.connection.execute(insert(table), values)

    def log(self, kind: str, entity_id: str, field: str = "", base_version: int = 0) -> None:
        """Notes a change in the change log, for the consumers that follow it."""
        self.touched.add((kind, entity_id))
        self.insert(
            tables.change_log,
            at=self.now,
            actor=str(self.actor),
            replica=self.replica,
            kind=kind,
            entity_id=entity_id,
            field=field,
            base_version=base_version,
            source=self.source,
        )

    def change(self, reason: str = "") -> Change:
        """When and by whom, for the histories inside an aggregate."""
        return Change(self.now, str(self.actor), self.actor.role, reason)

    def note_facts(self, kind: str, entity_id: str, values: Mapping[str, str]) -> None:
        """Notes, dated now, what fields were set to."""
        about = {"kind": kind, "entity_id": entity_id, "at": self.now}
        about |= {"actor": str(self.actor), "source": self.source}
        rows = [{**about, "field": field, "value": value} for field, value in values.items()]
        if rows:
            self.connection.execute(insert(tables.facts), rows)


class Library:
    """An open library folder. Cheap to keep open; usable from any thread.

    ``id`` stays the same in every copy; ``replica`` tells copies apart.
    """

    def __init__(self, folder: Path, engine: Engine, *, writable: bool, clock: Clock) -> None:
        self.folder = folder
        self.writable = writable
        self.now = clock
        self._engine = engine
        with self.read() as connection:
            rows = connection.execute(select(tables.library.c.key, tables.library.c.value))
            values = {row.key: row.value for row in rows}
        self.id: str = values["id"]
        self.replica: str = values["replica"]

    @property
    def database(self) -> Path:
        """The database file."""
        return self.folder / "library.db"

    @property
    def attachments(self) -> Path:
        """The folder of attached files, named by their content."""
        return self.folder / "attachments"

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one consistent state."""
        with sqlite.plain_errors(self.database), self._engine.begin() as connection:
            yield connection

    def require_writable(self) -> None:
        """Raises ``LibraryError`` where nothing can be written: said before work is begun on it."""
        if not self.writable:
            raise LibraryError(
                f"The library {self.folder} is read-only.",
                kept="Nothing was changed.",
                advice="Make the folder writable or choose another with --library.",
            )

    @contextmanager
    def unit_of_work(self, actor: Actor, source: str = "user") -> Iterator[UnitOfWork]:
        """One transaction of writes, begun with the write lock so that it cannot fail half-way."""
        self.require_writable()
        engine = self._engine.execution_options(afterwhy_write=True)
        with sqlite.plain_errors(self.database), engine.begin() as connection:
            yield UnitOfWork(connection, self.now(), actor, source, self.replica)

    def back_up(self) -> Path:
        """Copies the database into ``backups/`` and returns the copy's path."""
        target = self.folder / "backups" / f"library-{self.now():%Y%m%dT%H%M%SZ}.db"
        with sqlite.plain_errors(target):
            sqlite.back_up(self.database, target)
        return target

    def close(self) -> None:
        """Lets go of every connection."""
        self._engine.dispose()


def exists(folder: Path) -> bool:
    """Whether a folder holds a library that can be seen."""
    try:
        return (folder / "library.db").is_file()
    except PermissionError:
        return False


def open_library(folder: Path, *, clock: Clock = utc_now) -> Library:
    """Opens the library in ``folder``, made new where there is none.

    Raises ``LibraryError`` where the folder cannot be used or a newer Afterwhy made it.
    """
    path = folder / "library.db"
    try:
        _require_folder(folder)
        writable = _prepare(folder, path)
    except OSError as error:
        raise LibraryError(
            f"The library folder {folder} cannot be used: {error.strerror or error}.",
            kept="Nothing was changed.",
            advice="Choose another folder with --library or AFTERWHY_LIBRARY.",
        ) from error
    if not path.exists():
        with sqlite.plain_errors(path):
            migrate.create(path)
    engine = sqlite.connect(path, writable=writable)
    try:
        with sqlite.plain_errors(path):
            if writable:
                migrate.upgrade(engine, path, clock())
            else:
                _require_current(engine, folder)
            return Library(folder, engine, writable=writable, clock=clock)
    except BaseException:
        engine.dispose()
        raise


def _require_folder(folder: Path) -> None:
    """Refuses a file in the place of the folder, or of one above it."""
    for part in (folder, *folder.parents):
        if part.exists() and not part.is_dir():
            raise LibraryError(
                f"{part} is a file; a library is a folder.",
                kept="Nothing was changed.",
                advice="Name the folder that holds library.db, or a new one, with --library or "
                "AFTERWHY_LIBRARY.",
            )


def _prepare(folder: Path, path: Path) -> bool:
    """Makes the folders; whether the library can be written."""
    if path.is_file() and path.stat().st_size == 0:
        raise migrate.empty(path)
    if path.is_file() and not (os.access(folder, os.W_OK) and os.access(path, os.W_OK)):
        with path.open("rb"):
            return False
    for part in (folder, folder / "attachments", folder / "backups"):
        part.mkdir(parents=True, exist_ok=True)
    return True


def _require_current(engine: Engine, folder: Path) -> None:
    with engine.connect() as connection:
        revision = migrate.current(connection)
    if revision != tables.HEAD:
        raise LibraryError(
            f"The library {folder} is read-only and has another schema ({revision}).",
            kept="It was left as it is.",
            advice="Make the folder writable, so that it can be brought up to date.",
        )
