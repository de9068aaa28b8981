"""The schema: migrated and declared tables agree, and nothing in them is SQLite's own."""

import re
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

import models
from models.store import migrate, tables
from models.store.library import open_library

MODELS = Path(models.__file__).parent


def test_the_newest_migration_makes_the_schema_that_the_code_knows() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.SCRIPTS))
    assert ScriptDirectory.from_config(config).get_current_head() == tables.HEAD


def test_migrated_and_declared_tables_agree(tmp_path: Path) -> None:
    library = open_library(tmp_path)
    with library.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, tables.metadata) == []
    library.close()


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
