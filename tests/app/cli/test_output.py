"""What commands print, whatever the terminal can show."""

import json
import os
import subprocess
import sys

import pytest

from app.cli import output
from tests.app.cli.conftest import ROOT, Afterwhy, finish, outage, start, stored


def test_columns_line_up_for_wide_and_combining_characters() -> None:
    lines = output.table(("A", "B"), [("停電", "x"), ("e\u0301", "y"), ("plain", "z")]).splitlines()
    assert lines == ["A      B", "停電   x", "e\u0301      y", "plain  z"]


def test_a_cell_stays_on_one_line_without_control_characters() -> None:
    assert output.table(("A",), [("one\ntwo\x1b[31m",)]).splitlines()[1] == "one two�[31m"


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8"])
def test_any_encoding_can_print_everything(afterwhy: Afterwhy, encoding: str) -> None:
    title = "Zürich ☃ 停電 \U0001f525"
    afterwhy("new", "--title", title)
    listed = start("list", PYTHONIOENCODING=encoding)
    assert finish(listed).code == 0
    shown = start("list", "--json", PYTHONIOENCODING=encoding)
    out, err = shown.communicate(timeout=50)
    assert (shown.returncode, err) == (0, "")
    raw = out.encode("utf-8", "surrogateescape")
    assert json.loads(raw.decode(encoding))["post_mortems"][0]["title"] == title


@pytest.mark.skipif(os.name == "nt", reason="a pipe's end is noticed otherwise on Windows")
def test_a_closed_pipe_is_silent() -> None:
    for number in range(60):
        stored(outage(f"Failure {number} " + "long " * 400))
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "list"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline().startswith(b"REF")
    process.stdout.close()
    error = process.stderr.read()
    process.stderr.close()
    assert (process.wait(50), error) == (0, b"")


def test_a_terminal_gets_no_control_characters(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    output.print_text("red \x1b[31m\r\nnext\tcolumn")
    assert capsys.readouterr().out == "red �[31m\nnext\tcolumn\n"
