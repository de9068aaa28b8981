"""A template of a team's own on the command line."""

from pathlib import Path

import pytest

from tests.app.cli.conftest import Afterwhy


def test_one_that_has_a_fault_is_named_and_works_when_it_is_mended(
    afterwhy: Afterwhy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AFTERWHY_CONFIG", str(tmp_path))
    (tmp_path / "templates").mkdir()
    file = tmp_path / "templates" / "own.toml"
    text = 'id = "own"\nname = "Own"\n[[sections]]\nplace = "{}"\nheading = "Short"\n'
    file.write_text(text.format("sumary"))
    refused = afterwhy("new", "--title", "T", "--template", "own")
    assert refused.code == 1
    assert f"{file}, line 4: sections[0].place: 'sumary' is not one of" in refused.err
    ref = afterwhy("new", "--title", "T", "--json").json["ref"]
    for command in (["list"], ["status", ref]):
        said = afterwhy(*command).err
        assert f"A file of your own is left out: {file}, line 4" in said
        assert "Nothing was changed" not in said
    file.write_text('id = "own\n')
    assert f"{file}, line 1: a quotation mark is not closed." in afterwhy("list").err

    file.write_text(text.format("summary"))
    ref = afterwhy("new", "--title", "T", "--template", "own", "--json").json["ref"]
    assert afterwhy("show", ref, "--json").json["template"] == "own"
