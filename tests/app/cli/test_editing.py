"""Writing a post-mortem in an editor, and texts that were left there."""

import os
import signal
import sys
from contextlib import closing
from pathlib import Path

import pytest

from app import bootstrap, settings
from app.cli import edited_texts
from models.queries import post_mortems
from tests.app.cli.conftest import (
    Afterwhy,
    finish,
    held_to_permissions,
    outage,
    read_only,
    start,
    stored,
)


def editor(folder: Path, body: str) -> str:
    """A command that edits a file as an author would."""
    script = folder / "editor.py"
    script.write_text(
        "import sys, pathlib\nfile = pathlib.Path(sys.argv[-1])\n"
        f"text = file.read_text(encoding='utf-8')\n{body}\n",
        encoding="utf-8",
    )
    return f'"{sys.executable}" "{script}"'


def write(expression: str) -> str:
    return f"file.write_text({expression}, encoding='utf-8')"


def kept_texts() -> list[Path]:
    """What lies in the state folder of texts that were in an editor."""
    return sorted(settings.state_folder().rglob("PM-*.md"))


def test_edit_saves_what_the_editor_left(
    afterwhy: Afterwhy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = stored(outage())
    monkeypatch.setenv("EDITOR", "false")
    monkeypatch.setenv("VISUAL", editor(tmp_path, write("text.replace('dry', 'empty')")))
    result = afterwhy("edit", ref, "--json")
    assert (result.code, result.json) == (0, {"ref": ref, "version": 2}), result.err
    assert "ran empty" in afterwhy("show", ref, "--json").json["summary"]


def test_edit_asks_the_questions_of_the_template_and_saves_none(
    afterwhy: Afterwhy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = afterwhy("new", "--title", "Saves failed", "--json").json["ref"]
    seen = tmp_path / "seen.md"
    table = "| Time | Event |\\n|---|---|\\n| 2026-11-19 14:02 UTC | Errors |\\n\\nA remark."
    change = write(f"text.replace('## Timeline', '## Timeline\\n\\n{table}')")
    keep = f"pathlib.Path({str(seen)!r}).write_text(text, encoding='utf-8')\n"
    monkeypatch.setenv("EDITOR", editor(tmp_path, keep + change))
    result = afterwhy("edit", ref, "--json")
    assert (result.code, result.json) == (0, {"ref": ref, "version": 2}), result.err
    assert "“A remark.” is no entry of “Timeline”." in result.err
    assert "<!-- afterwhy: What stopped it? -->" in seen.read_text(encoding="utf-8")
    assert "<!-- afterwhy:" not in afterwhy("show", ref).out
    shown = afterwhy("show", ref, "--json").json
    assert [event["text"] for event in shown["incidents"][0]["timeline"]] == ["Errors"]
    assert {"heading": "Timeline", "markdown": "A remark."}.items() <= shown["sections"][0].items()


def test_edit_without_a_change_saves_nothing(
    afterwhy: Afterwhy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = stored(outage())
    monkeypatch.setenv("EDITOR", editor(tmp_path, "pass"))
    result = afterwhy("edit", ref)
    assert result.code == 0
    assert "Nothing was changed" in result.err
    assert len(afterwhy("history", ref, "--json").json["revisions"]) == 1


def test_edit_keeps_a_text_that_cannot_be_read(
    afterwhy: Afterwhy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = stored(outage())
    monkeypatch.setenv("EDITOR", editor(tmp_path, write("'hours of work'")))
    result = afterwhy("edit", ref, "--json")
    assert result.code == 1
    (kept,) = kept_texts()
    assert str(kept) in result.json["error"]["kept"]
    assert f"apply {ref} {kept}" in result.json["error"]["advice"]
    assert kept.read_text(encoding="utf-8") == "hours of work"


def test_edit_is_joined_with_what_others_saved_meanwhile(
    afterwhy: Afterwhy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = stored(outage())
    meanwhile = (
        "import subprocess\nsubprocess.run([sys.executable, '-m', 'app', 'set', "
        f"{ref!r}, '--add-tag', 'meanwhile'], check=True)\n"
    )
    change = write("text.replace('dry', 'empty')")
    monkeypatch.setenv("EDITOR", editor(tmp_path, meanwhile + change))
    result = finish(start("edit", ref))
    assert result.code == 0, result.err
    assert "was changed by others meanwhile" in result.err
    assert not kept_texts()
    shown = afterwhy("show", ref, "--json").json
    assert "meanwhile" in shown["tags"]
    assert shown["summary"].endswith("ran empty.")


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("/no/such/editor", "cannot be started"),
        ('"unbalanced', "cannot be started"),
        (f'"{sys.executable}" -c "raise SystemExit(7)"', "code 7"),
    ],
)
def test_an_editor_that_fails_is_a_sentence(
    afterwhy: Afterwhy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, said: str
) -> None:
    if os.name == "nt":
        pytest.skip("quoting differs")
    ref = stored(outage())
    monkeypatch.setenv("EDITOR", command)
    result = afterwhy("edit", ref)
    assert result.code == 1
    assert said in result.err
    assert "Errno" not in result.err
    assert not kept_texts()


def test_an_editor_that_removes_its_file_is_a_sentence(
    afterwhy: Afterwhy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = stored(outage())
    monkeypatch.setenv("EDITOR", editor(tmp_path, "file.unlink()"))
    result = afterwhy("edit", ref)
    assert result.code == 1
    assert "removed the file" in result.err


def test_a_read_only_library_is_told_before_the_editor_opens(
    afterwhy: Afterwhy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = stored(outage())
    seen = tmp_path / "opened"
    monkeypatch.setenv("EDITOR", editor(tmp_path, f"pathlib.Path({str(seen)!r}).touch()"))
    with read_only(settings.library_folder()):
        result = held_to_permissions("edit", ref)
    assert result.code == 1
    assert "read-only" in result.err
    assert not seen.exists()
    assert not kept_texts()


@pytest.mark.skipif(os.name == "nt", reason="there is no kill -9 on Windows")
def test_the_text_of_a_killed_edit_is_named_by_the_next_one(
    afterwhy: Afterwhy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = stored(outage())
    kill = f"import os\nos.kill(os.getppid(), {int(signal.SIGKILL)})"
    change = write("text.replace('dry', 'empty')")
    monkeypatch.setenv("EDITOR", editor(tmp_path, f"{change}\n{kill}"))
    assert finish(start("edit", ref)).code == -signal.SIGKILL
    (kept,) = kept_texts()
    monkeypatch.setenv("EDITOR", editor(tmp_path, "pass"))
    told = afterwhy("edit", ref)
    assert told.code == 0
    assert str(kept) in told.err
    assert f"afterwhy apply {ref}" in told.err
    assert afterwhy("apply", ref, kept).code == 0
    assert afterwhy("show", ref, "--json").json["summary"].endswith("ran empty.")
    assert not kept_texts(), "the library has its words"
    assert "not saved" not in afterwhy("edit", ref).err


def test_a_text_in_another_editor_is_not_taken_for_a_lost_one(
    afterwhy: Afterwhy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = stored(outage())
    with closing(bootstrap.open_workspace()) as workspace:
        found = post_mortems.document(workspace.library, ref)
        text = edited_texts.begin(workspace.library.id, found, "as it was given")
    text.file.write_text("hours of work", encoding="utf-8")
    monkeypatch.setenv("EDITOR", editor(tmp_path, "pass"))
    assert "not saved" not in afterwhy("edit", ref).err
    text.leave()
    assert str(text.file) in afterwhy("edit", ref).err


def test_edit_tells_that_the_post_mortem_went_to_the_trash(
    afterwhy: Afterwhy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = stored(outage())
    meanwhile = (
        "import subprocess\n"
        f"subprocess.run([sys.executable, '-m', 'app', 'delete', {ref!r}], check=True)\n"
    )
    change = write("text.replace('dry', 'empty')")
    monkeypatch.setenv("EDITOR", editor(tmp_path, meanwhile + change))
    result = afterwhy("edit", ref)
    assert result.code == 3
    assert "in the trash" in result.err
    assert f"afterwhy undelete {ref}" in result.err
    afterwhy("undelete", ref)
    assert afterwhy("show", ref, "--json").json["summary"].endswith("ran empty.")


def test_a_state_folder_that_is_none_is_told_before_the_editor_opens(
    afterwhy: Afterwhy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = stored(outage())
    (tmp_path / "state").write_text("a file")
    monkeypatch.setenv("AFTERWHY_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("EDITOR", editor(tmp_path, write("'lost'")))
    result = afterwhy("edit", ref)
    assert result.code == 1
    assert "AFTERWHY_STATE" in result.err
    assert "Errno" not in result.err


def test_without_a_terminal_no_editor_is_guessed(afterwhy: Afterwhy) -> None:
    if os.name == "nt":
        pytest.skip("Notepad needs no terminal")
    result = afterwhy("edit", stored(outage()))
    assert result.code == 1
    assert "EDITOR" in result.err
