"""Writing what was made from a version that is known: what is joined, and what is refused."""

import dataclasses
from collections.abc import Callable

from models.document import Document
from models.errors import StaleWriteError
from models.merging import merge
from models.store import revisions
from models.store.library import UnitOfWork

Join = Callable[[Document, Document, Document], Document]
"""What to store, made from a changed document, what that was made from, and what is stored now."""


def with_text(document: Document, _base: Document, current: Document) -> Document:
    """The changed text with what is linked now."""
    return dataclasses.replace(current, post_mortem=document.post_mortem)


def with_linked(document: Document, base: Document, current: Document) -> Document:
    """The changed document with what others did to what is linked."""
    joint = merge(base, document, current)
    if joint.conflicts:
        raise StaleWriteError(
            "An action item, root or relation of this post-mortem was changed by somebody else, "
            "too.",
            kept="Theirs is in the library; your text is kept in the history.",
            advice="Read it again and repeat your change.",
        )
    return joint.document


def read_as(
    uow: UnitOfWork, document: Document, base: Document | None, current: Document
) -> Document:
    """The document that a changed one was made from; its text must be the present one."""
    if base is None or base.version != document.version:
        base = current
    if base.version != document.version:
        base = revisions.of_version(uow.connection, document.post_mortem.id, document.version)
    if base is None or base.post_mortem != current.post_mortem:
        raise StaleWriteError(
            f"{current.ref} changed since it was read (version {document.version}, now "
            f"{current.version}).",
            kept="Both versions are kept: yours is in its history as a conflict.",
            advice=f"Find its number with: afterwhy history {current.ref}; compare with: "
            f"afterwhy show {current.ref} --revision NUMBER --diff",
        )
    return base
