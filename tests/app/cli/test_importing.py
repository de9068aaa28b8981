"""Importing on the command line."""

import os
import signal
import sqlite3
import time
from pathlib import Path

import pytest

from app import settings
from tests.app.cli.conftest import Afterwhy, finish, start

TEXT = """# {title}

## Summary

The cache of the {title} service was cold.

## Timeline

- 2025-04-03 10:00 UTC: errors begin
- 2025-04-03 10:20 UTC: errors end

## Action items

- Warm the cache before a rollout
"""

KEYS = ["imported", "updated", "duplicates", "conflicts", "skipped", "failed"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two post-mortems, a picture and an empty file."""
    source = tmp_path / "source"
    source.mkdir()
    for name in ("search", "login"):
        (source / f"{name}.md").write_text(TEXT.format(title=name), encoding="utf-8")
    (source / "chart.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    (source / "empty.md").touch()
    return source


def names(entries: list[dict[str, str]]) -> list[str]:
    return [Path(entry["path"]).name for entry in entries]


def test_a_folder_is_imported_once(afterwhy: Afterwhy, folder: Path) -> None:
    first = afterwhy("import", folder, "--json")
    assert first.code == 3
    assert list(first.json) == KEYS
    assert names(first.json["imported"]) == ["login.md", "search.md"]
    assert first.json["imported"][0] == {
        "path": str(folder / "login.md"), "ref": "PM-2025-001", "title": "login",
    }  # fmt: skip
    assert names(first.json["skipped"]) == ["chart.png"]
    assert set(first.json["skipped"][0]) == {"path", "reason"}
    assert names(first.json["failed"]) == ["empty.md"]
    assert "empty.md" in first.err
    shown = afterwhy("show", "PM-2025-001", "--json").json
    assert (shown["status"], shown["historical"]) == ("Closed", True)
    (folder / "empty.md").unlink()
    again = afterwhy("import", folder, "--json")
    assert again.code == 0
    assert again.json["imported"] == []
    assert again.json["duplicates"] == [
        {"path": str(folder / f"{name}.md"), "ref": ref}
        for name, ref in (("login", "PM-2025-001"), ("search", "PM-2025-002"))
    ]


def test_what_was_imported_is_found_at_once(afterwhy: Afterwhy, folder: Path) -> None:
    afterwhy("import", folder)
    assert afterwhy("index", "status", "--json").json["behind"] == 0
    assert afterwhy("search", "cold cache", "--json").json["total"] == 2


def test_a_dry_run_writes_nothing(afterwhy: Afterwhy, folder: Path) -> None:
    foreseen = afterwhy("import", folder, "--dry-run", "--json")
    assert [(Path(e["path"]).name, e["ref"]) for e in foreseen.json["imported"]] == [
        ("login.md", None), ("search.md", None),
    ]  # fmt: skip
    assert afterwhy("list", "--json").json["total"] == 0
    assert "Nothing was written" in afterwhy("import", folder, "--dry-run").out


def test_changes_and_conflicts(afterwhy: Afterwhy, folder: Path) -> None:
    afterwhy("import", folder)
    for name in ("search", "login"):
        text = TEXT.format(title=name).replace("cold", "stale")
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    afterwhy("set", "PM-2025-001", "--add-tag", "edited here")
    result = afterwhy("import", folder / "search.md", folder / "login.md", "--json")
    assert result.code == 3
    assert [e["ref"] for e in result.json["updated"]] == ["PM-2025-002"]
    assert [e["ref"] for e in result.json["conflicts"]] == ["PM-2025-001"]
    assert result.json["conflicts"][0]["reason"]
    assert "--update" in result.err
    foreseen = afterwhy("import", folder / "login.md", "--update", "--dry-run", "--json")
    assert [e["ref"] for e in foreseen.json["updated"]] == ["PM-2025-001"]
    decided = afterwhy("import", folder / "login.md", "--update", "--json")
    assert decided.code == 0
    shown = afterwhy("show", "PM-2025-001", "--json").json
    assert "stale" in shown["summary"]
    assert shown["tags"] == ["edited here"]


def test_words_of_two_authors_are_both_kept(afterwhy: Afterwhy, folder: Path) -> None:
    """One writes by another process, the other in the file."""
    file = folder / "login.md"
    afterwhy("import", file)
    afterwhy("export", "PM-2025-001", "--to", folder / "out")
    (revised,) = (folder / "out").iterdir()
    text = revised.read_text(encoding="utf-8").replace("errors end", "all is well")
    revised.write_text(text.replace("was cold", "was warm"), encoding="utf-8")
    assert finish(start("apply", "PM-2025-001", revised)).code == 0
    file.write_text(TEXT.format(title="login").replace("was cold", "was stale"), encoding="utf-8")
    taken = afterwhy("import", file, "--update", "--json")
    assert taken.code == 3
    assert "Summary was changed here and in the file" in taken.json["updated"][0]["notices"][0]
    assert "Summary was changed here and in the file" in taken.err
    shown = afterwhy("show", "PM-2025-001", "--json").json
    assert "was stale" in shown["summary"]
    assert "was warm" in shown["comments"][0]["text"]
    assert [e["text"] for e in shown["incidents"][0]["timeline"]] == ["errors begin", "all is well"]
    assert len(afterwhy("import", file, "--json").json["duplicates"]) == 1


def test_a_copy_of_a_file_names_the_post_mortem_it_repeats(
    afterwhy: Afterwhy, folder: Path
) -> None:
    (folder / "empty.md").write_text(TEXT.format(title="login"), encoding="utf-8")
    copied = afterwhy("import", folder, "--json").json
    assert names(copied["duplicates"]) == ["login.md"]
    assert copied["duplicates"][0]["ref"] == copied["imported"][0]["ref"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("chart.png", b"\x89PNG\r\n\x1a\n\0\0"),
        ("binary.md", bytes(range(256)) * 40),
        ("empty.md", b""),
        ("archive.zip", b"PK\x03\x04"),
    ],
)
def test_a_file_that_is_no_post_mortem_is_a_sentence(
    afterwhy: Afterwhy, tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    result = afterwhy("import", tmp_path / name, "--json")
    assert result.code == 1
    told = result.json["failed"] + result.json["skipped"]
    assert names(told) == [name]
    assert told[0]["reason"]


def test_a_file_that_is_not_there_is_told_and_the_others_go_on(
    afterwhy: Afterwhy, folder: Path
) -> None:
    result = afterwhy("import", folder / "none.md", folder / "login.md", "--json")
    assert result.code == 3
    assert names(result.json["failed"]) == ["none.md"]
    assert names(result.json["imported"]) == ["login.md"]
    assert afterwhy("import", folder / "none.md").code == 1


def test_a_huge_file_fails_alone(afterwhy: Afterwhy, folder: Path) -> None:
    line = b"The queue grew and nobody saw it. \n"
    (folder / "huge.md").write_bytes(line * (50 * 1024 * 1024 // len(line)))
    result = afterwhy("import", folder, "--json")
    assert result.code == 3
    assert "huge.md" in names(result.json["failed"])
    assert len(result.json["imported"]) == 2


def test_broken_front_matter_is_imported_in_part_and_told(afterwhy: Afterwhy, folder: Path) -> None:
    broken = "---\ntitle: [never closed\n---\n" + TEXT.format(title="gateway")
    (folder / "broken.md").write_text(broken, encoding="utf-8")
    result = afterwhy("import", folder / "broken.md", "--json")
    assert result.code == 3
    assert "front matter cannot be understood" in result.err
    assert "front matter" in result.json["imported"][0]["notices"][0]
    assert "never closed" in afterwhy("show", result.json["imported"][0]["ref"]).out


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode on Windows")
def test_a_name_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "names"
    folder.mkdir()
    try:
        (folder / os.fsdecode(b"caf\xe9.md")).write_text(TEXT.format(title="x"), encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes Unicode names only")
    result = finish(start("import", folder, "--json"))
    assert result.code == 0, result.err
    assert len(result.json["imported"]) == 1


def count(database: Path) -> int:
    """How many post-mortems another process has stored so far."""
    try:
        with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
            return int(connection.execute("SELECT count(*) FROM post_mortems").fetchone()[0])
    except sqlite3.Error:
        return 0


@pytest.mark.skipif(os.name == "nt", reason="a signal to one process only")
def test_ctrl_c_stops_between_two_documents(afterwhy: Afterwhy, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(100):
        text = TEXT.format(title=f"service {number}")
        (folder / f"{number:03}.md").write_text(text, encoding="utf-8")
    process = start("import", folder, "--json")
    database = settings.library_folder() / "library.db"
    while process.poll() is None and not count(database):
        time.sleep(0.005)
    process.send_signal(signal.SIGINT)
    result = finish(process)
    assert result.code == 3, result.err
    assert "Stopped" in result.err
    imported = result.json["imported"]
    assert 0 < len(imported) < 100
    listed = afterwhy("list", "--json").json["post_mortems"]
    assert sorted(e["ref"] for e in imported) == sorted(p["ref"] for p in listed)
    rest = afterwhy("import", folder, "--json").json
    assert len(rest["imported"]) == 100 - len(imported)


def test_a_dry_run_makes_no_library(afterwhy: Afterwhy, folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "elsewhere"
    for arguments in (["--library", place, "import"], ["import"]):
        result = afterwhy(*arguments, folder, "--dry-run", "--json")
        assert names(result.json["imported"]) == ["login.md", "search.md"]
        assert result.code == 3
    assert not place.exists()
    assert not settings.default_library().exists()


def test_a_path_that_cannot_be_is_told_and_stops_no_other(afterwhy: Afterwhy, folder: Path) -> None:
    result = afterwhy("import", "x" * 5000, "~nobody-here/x.md", folder / "login.md", "--json")
    assert result.code == 3
    reasons = [entry["reason"] for entry in result.json["failed"]]
    assert reasons == ["file name too long", "there is no such file"]
    assert names(result.json["imported"]) == ["login.md"]


def test_a_path_without_a_name_is_not_the_present_folder(afterwhy: Afterwhy) -> None:
    assert afterwhy("import", "", "--json").code == 2


def test_a_named_file_that_is_skipped_is_told_beside_the_json(
    afterwhy: Afterwhy, folder: Path
) -> None:
    result = afterwhy("import", folder / "chart.png", "--json")
    assert result.code == 1
    assert f"{folder / 'chart.png'}: not a Markdown" in result.err


def test_pictures_that_are_left_out_are_told_in_json(afterwhy: Afterwhy, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# T\n\nIt broke. ![a](/gone.png)\n", encoding="utf-8")
    for more in (["--dry-run"], []):
        result = afterwhy("import", tmp_path, *more, "--json")
        assert list(result.json) == KEYS
        (entry,) = result.json["imported"]
        assert entry["notices"] == ["Pictures left out: “/gone.png” (its path is absolute)."]
        assert "/gone.png" in result.err


def test_a_large_file_is_announced_before_it_is_read(afterwhy: Afterwhy, tmp_path: Path) -> None:
    for name in ("large.md", "large.png"):
        with (tmp_path / name).open("wb") as file:
            file.truncate(6_000_000)
    told = afterwhy("import", tmp_path, "--dry-run").err
    assert "large.md has 6 MB: reading it takes some seconds." in told
    assert "large.png has" not in told
