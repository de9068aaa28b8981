"""The sample library that the product brings: post-mortems written as TOML data.

The files are the JSON form of a document with less to type: ids are readable names or left out,
and what belongs to the library (roots, actions) stands once in ``library.toml``. A leaf names its
root, a document its actions, a relation the other's ref, a comment the address of its why.
"""

import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

import resources
from models import data_files, document
from models.document import Document
from models.domain.whys import About

_IDS = uuid.UUID("6f1d9c52-3b0e-5c1f-9a64-1d2f0a7c8e35")
"""Names become ids under this namespace, so that a sample is the same in every library."""

_ROWS = ("incidents", "sections", "reviews", "comments")
_Data = dict[str, Any]


def documents() -> tuple[Document, ...]:
    """The sample post-mortems with their actions, roots and relations, the oldest first."""
    shared = _plain(data_files.read(resources.path("sample", "library.toml")).data)
    files = sorted(resources.path("sample").glob("pm-*.toml"))
    entries = [_plain(data_files.read(path).data) for path in files]
    titles = {str(entry["ref"]): str(entry["title"]) for entry in entries}
    return tuple(document.from_json(_json(entry, shared, titles)) for entry in entries)


def _plain(value: Any) -> Any:
    """TOML data as JSON data: its dates and times as ISO 8601 text."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _id(*names: str) -> str:
    return str(uuid.uuid5(_IDS, " ".join(names)))


def _json(entry: _Data, shared: _Data, titles: dict[str, str]) -> _Data:
    """The JSON form of a document. Its links are as old as its first draft."""
    ref, begun = entry["ref"], entry["status_history"][0]["at"]
    leaf_roots = _name_whys(entry, ref, begun)
    _name_rows(entry, ref)
    linked = dict.fromkeys(link["root_id"] for link in leaf_roots)
    by_ref = {action["ref"]: action for action in shared["actions"]}
    actions = [by_ref[name] for name in entry["actions"]]
    roots = {_id("root", root["id"]): root for root in shared["roots"]}
    return entry | {
        "id": _id(ref),
        "actions": [_action(action) for action in actions],
        "roots": [roots[root_id] | {"id": root_id} for root_id in linked],
        "leaf_roots": leaf_roots,
        "root_actions": [
            link for a in actions for link in _counters(a) if link["root_id"] in linked
        ],
        "relations": [
            {"id": _id(other["ref"]), "title": titles[other["ref"]], "since": begun} | other
            for other in entry.get("relations", ())
        ],
    }


def _action(action: _Data) -> _Data:
    named = {"id": _id(action["ref"])}
    if "superseded_by" in action:
        named["superseded_by"] = _id(action["superseded_by"])
    return {k: v for k, v in action.items() if k not in ("roots", "since")} | named


def _counters(action: _Data) -> list[_Data]:
    """The links from the roots that an action addresses."""
    return [
        {"root_id": _id("root", root), "action_id": _id(action["ref"]), "since": action["since"]}
        for root in action.get("roots", ())
    ]


def _name_whys(entry: _Data, ref: str, begun: object) -> list[_Data]:
    """Gives whys their ids, turns the anchors of comments into them and links leaves to roots."""
    ids: dict[str, str] = {}
    links = []
    for tree in entry.get("whys", ()):
        tree["id"] = _id(ref, tree["about"])
        for number, node in _nodes(tree["nodes"]):
            place = number if tree["about"] == About.OCCURRENCE else f"{tree['about']}:{number}"
            node["id"] = ids[place] = _id(ref, "why", place)
            if "root" in node:
                root_id = _id("root", node.pop("root"))
                links.append({"node_id": node["id"], "root_id": root_id, "since": begun})
    for comment in entry.get("comments", ()):
        comment["anchor"] = ids.get(comment["anchor"], comment["anchor"])
    return links


def _nodes(nodes: list[_Data], above: str = "") -> Iterator[tuple[str, _Data]]:
    for index, node in enumerate(nodes, 1):
        number = f"{above}{index}"
        yield number, node
        yield from _nodes(node.get("children", []), f"{number}.")


def _name_rows(entry: _Data, ref: str) -> None:
    """Gives every other record its id: by its own name in the file, else by its place."""
    rows = [(kind, row) for kind in _ROWS for row in enumerate(entry.get(kind, ()), 1)]
    for incident in entry["incidents"]:
        for kind in ("timeline", "updates"):
            rows += [(kind, row) for row in enumerate(incident.get(kind, ()), 1)]
    for kind, (index, row) in rows:
        row["id"] = _id(ref, kind, str(row.get("id", index)))
        if "corrects" in row:
            row["corrects"] = _id(ref, kind, row["corrects"])
        for evidence in row.get("evidence", ()):
            if evidence["kind"] == "action":
                evidence["target"] = _id(evidence["target"])
