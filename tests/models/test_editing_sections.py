"""Custom sections: each change is the only one."""

import pytest

from models.document import Document
from models.domain.post_mortem import PostMortem, Section
from models.editing.sections import (
    with_heading,
    with_section,
    with_section_moved,
    without_section,
)

SECTIONS = tuple(Section(name, name.upper(), f"About {name}.") for name in "abc")
DOCUMENT = Document(PostMortem("p", "Slow sign-in", sections=SECTIONS))


def names(document: Document) -> str:
    return "".join(own.id for own in document.post_mortem.sections)


def test_a_section_is_added_named_and_removed() -> None:
    assert names(with_section(DOCUMENT, Section("d", "D"))) == "abcd"
    named = with_heading(DOCUMENT, "b", "Vendor")
    assert [own.heading for own in named.post_mortem.sections] == ["A", "Vendor", "C"]
    assert [own.markdown for own in named.post_mortem.sections] == [s.markdown for s in SECTIONS]
    assert names(without_section(DOCUMENT, "b")) == "ac"


@pytest.mark.parametrize(
    ("id", "steps", "expected"),
    [("a", 1, "bac"), ("c", -1, "acb"), ("a", -1, "abc"), ("c", 5, "abc"), ("x", 1, "abc")],
)
def test_a_section_moves_as_far_as_there_is_room(id: str, steps: int, expected: str) -> None:
    moved = with_section_moved(DOCUMENT, id, steps)
    assert names(moved) == expected
    assert (moved is DOCUMENT) == (expected == "abc")
