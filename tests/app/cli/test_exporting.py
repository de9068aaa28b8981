"""Exporting on the command line, and the way back."""

import json
import os
import signal
import time
from pathlib import Path

import pytest

from models import document
from tests.app.cli.conftest import Afterwhy, finish, outage, start, stored


@pytest.mark.parametrize("form", ["md", "json"])
def test_what_is_exported_imports_back_to_the_same(
    afterwhy: Afterwhy, tmp_path: Path, form: str
) -> None:
    refs = [stored(outage(actions=[{"title": "Limit retries"}])), stored(outage("Second"))]
    result = afterwhy("export", "--all", "--format", form, "--to", tmp_path / "out", "--json")
    assert result.code == 0, result.err
    assert [e["ref"] for e in result.json["exported"]] == refs
    assert all(Path(e["path"]).suffix == f".{form}" for e in result.json["exported"])
    other = tmp_path / "other"
    back = afterwhy("--library", other, "import", tmp_path / "out", "--json")
    assert [e["ref"] for e in back.json["imported"]] == refs
    for ref in refs:
        mine, theirs = (
            document.from_json(afterwhy(*where, "show", ref, "--json").json)
            for where in ([], ["--library", other])
        )
        assert document.same_content(mine, theirs)
    again = afterwhy("import", tmp_path / "out", "--json")
    assert [len(again.json[k]) for k in ("imported", "duplicates", "conflicts")] == [0, 2, 0]


def test_one_post_mortem_goes_into_a_file(afterwhy: Afterwhy, tmp_path: Path) -> None:
    ref = stored(outage("Shops <script>alert(1)</script>"))
    page = tmp_path / "page.html"
    result = afterwhy("export", ref, "--format", "html", "--to", page)
    assert (result.code, result.out) == (0, f"{page}\n")
    html = page.read_text(encoding="utf-8")
    assert "<script" not in html
    assert afterwhy("show", ref, "--format", "html").out.strip() == html.strip()
    form = json.loads(afterwhy("show", ref, "--json").out)
    afterwhy("export", ref, "--format", "json", "--to", tmp_path)
    assert json.loads(next(tmp_path.glob("*.json")).read_text(encoding="utf-8")) == form


@pytest.mark.parametrize(("form", "begins"), [("pdf", b"%PDF-"), ("docx", b"PK")])
def test_a_file_for_paper_is_written_and_replaced(
    afterwhy: Afterwhy, tmp_path: Path, form: str, begins: bytes
) -> None:
    ref = stored(outage())
    for _ in range(2):
        result = afterwhy("export", ref, "--format", form, "--to", tmp_path)
        assert result.code == 0, result.err
    (file,) = tmp_path.glob(f"*.{form}")
    assert file.read_bytes().startswith(begins)


def test_a_redacted_file_has_its_own_name_and_says_what_it_leaves_out(
    afterwhy: Afterwhy, tmp_path: Path
) -> None:
    summary = "Thandiwe Nkosi saw https://wiki.corp.example/1 and https://status.example/2."
    ref = stored(outage(summary=summary, authors=["Thandiwe Nkosi"]))
    call = ("export", ref, "--format", "html", "--to", tmp_path)
    result = afterwhy(
        *call, "--redacted", "--public-host", "status.example", "--section", "summary"
    )
    assert result.code == 0, result.err
    (file,) = tmp_path.iterdir()
    page = file.read_text("utf-8")
    assert file.name.endswith("-external.html")
    assert "An author saw [link] and" in page
    assert "https://status.example/2" in page
    assert "What this version leaves out" in page
    assert "5 Whys:" not in page
    assert afterwhy(*call, "--section", "whys").code == 0
    assert len([*tmp_path.iterdir()]) == 2


def test_a_section_is_known_by_its_heading_too(afterwhy: Afterwhy, tmp_path: Path) -> None:
    ref = stored(outage(contributing_factors="The limit was old."))
    for name in ("contributing factors", "Contributing Factors", "factors"):
        to = tmp_path / f"{name}.md"
        result = afterwhy("export", ref, "--to", to, "--section", name)
        assert result.code == 0, result.err
        text = to.read_text("utf-8")
        assert "The limit was old." in text
        assert "ran dry" not in text
    assert "'whys'" in afterwhy("export", ref, "--to", tmp_path, "--section", "nothing").err


def test_what_is_not_there_does_not_stop_the_others(afterwhy: Afterwhy, tmp_path: Path) -> None:
    ref = stored(outage())
    result = afterwhy("export", ref, "PM-2031-999", "--to", tmp_path, "--json")
    assert result.code == 3
    assert [e["ref"] for e in result.json["exported"]] == [ref]
    assert [e["ref"] for e in result.json["failed"]] == ["PM-2031-999"]
    assert "PM-2031-999" in result.err
    alone = afterwhy("export", "PM-2031-999", "--to", tmp_path)
    assert (alone.code, alone.out) == (1, "")


def test_usage(afterwhy: Afterwhy, tmp_path: Path) -> None:
    assert afterwhy("export", "--to", tmp_path).code == 2
    assert afterwhy("export", "PM-2026-001", "--all", "--to", tmp_path).code == 2
    assert afterwhy("export", "--all").code == 2
    assert afterwhy("export", "--all", "--format", "rtf", "--to", tmp_path).code == 2


def test_a_place_that_cannot_be_written_is_a_sentence(afterwhy: Afterwhy, tmp_path: Path) -> None:
    ref = stored(outage())
    (tmp_path / "file").touch()
    for arguments in ([ref], ["--all"], [ref, "PM-2031-999"]):
        result = afterwhy("export", *arguments, "--to", tmp_path / "file" / "out")
        assert result.code == 1, arguments
        assert str(tmp_path / "file") in result.err


@pytest.mark.skipif(os.name == "nt", reason="a signal to one process only")
def test_ctrl_c_stops_between_two_files(afterwhy: Afterwhy, tmp_path: Path) -> None:
    stored(*(outage(f"Failure {number}") for number in range(150)))
    out = tmp_path / "out"
    process = start("export", "--all", "--to", out, "--json")
    while process.poll() is None and not list(out.glob("*.md")):
        time.sleep(0.005)
    process.send_signal(signal.SIGINT)
    result = finish(process)
    assert result.code == 3, result.err
    written = sorted(Path(e["path"]).name for e in result.json["exported"])
    assert 0 < len(written) < 150
    assert written == sorted(path.name for path in out.iterdir())


def test_a_place_without_a_name_is_refused(afterwhy: Afterwhy, tmp_path: Path) -> None:
    result = afterwhy("export", stored(outage()), "--to", "", "--json")
    assert result.code == 2
    assert "it needs a folder or a file" in result.json["error"]["message"]
