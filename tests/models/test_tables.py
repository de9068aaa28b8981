"""The schema: migrated and declared tables agree, and nothing in them is SQLite's own."""

import re
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

import models
from models.store import migrate, sqlite, tables

MODELS = Path(models.__file__).parent


def test_the_newest_migration_makes_the_schema_that_the_code_knows() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.SCRIPTS))
    assert ScriptDirectory.from_config(config).get_current_head() == tables.HEAD


@pytest.fixture
def migrated(tmp_path: Path) -> Path:
    """A database that went through every migration, from nothing."""
    path = tmp_path / "migrated.db"
    engine = sqlite.connect(path, writable=True)
    migrate.run(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, tables.metadata) == []
    engine.dispose()
    return path


def schema(path: Path) -> dict[str, list[str]]:
    """What each table and index consists of; its order is of no account."""
    rows = sqlite3.connect(path)
    found = rows.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    rows.close()
    return {
        name: sorted(re.split(r",\s*", " ".join(sql[sql.index("(") + 1 : sql.rindex(")")].split())))
        for name, sql in found
    }


def contents(path: Path) -> list[str]:
    """Every row; an id is a library's own."""
    rows = sqlite3.connect(path)
    dump = [line for line in rows.iterdump() if line.startswith("INSERT")]
    rows.close()
    return sorted(re.sub(r"'[0-9a-f-]{36}'", "<id>", line) for line in dump)


def test_a_new_library_is_what_every_migration_makes(tmp_path: Path, migrated: Path) -> None:
    made = tmp_path / "library.db"
    migrate.create(made)
    assert schema(made) == schema(migrated)
    assert len(schema(made)) > 20
    ids = [f"INSERT INTO \"library\" VALUES('{key}',<id>);" for key in ("id", "replica")]
    assert contents(made) == sorted([*contents(migrated), *ids])


def test_the_tables_are_postgresqls_too() -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    for table in tables.metadata.sorted_tables:
        assert str(CreateTable(table).compile(dialect=dialect)).startswith("\nCREATE TABLE")
        for index in table.indexes:
            assert "CREATE INDEX" in str(CreateIndex(index).compile(dialect=dialect))


def test_only_one_module_is_sqlites_own() -> None:
    own = re.compile(r"sqlite3|dialects\.sqlite|PRAGMA|INSERT OR|sqlite_|rowid|WITHOUT ROWID")
    found = {
        path.relative_to(MODELS).as_posix()
        for path in MODELS.rglob("*.py")
        if own.search(path.read_text(encoding="utf-8"))
    }
    assert found == {"store/sqlite.py"}
