"""Applying and editing the text of a post-mortem."""

import json
import os
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from app import bootstrap
from app.cli import text_input
from models import document
from models.commands import post_mortems as commands
from models.queries import post_mortems
from tests.app.cli.conftest import Afterwhy, finish, outage, start, stored


def test_markdown_goes_out_and_comes_back_changed(afterwhy: Afterwhy, tmp_path: Path) -> None:
    ref = stored(outage(actions=[{"title": "Limit retries"}]))
    before = afterwhy("show", ref, "--json").json
    text = afterwhy("show", ref).out
    file = tmp_path / "text.md"
    file.write_text(text.replace("ran dry", "ran *empty*"), encoding="utf-8")
    result = afterwhy("apply", ref, file, "--json")
    assert (result.code, result.json) == (0, {"ref": ref, "version": 2}), result.err
    after = afterwhy("show", ref, "--json").json
    assert after["summary"] == "The **connection pool** of checkout ran *empty*."
    assert after["whys"][0]["nodes"][0]["id"] == before["whys"][0]["nodes"][0]["id"]
    assert after["actions"] == before["actions"]


def test_the_same_text_makes_no_version(afterwhy: Afterwhy) -> None:
    ref = stored(outage())
    for arguments in (["show", ref], ["show", ref, "--json"]):
        text = afterwhy(*arguments).out
        assert afterwhy("apply", ref, "-", "--json", stdin=text).json == {"ref": ref, "version": 1}


def test_json_replaces_what_it_mentions(afterwhy: Afterwhy) -> None:
    ref = stored(outage(status="In review", actions=[{"title": "Limit retries"}]))
    afterwhy("apply", ref, "-", stdin=json.dumps({"title": "New", "tags": []}))
    shown = afterwhy("show", ref, "--json").json
    assert (shown["title"], shown["tags"], shown["status"]) == ("New", [], "In review")
    assert len(shown["actions"]) == 1


FORMS = {"json": ["--json"], "md": []}


@pytest.mark.parametrize("form", FORMS)
def test_a_text_of_an_older_version_is_joined_with_what_others_wrote(
    afterwhy: Afterwhy, form: str
) -> None:
    ref = stored(outage())
    old = afterwhy("show", ref, *FORMS[form]).out
    afterwhy("set", ref, "--add-tag", "meanwhile")
    result = afterwhy("apply", ref, "-", "--json", stdin=old.replace("ran dry", "ran empty"))
    assert (result.code, result.json) == (0, {"ref": ref, "version": 3}), result.err
    shown = afterwhy("show", ref, "--json").json
    assert shown["tags"] == ["capacity", "meanwhile"]
    assert shown["summary"].endswith("ran empty.")


@pytest.mark.parametrize("form", FORMS)
def test_of_words_that_both_changed_neither_is_lost(afterwhy: Afterwhy, form: str) -> None:
    ref = stored(outage())
    old = afterwhy("show", ref, *FORMS[form]).out
    afterwhy("apply", ref, "-", stdin=old.replace("ran dry", "was used up"))
    result = afterwhy("apply", ref, "-", stdin=old.replace("ran dry", "ran empty"))
    assert result.code == 3
    assert "Yours stands; theirs is in a comment there" in result.err
    shown = afterwhy("show", ref, "--json").json
    assert shown["summary"].endswith("ran empty.")
    assert "was used up" in shown["comments"][0]["text"]


def test_a_text_whose_version_is_not_kept_is_refused_and_kept(afterwhy: Afterwhy) -> None:
    ref = stored(outage())
    with closing(bootstrap.open_workspace()) as workspace:
        for summary in ("once", "twice"):
            found = post_mortems.document(workspace.library, ref)
            mortem = replace(found.post_mortem, summary=summary)
            commands.save(workspace.library, mortem, found.version, workspace.actor, coalesce=True)
    text = afterwhy("show", ref).out.replace("version: 3\n", "version: 2\n")
    result = afterwhy("apply", ref, "-", "--json", stdin=text.replace("twice", "mine"))
    assert result.code == 1
    assert "changed since it was read" in result.json["error"]["message"]
    assert afterwhy("show", ref, "--json").json["summary"] == "twice"
    kinds = [r["kind"] for r in afterwhy("history", ref, "--json").json["revisions"]]
    assert kinds[0] == "conflict"


def test_a_text_of_another_post_mortem_is_refused(afterwhy: Afterwhy) -> None:
    first, second = stored(outage()), stored(outage("Second"))
    for arguments in (["show", first], ["show", first, "--json"]):
        result = afterwhy("apply", second, "-", stdin=afterwhy(*arguments).out)
        assert result.code == 1
        assert "another post-mortem" in result.err


def test_what_show_prints_as_json_is_the_document(afterwhy: Afterwhy) -> None:
    data = afterwhy("show", stored(outage()), "--json").json
    assert document.to_json(document.from_json(data)) == data


BAD = {
    "binary": (b"\x89PNG\r\n\x1a\n\xff\xfe", "not text in UTF-8"),
    "zeros": (b"---\nafterwhy: 1\n---\n\0", "zero bytes"),
    "empty": (b"", "is empty"),
    "broken front matter": (b"---\nafterwhy: [1\n---\n# x\n", ""),
    "no front matter": (b"# Just a heading\n", "front matter"),
    "half JSON": (b'{"title": "x', "not JSON"),
    "deep JSON": (b'{"title": ' + b"[" * 100_000, ""),
    "wrong field": (b'{"colour": "red"}', "colour"),
    "wrong type": (b'{"title": 7}', "title"),
    "unknown time": (b'{"review_due": "soon"}', "review_due"),
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_input_is_a_sentence_and_changes_nothing(
    afterwhy: Afterwhy, tmp_path: Path, kind: str
) -> None:
    ref = stored(outage())
    before = afterwhy("show", ref, "--json").json
    content, said = BAD[kind]
    file = tmp_path / "bad"
    file.write_bytes(content)
    for arguments, stdin in ((["apply", ref, file], b""), (["apply", ref, "-"], content)):
        result = afterwhy(*arguments, stdin=stdin)
        assert result.code == 1
        assert said in result.err
        assert "unexpected" not in result.err
        assert "Traceback" not in result.err
    assert afterwhy("show", ref, "--json").json == before


def test_a_huge_file_is_refused_without_being_read(afterwhy: Afterwhy, tmp_path: Path) -> None:
    ref = stored(outage())
    file = tmp_path / "huge.md"
    with file.open("wb") as out:
        out.truncate(text_input.LARGEST * 3)
    result = afterwhy("apply", ref, file)
    assert result.code == 1
    assert "larger than" in result.err


def test_a_missing_file_and_a_folder_are_sentences(afterwhy: Afterwhy, tmp_path: Path) -> None:
    ref = stored(outage())
    for path in (tmp_path / "none.md", tmp_path):
        result = afterwhy("apply", ref, path)
        assert result.code == 1
        assert str(path) in result.err


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
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("EDITOR", editor(tmp_path, write("'hours of work'")))
    result = afterwhy("edit", ref, "--json")
    assert result.code == 1
    kept = next(tmp_path.glob("PM-*.md"))
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
    result = finish(start("edit", ref, TMPDIR=str(tmp_path)))
    assert result.code == 0, result.err
    assert not list(tmp_path.glob("PM-*.md"))
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
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("EDITOR", command)
    result = afterwhy("edit", ref)
    assert result.code == 1
    assert said in result.err
    assert not list(tmp_path.glob("PM-*.md"))


@pytest.mark.parametrize("form", FORMS)
def test_an_older_text_takes_no_action_from_others(afterwhy: Afterwhy, form: str) -> None:
    ref = stored(outage(actions=[{"title": "Limit retries"}]))
    old = afterwhy("show", ref, *FORMS[form]).out
    afterwhy("action", "add", ref, "--title", "Alert on the pool")
    result = afterwhy("apply", ref, "-", stdin=old.replace("ran dry", "ran empty"))
    assert result.code == 0, result.err
    shown = afterwhy("show", ref, "--json").json
    assert "ran empty" in shown["summary"]
    assert [a["title"] for a in shown["actions"]] == ["Limit retries", "Alert on the pool"]


def test_a_text_without_a_version_takes_the_place_of_the_present_one(afterwhy: Afterwhy) -> None:
    ref = stored(outage())
    old = afterwhy("show", ref).out
    afterwhy("set", ref, "--add-tag", "meanwhile")
    result = afterwhy("apply", ref, "-", stdin=old.replace("version: 1\n", ""))
    assert result.code == 0, result.err
    assert afterwhy("show", ref, "--json").json["tags"] == ["capacity"]


def test_a_text_of_a_later_version_than_the_library_has_is_refused(afterwhy: Afterwhy) -> None:
    ref = stored(outage())
    text = afterwhy("show", ref).out.replace("version: 1\n", "version: 9\n")
    result = afterwhy("apply", ref, "-", stdin=text)
    assert result.code == 1
    assert f"made from version 9; {ref} is at 1 here" in result.err


def test_an_action_whose_lines_are_gone_can_come_back(afterwhy: Afterwhy) -> None:
    ref = stored(outage(actions=[{"title": "Limit retries"}]))
    result = afterwhy("apply", ref, "-", stdin='{"actions": []}')
    assert "A-01 was removed" in result.err
    assert f"afterwhy restore {ref} 1" in result.err
    assert afterwhy("action", "show", "A-01").code == 1
    afterwhy("restore", ref, "1")
    assert afterwhy("action", "show", "A-01", "--json").json["title"] == "Limit retries"


def test_an_editor_that_removes_its_file_is_a_sentence(
    afterwhy: Afterwhy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = stored(outage())
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("EDITOR", editor(tmp_path, "file.unlink()"))
    result = afterwhy("edit", ref)
    assert result.code == 1
    assert "removed the file" in result.err


def test_a_changed_id_or_ref_is_not_taken_over_and_told(afterwhy: Afterwhy) -> None:
    ref = stored(outage())
    text = afterwhy("show", ref).out
    result = afterwhy("apply", ref, "-", stdin=text.replace(ref, "PM-2031-001"))
    assert (result.code, result.out) == (0, f"{ref}\n")
    assert "keeps its ref" in result.err
    assert "Nothing was changed" in result.err
    own = afterwhy("show", ref, "--json").json["id"]
    told = afterwhy("apply", ref, "-", stdin=text.replace(own, own[:-4] + "0000"))
    assert "keeps its ref" in told.err
    assert afterwhy("show", ref, "--json").json["id"] == own
