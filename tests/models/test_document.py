"""The JSON form of a document: what is derived, what may be left out, what is refused."""

import copy
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from models.document import Document, from_json, same_content, to_json
from models.domain.root import LeafRoot, RootAction
from models.errors import InvalidInputError
from tests.models.examples import NOON, action, document, leaf, with_actions
from tests.strategies import documents


def linked() -> Document:
    """Two leaves that reach one root, which one of two actions addresses."""
    made = document("Queue", leaf("No alert", "n"), leaf("No page", "m"))
    first, second = action("One", ref="A-01"), action("Two", ref="A-02")
    root = from_json({"title": "x", "roots": [{"id": "r", "title": "No alert"}]}).roots[0]
    return replace(
        with_actions(made, first, second),
        roots=(root,),
        leaf_roots=(LeafRoot("n", "r", NOON), LeafRoot("m", "r", NOON)),
        root_actions=(RootAction("r", first.id, NOON), RootAction("r", second.id, NOON, NOON)),
    )


def test_each_why_shows_its_root_and_actions() -> None:
    data = to_json(linked())
    for entry in data["whys"][0]["nodes"]:
        assert entry["root"] == {"id": "r", "title": "No alert"}
        assert entry["actions"] == ["A-01"]
    assert [entry["roots"] for entry in data["actions"]] == [["r"], []]
    assert data["incidents"][0]["durations"]["ttd_s"] is None


@given(documents())
def test_what_is_derived_need_not_be_true(made: Document) -> None:
    data = to_json(made)
    for incident in data["incidents"]:
        incident["durations"] = "a lie"
    assert from_json(data) == made
    assert same_content(from_json(copy.deepcopy(data)), made)


def test_a_document_can_be_written_by_hand() -> None:
    made = from_json(
        {
            "title": "By hand",
            "incidents": [{"timeline": [{"at": None, "text": "It broke"}]}],
            "whys": [{"nodes": [{"answer": "So", "children": [{"answer": "So much"}]}]}],
            "sections": [{"heading": "Notes"}],
            "actions": [{"title": "Mend it"}],
        }
    )
    mortem = made.post_mortem
    node = mortem.whys[0].nodes[0]
    ids = {
        mortem.id,
        mortem.incidents[0].id,
        mortem.incidents[0].timeline[0].id,
        mortem.whys[0].id,
        node.id,
        node.children[0].id,
        mortem.sections[0].id,
        made.actions[0].id,
    }
    assert len(ids) == 8
    assert (made.ref, made.version) == ("", 0)


def _changed(**fields: Any) -> dict[str, Any]:
    return to_json(linked()) | fields


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ([], "The document: an object is expected"),
        ({}, "title: this field is missing"),
        (_changed(colour="red"), "colour: this field is not known"),
        (_changed(actions=["A-01"]), r"actions\[0\]: an object is expected"),
        (_changed(actions={}), "actions: a list is expected"),
        (_changed(roots=[{"id": "r"}]), r"roots\[0\].title: this field is missing"),
        (_changed(version="3"), "version: a whole number is expected"),
        (_changed(ref=14), "ref: text is expected"),
        (_changed(whys=[{"nodes": [3]}]), r"whys\[0\].nodes\[0\]: an object is expected"),
        (_changed(incidents=None), "incidents: a list is expected"),
        (_changed(sections=[{"id": "s", "heading": "a"}] * 2), "Two records .* have the id 's'"),
        (
            _changed(attachments=[{"id": "a", "name": "x", "sha256": "../x"}]),
            r"attachments\[0\]: An attachment needs the SHA-256",
        ),
    ],
)
def test_a_fault_names_its_place(data: object, place: str) -> None:
    with pytest.raises(InvalidInputError, match=place):
        from_json(data)


def test_a_document_without_end_is_a_plain_error() -> None:
    node: dict[str, Any] = {"answer": "So"}
    for _ in range(5000):
        node = {"answer": "So", "children": [node]}
    with pytest.raises(InvalidInputError, match="nested too deeply"):
        from_json({"title": "t", "whys": [{"nodes": [node]}]})


def test_content_is_what_is_said_not_how_it_is_named() -> None:
    made = linked()
    other = from_json(to_json(made) | {"version": 7})
    renamed = tuple(replace(item, ref=f"A-9{n}") for n, item in enumerate(other.actions))
    assert same_content(replace(other, actions=renamed), made)
    assert not same_content(replace(other, root_actions=()), made)
    assert not same_content(replace(other, actions=other.actions[:1]), made)
    retitled = replace(made.roots[0], title="Other")
    assert not same_content(replace(made, roots=(retitled,)), made)
