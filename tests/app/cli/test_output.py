"""What commands print, whatever the terminal can show."""

import json
import os
import subprocess
import sys
from pathlib import Path

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
    stored(*(outage(f"Failure {number} " + "long " * 400) for number in range(60)))
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


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_an_answer_that_cannot_be_written_is_told(afterwhy: Afterwhy) -> None:
    afterwhy("init")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "app", "list", "--json"],
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.startswith("The answer cannot be written")
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="the shell of POSIX closes streams")
@pytest.mark.parametrize("closed", ["0<&-", "1>&-", "2>&-", "0<&- 1>&- 2>&-"])
def test_streams_may_be_closed(afterwhy: Afterwhy, closed: str) -> None:
    command = f'"{sys.executable}" -m app new --title Silent {closed}'
    done = subprocess.run(["/bin/sh", "-c", command], cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert afterwhy("list", "--json").json["total"] == 1
    assert subprocess.run(
        ["/bin/sh", "-c", f'"{sys.executable}" -m app similar - 0<&-'], cwd=ROOT, check=False,
        capture_output=True,
    ).returncode == 1  # fmt: skip
