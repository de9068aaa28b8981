"""Linking what is read to a similar failure, dated and with undo."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from app.ui.context import Context
from app.ui.document.similar import SimilarPanel
from app.ui.wording import count
from models.commands import relations as commands
from models.document import Document
from models.domain.root import RelationKind
from models.editing.relations import shared_roots
from models.queries import post_mortems as queries
from models.queries import relations, roots
from models.store.library import Actor, Library
from search.results import SimilarHit

if TYPE_CHECKING:
    from app.bootstrap import Workspace


class Relating(QObject):
    """Writes the links that are chosen in a panel; ``id`` says what they are for."""

    def __init__(self, context: Context, panel: SimilarPanel, id: Callable[[], str]) -> None:
        super().__init__(panel)
        self._context = context
        self._panel = panel
        self._id = id
        panel.linked.connect(self._toggle)

    @Slot(object, object)
    def _toggle(self, hit: SimilarHit, kind: RelationKind) -> None:
        model = self._panel.list.similar_model
        linked = model.relation(model.place(hit.id), kind) is not None
        self._write(self._id(), hit, kind, on=not linked)

    def _write(self, id: str, hit: SimilarHit, kind: RelationKind, *, on: bool) -> None:
        def write(workspace: "Workspace", actor: Actor) -> str:
            library = workspace.library
            change = commands.relate if on else commands.unrelate
            change(library, id, kind, hit.id, actor)
            document = queries.by_id(library, id)
            if kind is RelationKind.REPEAT_OF:
                return _said_of_repeat(
                    document.ref, hit.ref, relations.repeats_of(library, hit.id), on=on
                )
            return _said_of_root(library, document, hit.id, on=on)

        def written(words: str) -> None:
            self._context.messages.toast(words, lambda: self._write(id, hit, kind, on=not on))

        self._context.write(write, written)


def _said_of_repeat(ref: str, other: str, repeats: int, *, on: bool) -> str:
    total = f"{count(repeats, 'repeat')} of {other} now."
    return f"Linked: {ref} repeats {other}. {total}" if on else f"Not linked any more. {total}"


def _said_of_root(library: Library, document: Document, other_id: str, *, on: bool) -> str:
    """That the root is the same, which one that is, and how often it was reached."""
    other = queries.by_id(library, other_id)
    said = f"{document.ref} has the same root as {other.ref}."
    if not on:
        return f"Not linked any more: {said}"
    shared = shared_roots(document, other)
    if not shared:
        return f"Linked: {said} Choose which one it is in the 5 Whys, as the stop reason."
    reached = count(roots.reached_by(library, shared[0].id), "post-mortem")
    return f"Linked: {said} {reached} came to “{shared[0].title}”."
