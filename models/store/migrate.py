"""Bringing a library's schema to the version this Afterwhy knows."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from models.errors import LibraryError
from models.store import sqlite
from models.store.tables import HEAD


def current(connection: Connection) -> str | None:
    """The schema's revision, or None for a database without tables."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def upgrade(engine: Engine, path: Path, now: datetime) -> None:
    """Migrates to ``HEAD`` if needed, after a copy of the file into ``backups/``.

    Raises ``LibraryError`` for a library of a newer Afterwhy, which is left as it is.
    """
    with engine.connect() as connection:
        revision = current(connection)
        if revision == HEAD:
            return
        if revision is None and inspect(connection).get_table_names():
            raise LibraryError(
                f"The file {path} is a database, but not an Afterwhy library.",
                kept="It was left as it is.",
                advice="Choose another folder with --library.",
            )
    if revision is not None:
        if revision > HEAD:
            raise LibraryError(
                f"The library {path.parent} was made by a newer Afterwhy (schema {revision}, "
                f"this one knows {HEAD}).",
                kept="It was left as it is.",
                advice="Update Afterwhy, or choose another library with --library.",
            )
        stamp = now.strftime("%Y%m%dT%H%M%SZ")
        sqlite.back_up(path, path.parent / "backups" / f"library-{revision}-{stamp}.db")
    _run(engine)


def _run(engine: Engine) -> None:
    # Imported here: Alembic takes 0.4 s to import and most starts do not need it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.execution_options(afterwhy_write=True).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
