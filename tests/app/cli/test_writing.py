"""Applying and editing the text of a post-mortem."""

import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from app import bootstrap
from app.cli import text_input
from models import document
from models.commands import post_mortems as commands
from models.queries import post_mortems
from tests.app.cli.conftest import Afterwhy, outage, stored


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


def test_a_text_whose_version_was_joined_with_later_ones_is_merged(afterwhy: Afterwhy) -> None:
    ref = stored(outage())
    with closing(bootstrap.open_workspace()) as workspace:
        for summary in ("once", "twice"):
            found = post_mortems.document(workspace.library, ref)
            mortem = replace(found.post_mortem, summary=summary)
            commands.save(workspace.library, mortem, found.version, workspace.actor, coalesce=True)
    text = afterwhy("show", ref).out.replace("version: 3\n", "version: 2\n")
    mine = text.replace("twice", "once").replace(
        "No connection was free", "Every connection was held"
    )
    result = afterwhy("apply", ref, "-", "--json", stdin=mine)
    assert result.code == 3, "the summary differs, and both words of it are kept"
    shown = afterwhy("show", ref, "--json").json
    assert "Every connection was held" in json.dumps(shown)
    assert {"once", "twice"} <= {shown["summary"], *shown["comments"][0]["text"].split()}


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
    "binary": (b"\x89PNG\r\n\x1a\n\xff\xfe", "is not text"),
    "zeros": (b"---\nafterwhy: 1\n---\n\0", "zero bytes"),
    "empty": (b"", "is empty"),
    "broken front matter": (b"---\nafterwhy: [1\n---\n# x\n", ""),
    "half of the front matter": (b"afterwhy: 1\nseverity: SEV2\n\n# A heading\n", "front matter"),
    "half JSON": (b'{"title": "x', "not JSON"),
    "deep JSON": (b'{"title": ' + b"[" * 100_000, ""),
    "wrong field": (b'{"colour": "red"}', "colour"),
    "wrong type": (b'{"title": 7}', "title"),
    "unknown time": (b'{"review_due": "soon"}', "review_due"),
    "no title": (b'{"title": " "}', "title: a post-mortem needs a title"),
    "a version below 0": (b'{"version": -1}', "version: -1 is not a version"),
    "a version that is no number": (b'{"version": true}', "version: a whole number"),
    "an id that is no text": (b'{"id": 7}', "id: text is expected"),
    "two trees about the same": (
        json.dumps({"whys": [{"about": "occurrence"}, {}]}).encode(),
        "whys[1].about: whys[0] is about occurrence, too",
    ),
    "five trees": (
        json.dumps({"whys": [{"about": a} for a in ["occurrence", "response"] * 2]}).encode(),
        "up to three why trees",
    ),
    "zero bytes in JSON": (b'{"summary": "a\\u0000b"}', "zero bytes"),
    "an endless number": (b'{"version": ' + b"9" * 5000 + b"}", "too many digits"),
    "an action without a title": (b'{"actions": [{"title": " "}]}', "actions[0].title"),
    "a list": (b'[{"title": "x"}]', "a JSON list"),
    "a blank title in Markdown": (b"---\nafterwhy: 1\n---\n\n# &#32;\n", "title: "),
    "a version below 0 in Markdown": (b"---\nafterwhy: 1\nversion: -1\n---\n# x\n", "version"),
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
        assert "Nothing was changed." in result.err
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


def test_a_text_by_hand_changes_only_what_it_names(afterwhy: Afterwhy) -> None:
    ref = stored(outage(status="In review", actions=[{"title": "Limit retries"}]))
    before = afterwhy("show", ref, "--json").json
    thin = "---\nafterwhy: 1\nseverity: SEV1\n---\n\n## Summary\n\nThe pool ran empty.\n"
    result = afterwhy("apply", ref, "-", stdin=thin)
    assert result.code == 0, result.err
    assert "It replaced: severity, Summary; the rest stays" in result.err
    assert "another id" not in result.err
    after = afterwhy("show", ref, "--json").json
    assert after["incidents"][0]["severity"] == "SEV1"
    assert after["summary"] == "The pool ran empty."
    for one in (before, after):
        one["incidents"][0] |= {"severity": "", "severity_history": []}
        one |= {"summary": "", "version": 0}
    assert after == before


def test_plain_markdown_replaces_the_content_it_has(afterwhy: Afterwhy) -> None:
    ref = stored(outage())
    before = afterwhy("show", ref, "--json").json
    plain = (
        "# Payments were refused\n\n## Timeline\n\n- 09:14 Payments fail\n\n## Vendors\n\nNone.\n"
    )
    assert afterwhy("apply", ref, "-", stdin=plain).code == 0
    after = afterwhy("show", ref, "--json").json
    (event,) = after["incidents"][0]["timeline"]
    assert event["at"].startswith("2026-03-02T09:14")
    assert after["title"] == "Payments were refused"
    assert [section["heading"] for section in after["sections"]] == ["Vendors"]
    assert (after["whys"], after["tags"]) == (before["whys"], before["tags"])
    told = afterwhy("apply", ref, "-", stdin="Only words.\n").err
    assert "It is kept in “Summary”" in told
    assert afterwhy("show", ref, "--json").json["summary"] == "Only words."


def test_a_thin_text_may_name_its_version(afterwhy: Afterwhy) -> None:
    ref = stored(outage())
    afterwhy("set", ref, "--add-tag", "meanwhile")
    thin = f"---\nafterwhy: 1\nref: {ref}\nversion: 1\n---\n\n## Summary\n\nIt ran empty.\n"
    assert afterwhy("apply", ref, "-", stdin=thin).code == 0
    shown = afterwhy("show", ref, "--json").json
    assert (shown["summary"], shown["tags"]) == ("It ran empty.", ["capacity", "meanwhile"])
