"""Review copies on the command line: out, commented by hand, and in again."""

import re
from pathlib import Path

import pytest

from tests.app.cli.conftest import Afterwhy, outage, stored


def commented(file: Path, section: str, text: str) -> None:
    copy = file.read_text("utf-8")
    begin = re.search(rf"<!-- comment \S+ section={section} anchor={section} on .*-->", copy)
    assert begin is not None
    file.write_text(f"{copy[: begin.end()]}\n{text}\n{copy[begin.end() :]}", "utf-8")


def test_comments_written_by_hand_come_back_once(afterwhy: Afterwhy, tmp_path: Path) -> None:
    ref = stored(outage())
    before = afterwhy("show", ref, "--json").json
    copy = tmp_path / "review.md"
    assert afterwhy("review-copy", ref, "--format", "md", "--to", copy).code == 0
    commented(copy, "summary", "Which limit?\n\nSince when?")
    result = afterwhy("import-comments", ref, copy, "--json")
    assert (result.code, result.json["added"]) == (0, 1), result.err
    after = afterwhy("show", ref, "--json").json
    (comment,) = after.pop("comments")
    assert (comment["anchor"], comment["text"]) == ("summary", "Which limit?\n\nSince when?")
    again = afterwhy("import-comments", ref, copy, "--json").json
    assert (again["added"], again["known"]) == (0, 1)
    assert afterwhy("show", ref, "--json").json["version"] == after["version"]
    del before["comments"]
    assert after | {"version": before["version"]} == before


def test_a_page_is_written_and_never_over_one_with_comments(
    afterwhy: Afterwhy, tmp_path: Path
) -> None:
    ref = stored(outage())
    page = tmp_path / "review.html"
    assert afterwhy("review-copy", ref, "--to", page).code == 0
    refused = afterwhy("review-copy", ref, "--to", page)
    assert refused.code == 1
    assert "is there already" in refused.err
    assert afterwhy("import-comments", ref, page, "--json").json["added"] == 0


@pytest.mark.parametrize("other", ["another", "no copy"])
def test_what_does_not_belong_here_is_refused(
    afterwhy: Afterwhy, tmp_path: Path, other: str
) -> None:
    ref, second = stored(outage()), stored(outage("Second"))
    copy = tmp_path / "review.md"
    if other == "another":
        afterwhy("review-copy", second, "--format", "md", "--to", copy)
    else:
        copy.write_text("# A text", "utf-8")
    result = afterwhy("import-comments", ref, copy)
    assert result.code == 1
    assert "review copy" in result.err
    assert "Nothing was read" in result.err


def test_a_damaged_copy_says_where_and_reads_the_rest(afterwhy: Afterwhy, tmp_path: Path) -> None:
    ref = stored(outage())
    copy = tmp_path / "review.md"
    afterwhy("review-copy", ref, "--format", "md", "--to", copy)
    commented(copy, "whys", "Deeper?")
    text = copy.read_text("utf-8")
    copy.write_text(re.sub(r"<!-- end .*-->\n", "", text, count=1), "utf-8")
    result = afterwhy("import-comments", ref, copy)
    assert result.code == 3
    assert "has no end line" in result.err
    assert "1 comment added" in result.out
