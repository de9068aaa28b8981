"""Libraries that cannot be used as they are, and several commands at once."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import settings
from models.store import tables
from tests.app.cli.conftest import (
    ROOT,
    Afterwhy,
    Result,
    finish,
    held_to_permissions,
    outage,
    read_only,
    start,
    stored,
)


@pytest.fixture
def sealed(tmp_path: Path) -> Iterator[Path]:
    """A folder in which nothing can be written."""
    folder = tmp_path / "sealed"
    folder.mkdir()
    folder.chmod(0o500)
    yield folder
    folder.chmod(0o700)


def said(result: Result, *words: str) -> None:
    """It failed with a plain sentence."""
    assert result.code == 1, result
    assert "Traceback" not in result.err
    assert "unexpected" not in result.err
    for word in words:
        assert word in result.err


def test_a_folder_without_permission_is_a_sentence(sealed: Path) -> None:
    result = held_to_permissions("--library", sealed / "library", "init")
    said(result, str(sealed / "library"), "cannot be used")


def test_a_read_only_library_is_read_and_not_written(afterwhy: Afterwhy) -> None:
    ref = stored(outage())
    with read_only(settings.library_folder()):
        shown = held_to_permissions("show", ref, "--json")
        found = held_to_permissions("search", "payments", "--json")
        refused = held_to_permissions("set", ref, "--add-tag", "x")
    assert shown.code == 0, shown.err
    assert shown.json["ref"] == ref
    assert found.json["total"] == 1
    said(refused, "read-only", "--library")
    assert afterwhy("show", ref, "--json").json["tags"] == ["capacity"]


def test_a_source_without_permission_fails_alone(tmp_path: Path) -> None:
    folder = tmp_path / "source"
    folder.mkdir()
    for name in ("open", "closed"):
        (folder / f"{name}.md").write_text(f"# {name}\n\nIt broke.\n", encoding="utf-8")
    (folder / "closed.md").chmod(0)
    result = held_to_permissions("import", folder, "--json")
    assert result.code == 3, result
    assert [Path(e["path"]).name for e in result.json["failed"]] == ["closed.md"]
    assert [Path(e["path"]).name for e in result.json["imported"]] == ["open.md"]


def test_a_library_that_is_a_file_is_a_sentence(afterwhy: Afterwhy, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        for command in ("list", "init"):
            result = afterwhy("--library", folder, command)
            said(result, f"{tmp_path / 'file'} is a file; a library is a folder", "--library")


def test_a_library_of_a_newer_version_is_left_alone(afterwhy: Afterwhy) -> None:
    stored(outage())
    database = settings.library_folder() / "library.db"
    with sqlite3.connect(database) as connection:
        changed = connection.execute("UPDATE alembic_version SET version_num = '9999'")
        assert changed.rowcount == 1
    connection.close()
    assert tables.HEAD != "9999"
    before = database.read_bytes()
    result = afterwhy("list", "--json")
    said(result, "newer")
    assert result.json["error"]["message"]
    assert database.read_bytes() == before


@pytest.mark.parametrize("content", [b"not a database at all " * 400, b"SQLite format 3\0" * 300])
def test_a_damaged_library_is_a_sentence(
    afterwhy: Afterwhy, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "library.db").write_bytes(content)
    said(afterwhy("--library", tmp_path, "list"), "library.db")
    assert (tmp_path / "library.db").read_bytes() == content


def test_commands_at_once_on_a_new_library_lose_nothing(afterwhy: Afterwhy, tmp_path: Path) -> None:
    afterwhy("init")
    folder = tmp_path / "source"
    folder.mkdir()
    for number in range(8):
        (folder / f"{number}.md").write_text(f"# Failure {number}\n\nIt broke.", encoding="utf-8")
    processes = [
        start("import", folder, "--json"),
        start("new", "--title", "One", "--json"),
        start("new", "--title", "Two", "--json"),
        start("search", "failure", "--json"),
    ]
    results = [finish(process) for process in processes]
    assert [result.code for result in results] == [0, 0, 0, 0], results
    listed = afterwhy("list", "--json").json
    assert listed["total"] == 10
    assert len({p["ref"] for p in listed["post_mortems"]}) == 10
    assert afterwhy("search", "failure", "--json").json["total"] == 8


def test_of_two_writers_of_one_field_neither_loses_a_word(
    afterwhy: Afterwhy, tmp_path: Path
) -> None:
    ref = stored(outage())
    data = afterwhy("show", ref, "--json").out
    names = ["one", "two"]
    for name in names:
        text = data.replace("ran dry", f"ran dry {name}")
        (tmp_path / f"{name}.json").write_text(text, encoding="utf-8")
    processes = [start("apply", ref, tmp_path / f"{name}.json") for name in names]
    codes = [finish(process).code for process in processes]
    assert sorted(codes) == [0, 3]
    later = codes.index(3)
    shown = afterwhy("show", ref, "--json").json
    assert f"ran dry {names[later]}" in shown["summary"]
    assert f"ran dry {names[1 - later]}" in shown["comments"][0]["text"]
    kinds = [r["kind"] for r in afterwhy("history", ref, "--json").json["revisions"]]
    assert kinds == ["saved", "saved", "created"]


def test_a_named_source_without_permission_fails_alone(tmp_path: Path) -> None:
    files = [tmp_path / "closed.md", tmp_path / "open.md"]
    for file in files:
        file.write_text(f"# {file.stem}\n\nIt broke.\n", encoding="utf-8")
    files[0].chmod(0)
    result = held_to_permissions("import", *files, "--json")
    assert result.code == 3, result
    assert [Path(e["path"]).name for e in result.json["failed"]] == ["closed.md"]
    assert [Path(e["path"]).name for e in result.json["imported"]] == ["open.md"]


def test_settings_without_permission_are_a_sentence(afterwhy: Afterwhy) -> None:
    ref = stored(outage())
    folder = settings.config_folder()
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0)
    try:
        result = held_to_permissions("set", ref, "--severity", "SEV1")
    finally:
        folder.chmod(0o700)
    said(result, str(folder), "AFTERWHY_CONFIG")
    assert afterwhy("show", ref, "--json").json["incidents"][0]["severity"] == "SEV2"


def test_a_disk_that_fills_up_during_an_import_is_told_file_by_file(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="there are no file size limits here")
    for number in range(40):
        text = f"# Failure {number}\n\n" + f"It broke in way {number}. " * 4000
        (tmp_path / f"{number:02}.md").write_text(text, encoding="utf-8")
    limit = 1_500_000
    done = subprocess.run(
        [sys.executable, "-m", "app", "import", str(tmp_path), "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    assert done.returncode == 3, done.stderr
    answer = Result(done.returncode, done.stdout, done.stderr).json
    assert answer["imported"]
    assert answer["failed"]
    assert len(answer["imported"]) + len(answer["failed"]) == 40
    assert "unexpected" not in done.stderr
    assert {entry["reason"] for entry in answer["failed"]}


def test_a_teams_file_that_cannot_be_read_is_a_sentence(afterwhy: Afterwhy) -> None:
    (settings.config_folder() / "templates" / "own.toml").mkdir(parents=True)
    result = afterwhy("new", "--title", "x")
    assert result.code == 0
    assert "is left out" in result.err
    assert "own.toml cannot be read: Is a directory." in result.err
    assert "Errno" not in result.err
