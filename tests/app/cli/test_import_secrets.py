"""What an import says of secrets."""

from pathlib import Path

from tests.app.cli.conftest import Afterwhy


def test_an_import_tells_of_secrets_and_keeps_them(afterwhy: Afterwhy, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Outage\n\nThe password: Zx9!kQ2#v was used.\n", "utf-8")
    result = afterwhy("import", tmp_path, "--json")
    (entry,) = result.json["imported"]
    assert any("1 password" in notice for notice in entry["notices"])
    assert "Zx9!kQ2#v" not in result.err
    assert "Zx9!kQ2#v" in afterwhy("show", entry["ref"]).out
