"""Copies that colleagues damaged: no word of theirs is lost unseen, no comment comes twice."""

import re
from dataclasses import replace

import pytest

from integrations.export.html import to_html
from integrations.review_copy import placed, read_copy, to_markdown_copy
from models.commenting import with_remarks
from models.domain.action import ActionItem
from models.domain.post_mortem import Comment
from tests.integrations.test_review_copy import MARK, WORDS, commented, example
from tests.models.examples import NOON


def copy_with(text: str) -> str:
    return commented(to_markdown_copy(example(), WORDS, mark=MARK), "summary", text)


def test_a_damaged_anchor_is_known_by_the_name_of_its_place() -> None:
    copy = copy_with("Which log?")
    once = with_remarks(example(), read_copy(copy).remarks, NOON).document
    spoilt = read_copy(re.sub(r"section=\S+ anchor=\S+", "section=x anchor=zzz", copy))
    remarks = placed(spoilt, once, once, WORDS).remarks
    again = with_remarks(once, remarks, NOON)
    assert (again.added, again.moved, again.known) == ((), (), 1)


@pytest.mark.parametrize(
    ("spoilt", "notices"),
    [(f"<!- end {MARK} -->", 0), (f"end {MARK}", 0), ("<!-- end -->", 1), ("", 1)],
)
def test_a_comment_with_a_damaged_end_keeps_its_words(spoilt: str, notices: int) -> None:
    copy = copy_with("Which log?\n\nAnd when?")
    begin = copy.index("anchor=summary")
    damaged = copy[:begin] + copy[begin:].replace(f"<!-- end {MARK} -->", spoilt, 1)
    returned = placed(read_copy(damaged), example(), example(), WORDS)
    (remark,) = returned.remarks
    assert remark.anchor == "summary"
    assert remark.text.removesuffix("<!-- end -->").strip() == "Which log?\n\nAnd when?"
    assert len(returned.notices) == notices


def test_words_outside_the_places_are_told_with_their_line() -> None:
    copy = copy_with("Fine") + "\nOne more thought\nin two lines\n"
    number = copy[: copy.index("One more")].count("\n") + 1
    (notice,) = placed(read_copy(copy), example(), example(), WORDS).notices
    assert f"Line {number} " in notice
    assert "“One more thought in two lines”" in notice
    quoted = re.sub("(?m)^", "> ", copy_with("Fine"))
    assert placed(read_copy(quoted), example(), example(), WORDS).notices == ()


def test_words_beside_a_mark_on_its_line_are_in_the_comment() -> None:
    copy = to_markdown_copy(example(), WORDS, mark=MARK)
    begin = copy.index("-->", copy.index("anchor=summary")) + 3
    end = copy.index("<!-- end", begin)
    returned = read_copy(f"{copy[:begin]} Which{copy[begin:end]}log? {copy[end:]}")
    assert [remark.text for remark in returned.remarks] == ["Which\n\nlog?"]


def test_an_export_names_the_places_of_comments_and_has_no_empty_column() -> None:
    mortem = replace(example().post_mortem, comments=(
        Comment("c1", "summary", "one", "SRE", NOON), Comment("c2", "e1", "two", "SRE", NOON),
    ))  # fmt: skip
    document = replace(
        example(), post_mortem=mortem, actions=(ActionItem("a", "Limit retries", "A-1"),)
    )
    page = to_html(document, None, WORDS)
    assert "Limit retries" in page
    assert "<th>Owner" not in page
    assert "Summary, SRE" in page
    assert re.search(r"Event [\d:~ ]+.*, SRE", page)
