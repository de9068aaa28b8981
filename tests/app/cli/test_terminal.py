"""What is different on a terminal: progress, a table's edge, a second try in the editor."""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from app import bootstrap, settings
from app.cli import edited_texts
from integrations.markdown.form import to_editor_text
from models.queries import post_mortems
from tests.app.cli.conftest import ROOT, Afterwhy, outage, stored

pty = pytest.importorskip("pty", reason="there are no pseudo-terminals here")


@pytest.fixture(autouse=True)
def _named() -> None:
    settings.save(author_asked="yes")


def in_terminal(
    *arguments: object, typed: str = "", after: str = "", **environment: str
) -> tuple[int, str]:
    """Runs a command on a terminal 60 columns wide; its exit code and all it showed.

    Something is typed as soon as ``after`` is shown.
    """
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "app", *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | {"COLUMNS": "60", "TERM": "xterm"} | environment,
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
    )
    os.close(slave)
    shown = b""
    while True:
        if typed and after.encode() in shown:
            os.write(master, typed.encode())
            typed = ""
        try:
            piece = os.read(master, 4096)
        except OSError:  # Linux says so when the other end is closed
            piece = b""
        if not piece:
            break
        shown += piece
    os.close(master)
    return process.wait(50), shown.decode()


def test_long_work_shows_progress_on_a_terminal_only(afterwhy: Afterwhy, tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.md").write_text(f"# Failure {number}\n\nIt broke.", encoding="utf-8")
    code, shown = in_terminal("import", tmp_path)
    assert code == 0
    assert "Importing" in shown
    assert "100%" in shown
    plain = afterwhy("import", tmp_path)
    assert plain.err == ""


def test_a_table_ends_at_the_edge_of_the_terminal() -> None:
    title = "A title that is longer than what is left of a line of sixty columns, by far"
    stored(outage(title))
    code, shown = in_terminal("list")
    assert code == 0
    assert title[:35] in shown
    assert max(map(len, shown.splitlines())) == 60
    assert shown.rstrip().endswith("…")


def test_a_text_that_cannot_be_read_can_be_mended_at_once(
    afterwhy: Afterwhy, tmp_path: Path
) -> None:
    ref = stored(outage())
    script = tmp_path / "editor.py"
    script.write_text(
        "import pathlib, sys\n"
        "file = pathlib.Path(sys.argv[1])\n"
        "text = file.read_text(encoding='utf-8')\n"
        "kept = pathlib.Path(sys.argv[0]).with_name('kept')\n"
        "if kept.exists():\n"
        "    text = kept.read_text(encoding='utf-8').replace('ran dry', 'ran empty')\n"
        "else:\n"
        "    kept.write_text(text, encoding='utf-8')\n"
        "    text = 'no front matter'\n"
        "file.write_text(text, encoding='utf-8')\n",
        encoding="utf-8",
    )
    code, shown = in_terminal("edit", ref, typed="y\n", EDITOR=f"{sys.executable} {script}")
    assert code == 0, shown
    assert "Open the editor again?" in shown
    assert "ran empty" in afterwhy("show", ref, "--json").json["summary"]
    assert not list(settings.state_folder().rglob("PM-*.md"))


def test_an_edit_goes_on_with_the_text_that_was_not_saved(afterwhy: Afterwhy) -> None:
    ref = stored(outage())
    with closing(bootstrap.open_workspace()) as workspace:
        found = post_mortems.document(workspace.library, ref)
        given = to_editor_text(found, None)
        left = edited_texts.begin(workspace.library.id, found, given)
    left.file.write_text(given.replace("ran dry", "ran empty"), encoding="utf-8")
    left.leave()
    afterwhy("set", ref, "--add-tag", "meanwhile")
    nothing = f'{sys.executable} -c ""'
    code, shown = in_terminal("edit", ref, typed="n\n", EDITOR=nothing)
    assert (code, "Go on with it?" in shown, "It stays there" in shown) == (0, True, True)
    code, shown = in_terminal("edit", ref, typed="y\n", EDITOR=nothing)
    assert code == 0, shown
    after = afterwhy("show", ref, "--json").json
    assert "ran empty" in after["summary"]
    assert "meanwhile" in after["tags"]
    assert not left.file.exists()


def test_ctrl_c_in_the_editor_is_the_editors(afterwhy: Afterwhy, tmp_path: Path) -> None:
    ref = stored(outage())
    script = tmp_path / "editor.py"
    script.write_text(
        "import os, pathlib, signal, sys, time\n"
        "signal.signal(signal.SIGINT, lambda *_: None)\n"
        "os.killpg(os.getpgrp(), signal.SIGINT)\n"
        "time.sleep(0.2)\n"
        "os.killpg(os.getpgrp(), signal.SIGINT)\n"
        "file = pathlib.Path(sys.argv[1])\n"
        "text = file.read_text(encoding='utf-8').replace('ran dry', 'ran empty')\n"
        "file.write_text(text, encoding='utf-8')\n",
        encoding="utf-8",
    )
    code, shown = in_terminal("edit", ref, EDITOR=f"{sys.executable} {script}")
    assert code == 0, shown
    assert "ran empty" in afterwhy("show", ref, "--json").json["summary"]


@pytest.mark.parametrize("command", [["list"], ["action", "list"]])
def test_at_eighty_columns_the_title_has_the_room(command: list[str]) -> None:
    title = "Retries without a limit held every connection"
    action = {"title": title, "team": "payments platform", "owner": "an owner with a long name"}
    services = ["checkout-frontend", "payments-gateway", "ledger"]
    stored(outage(title, actions=[action], incidents=[{"services": services}]))
    _, shown = in_terminal(*command, COLUMNS="80")
    assert title[:38] in shown
    assert max(map(len, shown.splitlines())) <= 80
    assert "payments" in in_terminal(*command, COLUMNS="200")[1]


def test_the_authors_name_is_asked_once(afterwhy: Afterwhy) -> None:
    settings.save(author_asked="")
    _, shown = in_terminal("new", "--title", "One", typed="Robin Example\n")
    assert "Your name" in shown
    assert afterwhy("author", "--json").json["name"] == "Robin Example"
    assert "Your name" not in in_terminal("new", "--title", "Two")[1]
    assert afterwhy("show", "PM-2026-001", "--json").json["authors"] == ["Robin Example"]


def test_the_question_for_the_name_can_be_skipped_for_good(afterwhy: Afterwhy) -> None:
    settings.save(author_asked="")
    assert "Your name" not in in_terminal("list")[1]
    code, shown = in_terminal("new", "--title", "One", typed="\n")
    assert (code, "Your name" in shown) == (0, True)
    assert "Your name" not in in_terminal("new", "--title", "Two")[1]
    assert afterwhy("author", "--json").json["name"] == ""
