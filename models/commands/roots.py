"""Writing roots: renaming and sorting them, joining two that are one, and reaching them."""

import dataclasses

from models.domain import whys
from models.domain.root import Root
from models.errors import InvalidInputError
from models.store import documents, links, roots
from models.store.library import Actor, Library
from models.store.links import Link, LinkKind
from models.store.revisions import writing


def change(
    library: Library,
    root_id: str,
    actor: Actor,
    *,
    title: str | None = None,
    category: str | None = None,
) -> Root:
    """Gives a root another title or category; None leaves it alone."""
    if title is not None and not title.strip():
        raise InvalidInputError("A root needs a title.", kept="Nothing was changed.")
    with writing(library, actor) as uow:
        root = roots.find(uow.connection, root_id)
        root = dataclasses.replace(
            root,
            title=root.title if title is None else title.strip(),
            category=root.category if category is None else category,
        )
        roots.put(uow, root)
        return root


def merge(library: Library, root_id: str, into_id: str, actor: Actor) -> None:
    """Says that a root is the same as another: what reached or addressed it moves there, since now.

    The past keeps both; ``merged_into`` says where the first one went.
    """
    with writing(library, actor) as uow:
        root, into = roots.find(uow.connection, root_id), roots.find(uow.connection, into_id)
        if root.id == into.id or root.merged_into or into.merged_into:
            raise InvalidInputError(
                f"{root.title!r} cannot be merged into {into.title!r}: "
                + (
                    "they are one root." if root.id == into.id else "one of them was merged before."
                ),
                kept="Nothing was changed.",
            )
        roots.move_links(uow, root.id, into.id)
        roots.put(uow, dataclasses.replace(root, merged_into=into.id))
        uow.log("root", into.id, field="merged")


def reach(library: Library, post_mortem_id: str, leaf: str, root_id: str, actor: Actor) -> None:
    """Links a leaf (its id or address, "2.1.1") to another root of the library than its present.

    Raises ``InvalidInputError`` where the leaf has no stop reason: it is no root then.
    """
    with writing(library, actor) as uow:
        document = documents.load(uow.connection, post_mortem_id)
        trees = document.post_mortem.whys
        node = whys.addresses(trees).get(leaf.removeprefix("occurrence:"))
        node_id = leaf if node is None else node.id
        if node_id not in {stopped.id for stopped in whys.roots(trees)}:
            raise InvalidInputError(
                f"{document.ref} has no root at {leaf!r}.",
                kept="Nothing was changed.",
                advice="Give the why a stop reason first.",
            )
        target = roots.find(uow.connection, root_id)
        wanted = Link(LinkKind.LEAF, post_mortem_id, target.id, node_id)
        for link in links.find(uow.connection, LinkKind.LEAF, from_ids=[post_mortem_id]):
            if link.node_id == node_id and link.to_id != target.id:
                links.end(uow, link)
        links.add(uow, wanted)
        uow.log("post_mortem", post_mortem_id, field="roots")
