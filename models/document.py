"""A post-mortem as people see it: the aggregate with its actions, roots, relations and files.

``to_json`` is what ``show --json`` prints, exports carry and tests compare; ``from_json`` reads it
back. Both rest on the one codec; they only add the ref, the version and what is derived.
"""

import typing
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from models import codec
from models.domain.action import ActionItem
from models.domain.attachment import Attachment
from models.domain.incident import durations
from models.domain.post_mortem import PostMortem
from models.domain.root import LeafRoot, Relation, Root, RootAction
from models.domain.whys import About, addresses
from models.errors import InvalidInputError


@dataclass(frozen=True, slots=True)
class Document:
    """A post-mortem and everything linked to it.

    ``leaf_roots`` and ``root_actions`` are dated; those that ended are kept (``until``).
    ``version`` counts the writes of the aggregate, 0 before the first.
    """

    post_mortem: PostMortem
    ref: str = ""
    version: int = 0
    actions: tuple[ActionItem, ...] = ()
    roots: tuple[Root, ...] = ()
    leaf_roots: tuple[LeafRoot, ...] = ()
    root_actions: tuple[RootAction, ...] = ()
    relations: tuple[Relation, ...] = ()
    attachments: tuple[Attachment, ...] = ()

    def root_of(self, node_id: str) -> Root | None:
        """The root that a leaf is linked to now."""
        root_id = next(
            (k.root_id for k in self.leaf_roots if k.node_id == node_id and not k.until), None
        )
        return next((root for root in self.roots if root.id == root_id), None)

    def actions_of(self, root_id: str) -> tuple[ActionItem, ...]:
        """The actions that address a root now."""
        linked = {k.action_id for k in self.root_actions if k.root_id == root_id and not k.until}
        return tuple(action for action in self.actions if action.id in linked)

    def roots_of(self, action_id: str) -> tuple[str, ...]:
        """The ids of the roots that an action addresses now."""
        return tuple(
            k.root_id for k in self.root_actions if k.action_id == action_id and not k.until
        )

    def node_addresses(self) -> dict[str, str]:
        """Node id -> address ("2.1", "detection:1")."""
        return {node.id: place for place, node in addresses(self.post_mortem.whys).items()}


def to_json(document: Document) -> dict[str, Any]:
    """Plain JSON data of a document, with durations and each why's root and actions beside it."""
    data: dict[str, Any] = {"ref": document.ref, "version": document.version}
    data |= codec.encode(document.post_mortem)
    for incident, entry in zip(document.post_mortem.incidents, data["incidents"], strict=True):
        entry["durations"] = codec.encode(durations(incident))
    for entry in _node_entries(data["whys"]):
        root = document.root_of(entry["id"])
        entry["root"] = None if root is None else {"id": root.id, "title": root.title}
        entry["actions"] = [a.ref for a in document.actions_of(root.id)] if root else []
    data["actions"] = [
        codec.encode(action) | {"roots": list(document.roots_of(action.id))}
        for action in document.actions
    ]
    for name in _LINKED:
        data[name] = codec.encode(getattr(document, name))
    return data


_LINKED = ("roots", "leaf_roots", "root_actions", "relations", "attachments")


def from_json(data: object) -> Document:
    """A document from the data of ``to_json``; what is derived is computed anew.

    Records without an id get a new one, so that a document can be written by hand.
    Raises ``InvalidInputError`` naming the place of the first fault, and where two records have
    the same id or two why trees are about the same.
    """
    if not isinstance(data, Mapping):
        raise InvalidInputError("The document: an object is expected")
    data = _with_ids(data)
    for incident in _entries(data, "incidents"):
        incident.pop("durations", None)
    for entry in _node_entries(_entries(data, "whys")):
        entry.pop("root", None)
        entry.pop("actions", None)
    for entry in _entries(data, "actions"):
        entry.pop("roots", None)
    beside = {name: data.pop(name) for name in _BESIDE if name in data}
    document = Document(
        codec.decode(PostMortem, data),
        **{name: codec.decode(_BESIDE[name], value, name) for name, value in beside.items()},
    )
    _check(document)
    return document


def _check(document: Document) -> None:
    """What the types of the fields do not say."""
    if document.version < 0:
        raise InvalidInputError(f"version: {document.version} is not a version; they count from 0.")
    seen: dict[str, int] = {}
    for place, tree in enumerate(document.post_mortem.whys):
        if tree.about in seen:
            raise InvalidInputError(
                f"whys[{place}].about: whys[{seen[tree.about]}] is about {tree.about}, too.",
                advice=f"There are up to three why trees, one for each of: {', '.join(About)}.",
            )
        seen[tree.about] = place


_BESIDE: dict[str, Any] = typing.get_type_hints(Document)
del _BESIDE["post_mortem"]


def new_id() -> str:
    """A new UUID."""
    return str(uuid.uuid4())


def _entries(data: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """The objects of a list field; anything else is left to the codec to report."""
    entries = data.get(name)
    return [e for e in entries if isinstance(e, dict)] if isinstance(entries, list) else []


def _node_entries(trees: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    pending = [node for tree in trees for node in _entries(tree, "nodes")]
    while pending:
        node = pending.pop()
        yield node
        pending.extend(_entries(node, "children"))


_WITH_IDS = ("incidents", "timeline", "updates", "whys", "nodes", "children", "sections", "reviews")
_LISTS_WITH_IDS = frozenset((*_WITH_IDS, "comments", "actions"))


def _with_ids(data: Mapping[str, Any]) -> dict[str, Any]:
    """A deep copy in which every record that has an identity has an id of its own."""
    seen: set[object] = set()

    def copied(value: Any, named: bool) -> Any:
        if isinstance(value, Mapping):
            entry = {str(k): copied(v, k in _LISTS_WITH_IDS) for k, v in value.items()}
            return owned(entry) if named else entry
        if isinstance(value, list):
            return [copied(item, named) for item in value]
        return value

    def owned(entry: dict[str, Any]) -> dict[str, Any]:
        entry = {"id": new_id()} | entry
        if isinstance(entry["id"], str) and entry["id"] in seen:
            raise InvalidInputError(f"Two records of this document have the id {entry['id']!r}")
        seen.add(str(entry["id"]))
        return entry

    try:
        result: dict[str, Any] = copied(data, True)
    except RecursionError as error:
        raise InvalidInputError(codec.TOO_DEEP) from error
    return result


def same_content(one: Document, other: Document) -> bool:
    """Whether two documents say the same, whatever their ids, versions and names of actions are."""
    return content(one) == content(other)


def content(document: Document) -> dict[str, Any]:
    """What a document says, without what differs between copies of it in two libraries.

    Ids of nodes, events and actions become places in the document; versions, the dates of links
    and the names "A-31" go.
    """
    data = to_json(document)
    for name in ("version", "leaf_roots", "root_actions"):
        del data[name]
    places = _places(document)
    leaves: dict[str, list[str]] = {}
    for node_id, place in document.node_addresses().items():
        root = document.root_of(node_id)
        if root is not None:
            leaves.setdefault(root.id, []).append(place)
    for entry in data["actions"]:
        entry["roots"] = sorted(place for r in entry["roots"] for place in leaves.get(r, ()))
        del entry["ref"]
    for entry in _node_entries(data["whys"]):
        root = document.root_of(entry["id"])
        entry["actions"] = [places[a.id] for a in document.actions_of(root.id)] if root else []
    data["roots"] = sorted((r.title, r.category) for r in document.roots if r.id in leaves)
    result: dict[str, Any] = _renamed(data, places)
    return result


def _places(document: Document) -> dict[str, str]:
    """Id -> place in the document, for everything that has an identity of its own."""
    places = {node_id: f"why {place}" for node_id, place in document.node_addresses().items()}
    for i, incident in enumerate(document.post_mortem.incidents, 1):
        for j, event in enumerate(incident.timeline, 1):
            places[event.id] = f"event {i}.{j}"
    for i, action in enumerate(document.actions, 1):
        places[action.id] = f"action {i}"
    return places


def _renamed(value: Any, places: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {k: _renamed(v, places) for k, v in value.items() if k != "id"}
    if isinstance(value, list):
        return [_renamed(item, places) for item in value]
    return places.get(value, value) if isinstance(value, str) else value
