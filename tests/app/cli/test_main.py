"""Finding a command, and how it fails."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app import bootstrap, settings
from app.cli.main import COMMANDS, cli, run
from tests.app.cli.conftest import ROOT, Afterwhy, finish, start

HEAVY = (
    *("PySide6", "qtawesome", "whoosh", "sqlalchemy", "alembic", "markdown_it", "bs4"),
    *("jira", "requests", "keyring"),
)


def loaded_by(*arguments: str) -> set[str]:
    """The heavy packages that a command loads."""
    code = (
        "import sys; from app.cli.main import run; code = run(sys.argv[1:]);"
        f"print(*[m for m in {HEAVY!r} if m in sys.modules]); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.splitlines()[-1].split())


def test_help_loads_nothing_heavy() -> None:
    assert loaded_by("--help") == set()


@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [
        (["author"], set()),
        (["list"], {"sqlalchemy"}),
        (["trash"], {"sqlalchemy"}),
        (["jira", "status"], {"sqlalchemy"}),
        (["new", "--title", "x"], {"sqlalchemy", "whoosh"}),
        (["search", "x"], {"sqlalchemy", "whoosh"}),
    ],
)
def test_a_command_loads_what_it_needs_and_never_qt(
    arguments: list[str], allowed: set[str]
) -> None:
    assert loaded_by(*arguments) <= allowed


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_can_be_found_and_has_help(afterwhy: Afterwhy, name: str) -> None:
    result = afterwhy(name, "--help")
    assert result.code == 0
    assert "--json" in result.out


def test_every_command_takes_json_also_inside_groups() -> None:
    import click

    def options(command: click.Command) -> set[str]:
        return {o for p in command.params for o in p.opts}

    context = click.Context(cli)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        inner = command.commands.values() if isinstance(command, click.Group) else ()
        for each in (command, *inner):
            assert "--json" in options(each), f"{name} {each.name}"


def test_json_may_stand_before_the_command(afterwhy: Afterwhy) -> None:
    assert afterwhy("--json", "list").json == {"total": 0, "post_mortems": [], "notices": []}


def test_usage_errors_exit_2_with_one_json_document(afterwhy: Afterwhy) -> None:
    result = afterwhy("new", "--json")
    assert result.code == 2
    assert "--title" in result.json["error"]["message"]
    assert "Usage: afterwhy new" in result.err
    assert afterwhy("no-such-command").code == 2


def test_known_errors_exit_1_with_a_sentence(afterwhy: Afterwhy) -> None:
    afterwhy("init")
    plain = afterwhy("show", "PM-2031-999")
    assert (plain.code, plain.out) == (1, "")
    assert plain.err == (
        "There is no post-mortem 'PM-2031-999' in this library. List them with: afterwhy list\n"
    )
    told = afterwhy("show", "PM-2031-999", "--json")
    assert told.code == 1
    assert told.json["error"] == {
        "message": "There is no post-mortem 'PM-2031-999' in this library.",
        "kept": "",
        "advice": "List them with: afterwhy list",
    }
    assert told.err == plain.err


def test_what_nobody_expected_is_logged_and_told_without_a_traceback(
    afterwhy: Afterwhy, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_arguments: object) -> None:
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr(bootstrap, "open_workspace", fails)
    result = afterwhy("init", "--json", crashes=True)
    log = next(home.rglob("afterwhy.log"))
    assert result.code == 1
    assert str(log) in result.json["error"]["advice"]
    assert "Traceback" not in result.err + result.out
    assert "a fault of ours" in log.read_text(encoding="utf-8")


def test_a_log_that_cannot_be_written_is_said(
    afterwhy: Afterwhy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_arguments: object) -> None:
        raise ZeroDivisionError

    (tmp_path / "file").touch()
    monkeypatch.setenv("AFTERWHY_STATE", str(tmp_path / "file" / "state"))
    monkeypatch.setattr(bootstrap, "open_workspace", fails)
    result = afterwhy("init")
    assert result.code == 1
    assert "could not be written down" in result.err


def test_the_library_option_wins_over_the_environment(
    afterwhy: Afterwhy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AFTERWHY_LIBRARY", str(tmp_path / "environment"))
    afterwhy("init")
    afterwhy("--library", tmp_path / "option", "new", "--title", "Here")
    assert afterwhy("list", "--json").json["total"] == 0
    assert afterwhy("--library", tmp_path / "option", "list", "--json").json["total"] == 1


def test_a_clock_that_is_no_time_is_a_known_error(
    afterwhy: Afterwhy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AFTERWHY_NOW", "yesterday")
    result = afterwhy("list")
    assert result.code == 1
    assert "AFTERWHY_NOW" in result.err


def test_the_module_is_the_command_line() -> None:
    made = finish(start("new", "--title", "From a process", "--json"))
    assert (made.code, made.json) == (0, {"ref": "PM-2026-001"})
    assert run(["show", "PM-2026-001", "--json"]) == 0


def test_json_on_stdout_is_exactly_one_document(afterwhy: Afterwhy) -> None:
    afterwhy("new", "--title", "One")
    for words in (["list"], ["trash"], ["search", "one"], ["action", "list"], ["index", "status"]):
        result = afterwhy(*words, "--json")
        assert json.loads(result.out), words
        assert result.err == "", words


@pytest.mark.skipif(os.name == "nt", reason="arguments are Unicode on Windows")
@pytest.mark.parametrize("words", [["show"], ["new", "--title"], ["action", "show"]])
def test_arguments_that_are_not_utf_8_are_a_sentence(words: list[str]) -> None:
    result = finish(start(*words, os.fsdecode(b"caf\xe9")))
    assert result.code == 1
    assert "unexpected" not in result.err
    assert result.err.strip()


@pytest.mark.skipif(os.name == "nt", reason="arguments are Unicode on Windows")
def test_a_query_that_is_not_utf_8_finds_nothing() -> None:
    result = finish(start("search", os.fsdecode(b"caf\xe9"), "--json"))
    assert (result.code, result.json["total"]) == (0, 0)


UNKNOWN = (
    "show PM-1",
    "apply PM-1 none.md",
    "edit PM-1",
    "similar PM-1",
    "relate PM-1 related PM-2",
    "set PM-1 --severity SEV1",
    "rename tag a b",
    "history PM-1",
    "restore PM-1 1",
    "delete PM-1",
    "undelete PM-1",
    "export PM-1 --to out",
    "import none.md",
    "action add PM-1 --title x",
    "action show A-1",
    "action set A-1 state=done",
)


@pytest.mark.parametrize("command", UNKNOWN)
def test_what_is_not_there_is_one_json_document_and_a_sentence(
    afterwhy: Afterwhy, command: str
) -> None:
    afterwhy("init")
    result = afterwhy(*command.split(), "--json")
    assert result.code == 1
    assert isinstance(result.json, dict)
    assert result.err.count("\n") == 1


READING = (
    *("list", "search x", "show PM-1", "similar PM-1", "history PM-1", "trash"),
    *("export --all --to out", "index status", "action list", "action show A-1"),
    *("delete PM-1", "set PM-1 --add-tag x", "action set A-1 state=done", "samples remove"),
)


@pytest.mark.parametrize("command", READING)
def test_a_mistyped_library_is_refused_and_not_made(
    afterwhy: Afterwhy, tmp_path: Path, command: str
) -> None:
    folder = tmp_path / "typo"
    result = afterwhy("--library", folder, *command.split(), "--json")
    assert result.code == 1
    assert f"There is no library in {folder}" in result.json["error"]["message"]
    assert "init" in result.json["error"]["advice"]
    assert not folder.exists()


def test_before_the_first_use_the_default_library_is_empty_and_stays_unmade(
    afterwhy: Afterwhy,
) -> None:
    for words in (["list"], ["search", "x"], ["index", "status"], ["action", "list"]):
        result = afterwhy(*words)
        assert result.code == 0, words
        assert "afterwhy init" in result.err, words
    assert not settings.default_library().exists()
    assert not settings.cache_folder().exists()


@pytest.mark.parametrize("arguments", [["--library", "", "list"], ["--library="]])
def test_a_library_without_a_name_is_refused(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    done = subprocess.run(
        [sys.executable, "-m", "app", *arguments],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2, done
    assert "--library" in done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("command", ["search", "list", "action list"])
def test_a_mistyped_option_is_no_query(afterwhy: Afterwhy, command: str) -> None:
    afterwhy("init")
    for wrong in ("--limti", "--limti=3", "--bogus"):
        result = afterwhy(*command.split(), "retry", wrong, "3", "--json")
        assert result.code == 2, wrong
        assert wrong.partition("=")[0] in result.json["error"]["message"]
    assert "--limit" in afterwhy(*command.split(), "x", "--limti", "3").err
    assert afterwhy(*command.split(), "--", "--retry").code == 0


def test_ctrl_c_while_modules_load_is_a_word_and_no_traceback() -> None:
    code = (
        "import builtins, sys\n"
        "load = builtins.__import__\n"
        "def stopped(name, *rest):\n"
        "    if name == 'app.cli.main':\n"
        "        raise KeyboardInterrupt\n"
        "    return load(name, *rest)\n"
        "builtins.__import__ = stopped\n"
        "sys.argv = ['afterwhy', 'list']\n"
        "from app.__main__ import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "Stopped.\n")


@pytest.mark.parametrize("kind", ["CACHE", "CONFIG", "STATE", "LIBRARY"])
def test_a_tilde_is_the_home_folder(monkeypatch: pytest.MonkeyPatch, home: Path, kind: str) -> None:
    monkeypatch.setenv(f"AFTERWHY_{kind}", "~/own")
    folder = getattr(settings, f"{kind.lower()}_folder")()
    assert folder == home / "own"


def test_an_option_is_no_library() -> None:
    done = finish(start("--library", "--json"))
    assert (done.code, done.json["error"]["kept"]) == (2, "Nothing was done.")
