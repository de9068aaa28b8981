"""Writing action items and their links to roots and post-mortems."""

from collections.abc import Iterable

from models import codec
from models.domain.action import ActionItem
from models.errors import NotFoundError
from models.store import actions, documents, links
from models.store.library import Actor, Library, UnitOfWork
from models.store.links import Link, LinkKind


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
    with library.unit_of_work(actor) as uow:
        root_id = _root_id(uow, post_mortem_id, root) if root else ""
        stored = actions.put(uow, action, origin="user")
        links.add(uow, Link(LinkKind.ACTION, post_mortem_id, action.id))
        if root_id:
            links.add(uow, Link(LinkKind.COUNTER, root_id, action.id))
        return stored


def _root_id(uow: UnitOfWork, post_mortem_id: str, root: str) -> str:
    document = documents.load(uow.connection, post_mortem_id)
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


def change(library: Library, actions_changed: Iterable[ActionItem], actor: Actor) -> None:
    """Stores changed action items, all of them or none."""
    with library.unit_of_work(actor) as uow:
        for action in actions_changed:
            actions.put(uow, action, origin="user")


def set_fields(library: Library, name: str, fields: dict[str, object], actor: Actor) -> ActionItem:
    """Sets fields of one action item (by ref or id) on what is stored now, and returns it.

    ``fields`` holds plain JSON values by the codec's names; ``InvalidInputError`` names a fault.
    """
    with library.unit_of_work(actor) as uow:
        stored = actions.find(uow.connection, name)
        action = codec.decode(ActionItem, codec.encode(stored) | fields)
        return actions.put(uow, action, origin="user")


def link(library: Library, root_id: str, action_id: str, actor: Actor) -> None:
    """Says that an action addresses a root, since now."""
    with library.unit_of_work(actor) as uow:
        links.add(uow, Link(LinkKind.COUNTER, root_id, action_id))
        uow.log("action", action_id, field="root")


def unlink(library: Library, root_id: str, action_id: str, actor: Actor) -> None:
    """Ends that an action addresses a root; the past keeps it."""
    with library.unit_of_work(actor) as uow:
        links.end(uow, Link(LinkKind.COUNTER, root_id, action_id))
        uow.log("action", action_id, field="root")
