"""Bringing a library's schema to the version this Afterwhy knows."""

import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    insert,
    inspect,
    text,
)

from models.document import new_id
from models.errors import LibraryError
from models.store import sqlite, tables

SCRIPTS = Path(__file__).parent / "migrations"


def current(connection: Connection) -> str | None:
    """The schema's revision, or None for a database that is no library."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def upgrade(
    engine: Engine, path: Path, now: datetime, *, head: str = tables.HEAD, scripts: Path = SCRIPTS
) -> None:
    """Migrates to ``head`` if needed, after a copy of the file into ``backups/``.

    Raises ``LibraryError`` for a library of a newer Afterwhy, another program's database and one
    without tables (a library that was damaged), which are left as they are.
    """
    with engine.connect() as connection:
        revision = current(connection)
        if revision == head:
            return
        present = inspect(connection).get_table_names()
    if not present:
        raise empty(path)
    if revision is None or tables.library.name not in present:
        raise LibraryError(
            f"The file {path} is a database, but not an Afterwhy library.",
            kept="It was left as it is.",
            advice="Choose another folder with --library.",
        )
    if revision > head:
        raise LibraryError(
            f"The library {path.parent} was made by a newer Afterwhy (schema {revision}, "
            f"this one knows {head}).",
            kept="It was left as it is.",
            advice="Update Afterwhy, or choose another library with --library.",
        )
    stamp = now.strftime("%Y%m%dT%H%M%SZ")
    sqlite.back_up(path, path.parent / "backups" / f"library-{revision}-{stamp}.db")
    run(engine, head, scripts)


def empty(path: Path) -> LibraryError:
    """What to say of a file that should hold a library and holds nothing."""
    return LibraryError(
        f"The file {path} is empty: it was damaged, or is no Afterwhy library.",
        kept="It was left as it is.",
        advice=f"{sqlite.restore_advice(path.parent)} To begin anew, remove the file.",
    )


def create(path: Path) -> None:
    """Makes a new library at ``path``, whole or not at all.

    It is made aside and then gets its name, so that an empty file under that name is always
    damage. Where another process was quicker, its library stays. The tables are made as they are
    declared, in a tenth of the time of all migrations; a test proves both equal.
    """
    with TemporaryDirectory(prefix=".new-", dir=path.parent) as aside:
        made = Path(aside) / path.name
        engine = sqlite.connect(made, writable=True)
        try:
            _declare(engine)
        finally:
            engine.dispose()  # which folds the journal in
        with suppress(FileExistsError):
            _give_name(made, path)


def _give_name(made: Path, path: Path) -> None:
    """Renames, but never over what is there."""
    try:
        os.link(made, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if path.exists():
            raise FileExistsError(path) from None
        made.replace(path)


def _declare(engine: Engine) -> None:
    """Makes the declared tables and notes the revision they are at, as Alembic would."""
    version = Table(
        "alembic_version", MetaData(), Column("version_num", String(32), nullable=False)
    )
    version.append_constraint(PrimaryKeyConstraint("version_num", name="alembic_version_pkc"))
    with engine.execution_options(afterwhy_write=True).begin() as connection:
        tables.metadata.create_all(connection, checkfirst=False)
        version.create(connection)
        connection.execute(insert(version), {"version_num": tables.HEAD})
        _give_ids(connection)


def run(engine: Engine, head: str = tables.HEAD, scripts: Path = SCRIPTS) -> None:
    """Migrates, from nothing too, in one transaction."""
    # Imported here: Alembic takes 0.4 s to import and most starts do not need it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    with engine.execution_options(afterwhy_write=True).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, head)


def _give_ids(connection: Connection) -> None:
    """A new library's id, and that of this copy of it."""
    rows = [{"key": key, "value": new_id()} for key in ("id", "replica")]
    connection.execute(insert(tables.library), rows)
