"""Linking what is written to a similar failure, as an edit that can be undone."""

from PySide6.QtCore import QObject, Slot

from app.ui.context import Context
from app.ui.document.similar import SimilarPanel
from app.ui.editor.draft import Draft
from models.domain.root import Relation, RelationKind
from models.editing.relations import toggled
from search.results import SimilarHit


class Linking(QObject):
    """Puts the links that are chosen in the dock into the draft."""

    def __init__(self, context: Context, panel: SimilarPanel) -> None:
        super().__init__(panel)
        self._library = context.workspace.library
        self._draft: Draft | None = None
        panel.linked.connect(self._toggle)

    def take_draft(self, draft: Draft) -> None:
        """Another post-mortem is written."""
        self._draft = draft

    @Slot(object, object)
    def _toggle(self, hit: SimilarHit, kind: RelationKind) -> None:
        if self._draft is not None:
            relation = Relation(kind, hit.id, hit.ref, hit.title, self._library.now())
            name = f"Link to {hit.ref} ({kind.value})"
            self._draft.edit(name, lambda document: toggled(document, relation))
