"""The JSON Schema of the JSON form, made from the types.

``python -m integrations.export.schema`` prints what
``resources/schema/post-mortem.schema.json`` must hold.
"""

import json
import sys
from typing import Any

from models import codec
from models.document import Document
from models.domain.incident import Durations
from models.domain.post_mortem import PostMortem

_TEXT = {"type": "string"}
_GIVEN_IDS = (
    *("Incident", "Event", "StatusUpdate", "WhyTree", "WhyNode", "Section", "Review", "Comment"),
    "ActionItem",
)
"""Records that ``from_json`` gives an id where they have none."""


def json_schema() -> dict[str, Any]:
    """The schema of what ``models.document.to_json`` gives and ``from_json`` reads."""
    schema = codec.schema(Document)
    definitions = schema["$defs"]
    definitions |= codec.schema(Durations)["$defs"]
    mortem = definitions.pop(PostMortem.__name__)
    document = definitions.pop(Document.__name__)
    beside = {k: v for k, v in document["properties"].items() if k != "post_mortem"}
    _derived(definitions)
    _without_ids(mortem, *(definitions[kind] for kind in _GIVEN_IDS))
    return {
        "$schema": schema["$schema"],
        "title": "A post-mortem as Afterwhy exports it",
        **mortem,
        "properties": {"ref": beside.pop("ref"), "version": beside.pop("version")}
        | mortem["properties"]
        | beside,
        "$defs": dict(sorted(definitions.items())),
    }


def _derived(definitions: dict[str, Any]) -> None:
    """What ``to_json`` adds for readers and ``from_json`` passes over."""
    root = {"type": "object", "properties": {"id": _TEXT, "title": _TEXT}}
    texts = {"type": "array", "items": _TEXT}
    definitions["Incident"]["properties"]["durations"] = {"$ref": "#/$defs/Durations"}
    definitions["WhyNode"]["properties"] |= {
        "root": {"anyOf": [root, {"type": "null"}]},
        "actions": texts,
    }
    definitions["ActionItem"]["properties"]["roots"] = texts


def _without_ids(*definitions: dict[str, Any]) -> None:
    """Lets ids be left out."""
    for definition in definitions:
        required = definition.get("required", [])
        definition["required"] = [name for name in required if name != "id"]


if __name__ == "__main__":
    sys.stdout.write(json.dumps(json_schema(), indent=2) + "\n")
