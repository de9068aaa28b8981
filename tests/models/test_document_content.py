"""What ``content`` compares: what a document says, whatever its ids are."""

import uuid
from typing import Any

from hypothesis import given

from models.document import Document, content, from_json, to_json
from tests.strategies import documents


def _reissued(document: Document) -> Document:
    """The same document as another library would hold it: every id and action name is new."""
    renamed: dict[str, str] = {}

    def collected(value: Any) -> None:
        if isinstance(value, dict):
            if isinstance(value.get("id"), str):
                renamed.setdefault(value["id"], str(uuid.uuid4()))
            for item in value.values():
                collected(item)
        elif isinstance(value, list):
            for item in value:
                collected(item)

    def walked(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: walked(v) for k, v in value.items()}
        if isinstance(value, list):
            return [walked(item) for item in value]
        return renamed.get(value, value) if isinstance(value, str) else value

    data = to_json(document)
    collected(data)
    data = walked(data)
    for action in data["actions"]:
        action["ref"] = f"A-9{action['ref'][2:]}"
    return from_json(data)


@given(documents())
def test_json_keeps_a_document_whole(document: Document) -> None:
    assert from_json(to_json(document)) == document


@given(documents())
def test_content_does_not_depend_on_ids(document: Document) -> None:
    assert content(_reissued(document)) == content(document)
