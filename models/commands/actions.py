"""Writing action items and their links to roots and post-mortems."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from models import codec
from models.document import Document
from models.domain.action import ActionItem, ActionState
from models.errors import InvalidInputError, NotFoundError
from models.store import actions, documents, links, post_mortems, roots, tracking
from models.store.library import Actor, Library, UnitOfWork
from models.store.links import Link, LinkKind
from models.store.revisions import writing


def add(
    library: Library,
    post_mortem_id: str,
    action: ActionItem,
    actor: Actor,
    *,
    root: str = "",
) -> ActionItem:
    """Stores a new action item of a post-mortem and returns it with its ref.

    ``root`` is the address of a leaf ("2.1.1", "detection:1") or the id of a root it addresses.
    """
    with writing(library, actor) as uow:
        document = documents.load(uow.connection, post_mortem_id)
        root_id = _root_id(document, root) if root else ""
        stored = actions.put(uow, action)
        links.add(uow, Link(LinkKind.ACTION, post_mortem_id, action.id))
        if root_id:
            links.add(uow, Link(LinkKind.COUNTER, root_id, action.id))
        return stored


def _root_id(document: Document, root: str) -> str:
    places = {place: node_id for node_id, place in document.node_addresses().items()}
    node_id = places.get(root.removeprefix("occurrence:"), root)
    linked = document.root_of(node_id)
    if linked is not None:
        return linked.id
    if any(known.id == root for known in document.roots):
        return root
    raise NotFoundError(
        f"{document.ref} has no root at {root!r}.",
        kept="Nothing was added.",
        advice=f"A root is a why with a stop reason; see them with: afterwhy show {document.ref}",
    )


def set_fields(library: Library, name: str, fields: dict[str, object], actor: Actor) -> ActionItem:
    """Sets fields of one action item (by ref or id) on what is stored now, and returns it.

    ``fields`` holds plain JSON values by the codec's names; ``InvalidInputError`` names a fault.
    One that is set to ready may go to a tracker, even if an import had brought it as ready.
    """
    if fields.keys() & {"id", "ref"}:
        raise InvalidInputError("The id and the ref of an action item cannot be changed.")
    with writing(library, actor) as uow:
        stored = actions.find(uow.connection, name)
        item = actions.put(uow, codec.decode(ActionItem, codec.encode(stored) | fields))
        if fields.get("state") == ActionState.READY:
            tracking.queue(uow, item.id)
        return item


@dataclass(frozen=True, slots=True)
class Edited:
    """An action item before and after a change."""

    before: ActionItem
    after: ActionItem


def edit(
    library: Library, changes: Mapping[str, Mapping[str, object]], actor: Actor
) -> tuple[Edited, ...]:
    """Sets fields of several action items by their ids, all of them or none.

    Returns those that are not as they were; ``undo`` takes them back.
    """
    done: list[Edited] = []
    with writing(library, actor) as uow:
        for action_id, fields in changes.items():
            stored = actions.find(uow.connection, action_id)
            wanted = codec.decode(ActionItem, codec.encode(stored) | dict(fields))
            after = actions.put(uow, wanted)
            if after != stored:
                done.append(Edited(stored, after))
    return tuple(done)


def undo(library: Library, edited: Iterable[Edited], actor: Actor) -> int:
    """Takes changes back where nothing came after them; how many that was."""
    number = 0
    with writing(library, actor) as uow:
        for one in edited:
            if actions.find(uow.connection, one.after.id) == one.after:
                actions.put(uow, one.before)
                number += 1
    return number


def link(library: Library, root_id: str, action_id: str, actor: Actor) -> None:
    """Says that an action addresses a root, since now."""
    with writing(library, actor) as uow:
        roots.find(uow.connection, root_id)
        actions.find(uow.connection, action_id)
        links.add(uow, Link(LinkKind.COUNTER, root_id, action_id))
        uow.log("action", action_id, field="root")


def unlink(library: Library, root_id: str, action_id: str, actor: Actor) -> None:
    """Ends that an action addresses a root; the past keeps it."""
    with writing(library, actor) as uow:
        links.end(uow, Link(LinkKind.COUNTER, root_id, action_id))
        uow.log("action", action_id, field="root")


def share(library: Library, action_id: str, post_mortem_id: str, actor: Actor) -> None:
    """Lets an action belong to another post-mortem, too, since now."""
    with writing(library, actor) as uow:
        _join(uow, action_id, post_mortem_id)


def hand_over(library: Library, action_id: str, from_id: str, to_id: str, actor: Actor) -> None:
    """Lets an action belong to another post-mortem instead of this one, since now.

    It goes on addressing its roots, and no longer stands in the way of the first one's closing.
    """
    with writing(library, actor) as uow:
        own = links.find(uow.connection, LinkKind.ACTION, from_ids=[from_id], to_ids=[action_id])
        if not own or from_id == to_id:
            raise InvalidInputError(
                "Only an action item of one post-mortem can be handed over to another.",
                kept="Nothing was changed.",
            )
        _join(uow, action_id, to_id)
        links.end(uow, own[0])


def _join(uow: UnitOfWork, action_id: str, post_mortem_id: str) -> None:
    actions.find(uow.connection, action_id)
    post_mortems.load(uow.connection, post_mortem_id)
    links.add(uow, Link(LinkKind.ACTION, post_mortem_id, action_id))
    uow.log("action", action_id, field="post_mortem")
