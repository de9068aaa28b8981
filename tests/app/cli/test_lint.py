"""The language check on the command line."""

from pathlib import Path

from tests.app.cli.conftest import Afterwhy, outage, stored

TEXT = "# Checkout was down\n\nAll was well until 14:02.\nThe team should have waited at 14:10.\n"


def test_lint_has_what_scripts_rely_on(afterwhy: Afterwhy) -> None:
    result = afterwhy("lint", "-", "--json", stdin=TEXT)
    assert result.code == 0
    (finding,) = result.json["findings"]
    assert set(finding) == {"line", "column", "length", "text", "rule", "why", "suggestion"}
    assert (finding["line"], finding["column"], finding["length"]) == (4, 10, 11)
    assert (finding["text"], finding["rule"]) == ("should have", "counterfactual")
    assert finding["suggestion"].startswith("At 14:10 the team saw {signal}")


def test_lint_tells_people_the_reason_and_a_rewrite(afterwhy: Afterwhy) -> None:
    result = afterwhy("lint", "-", stdin=TEXT)
    assert result.out.startswith("4:10  should have  (counterfactual)\n  What people saw ")
    assert "\n  Try: At 14:10 the team" in result.out
    assert afterwhy("lint", "-", stdin="The pool ran dry.").out == "Nothing to change.\n"


def test_lint_reads_a_file_with_its_actions(afterwhy: Afterwhy, tmp_path: Path) -> None:
    file = tmp_path / "one.md"
    file.write_text(f"{TEXT}\n## Action items\n\n- Better monitoring\n", encoding="utf-8")
    found = afterwhy("lint", file, "--json").json["findings"]
    rules = {(finding["line"], finding["rule"]) for finding in found}
    assert (4, "counterfactual") in rules
    assert {rule for line, rule in rules if line == 8} == {
        "action-verb", "action-scope", "action-end-state", "action-owner", "action-date",
    }  # fmt: skip


def test_the_lines_of_a_post_mortem_are_those_of_its_markdown(
    afterwhy: Afterwhy, tmp_path: Path
) -> None:
    data = outage(
        summary="The pool ran dry.\n\nWe forgot the limit.", actions=[{"title": "Improve retries"}]
    )
    ref = stored(data)
    found = afterwhy("lint", ref, "--json").json["findings"]
    afterwhy("export", ref, "--to", tmp_path / "out.md")
    exported = tmp_path / "out.md"
    lines = exported.read_text(encoding="utf-8").splitlines()
    for finding in found:
        line = lines[finding["line"] - 1]
        assert line[finding["column"] - 1 :].startswith(finding["text"])
    assert {"lapse", "vague-action", "action-owner"} <= {finding["rule"] for finding in found}
    assert afterwhy("lint", exported, "--json").json["findings"] == found


def test_a_broken_form_is_still_checked(afterwhy: Afterwhy) -> None:
    text = "---\nafterwhy: 99\n---\n\n# T\n\n## Summary\n\nWe forgot it.\n"
    result = afterwhy("lint", "-", "--json", stdin=text)
    assert [finding["line"] for finding in result.json["findings"]] == [9]
    assert "Its actions are not checked" in result.err


def test_what_is_neither_file_nor_ref_is_refused(afterwhy: Afterwhy) -> None:
    result = afterwhy("lint", "PM-2020-999", "--json")
    assert result.code == 1
    assert "no file" in result.json["error"]["message"]


def test_a_teams_own_rules_count(afterwhy: Afterwhy, monkeypatch: object, home: Path) -> None:
    from app import settings

    folder = settings.config_folder() / "language"
    folder.mkdir(parents=True)
    (folder / "own.toml").write_text('[words]\nroles = ["dispatcher"]\n', encoding="utf-8")
    found = afterwhy("lint", "-", "--json", stdin="The dispatcher failed to check it.").json
    assert [finding["rule"] for finding in found["findings"]] == ["lapse"]


def test_a_name_that_no_file_can_have_is_a_sentence(afterwhy: Afterwhy) -> None:
    result = afterwhy("lint", "x" * 5000)
    assert result.code == 1
    assert "no post-mortem and no file" in result.err
