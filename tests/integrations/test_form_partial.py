"""Texts by hand that say only a part of a post-mortem."""

import re

import pytest
from hypothesis import given

from integrations.markdown.form import read_form, to_markdown
from models.document import Document
from tests.integrations.test_form import FORM, _document
from tests.strategies import documents


def apply(text: str, base: Document) -> Document:
    return read_form(text, base, partial=True).document


@pytest.mark.soak
@given(documents())
def test_a_text_that_names_nothing_changes_nothing(document: Document) -> None:
    assert apply("---\nafterwhy: 1\n---\n", document) == document


@pytest.mark.soak
@given(documents())
def test_an_export_without_its_id_still_says_everything(document: Document) -> None:
    text = to_markdown(document)
    head, fence, body = text.partition("\n---\n")
    by_hand = re.sub(r"(?m)^(?:id|ref|version): .*\n", "", head + fence) + body
    assert apply(by_hand, document) == document


def test_each_section_of_an_export_can_be_applied_alone() -> None:
    document = _document()
    body = FORM.partition("\n---\n")[2]
    parts = [part for part in re.split(r"(?m)^(?=## )", body) if part.strip()]
    assert len(parts) > 6
    for part in parts:
        assert apply(part, document) == document, part


def test_an_action_may_name_a_root_that_only_the_document_has() -> None:
    document = _document()
    text = "## Actions\n\n- **new** Alert on the pool\n  - addresses: 1.1\n"
    changed = apply(text, document)
    (action,) = changed.actions
    root = document.root_of("n2")
    assert root is not None
    assert root.id in changed.roots_of(action.id)
    assert changed.leaf_roots == document.leaf_roots


def test_one_tree_leaves_the_others() -> None:
    document = _document()
    text = "## 5 Whys\n\n### Why did we not see it sooner?\n\nNobody saw it.\n"
    trees = apply(text, document).post_mortem.whys
    assert trees[0] == document.post_mortem.whys[0]
    assert trees[1].problem == "Nobody saw it."
