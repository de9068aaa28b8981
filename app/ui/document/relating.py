"""Linking what is read to a similar failure, dated and with undo."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from app.ui.context import Context
from app.ui.document.similar import SimilarPanel
from app.ui.wording import count
from models.commands import relations as commands
from models.domain.root import RelationKind
from models.queries import post_mortems as queries
from models.queries import relations
from models.store.library import Actor
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
            change = commands.relate if on else commands.unrelate
            change(workspace.library, id, kind, hit.id, actor)
            ref = queries.by_id(workspace.library, id).ref
            repeats = relations.repeats_of(workspace.library, hit.id)
            return _said(ref, hit.ref, kind, repeats, on=on)

        def written(words: str) -> None:
            self._context.messages.toast(words, lambda: self._write(id, hit, kind, on=not on))

        self._context.write(write, written)


def _said(ref: str, other: str, kind: RelationKind, repeats: int, *, on: bool) -> str:
    if kind is not RelationKind.REPEAT_OF:
        end = f"has the same root as {other}."
        return f"Linked: {ref} {end}" if on else f"Not linked any more: {ref} {end}"
    total = f"{count(repeats, 'repeat')} of {other} now."
    return f"Linked: {ref} repeats {other}. {total}" if on else f"Not linked any more. {total}"
