"""Linking what is written to a similar failure, as an edit that can be undone."""

from PySide6.QtCore import QObject, Slot

from app.ui.context import Context
from app.ui.document.similar import SimilarPanel
from app.ui.editor.draft import Draft
from models.document import Document
from models.domain.root import RelationKind
from models.editing.relations import toggled
from models.queries import post_mortems as queries
from search.results import SimilarHit


class Linking(QObject):
    """Puts the links that are chosen in the dock into the draft."""

    def __init__(self, context: Context, panel: SimilarPanel) -> None:
        super().__init__(panel)
        self._context = context
        self._draft: Draft | None = None
        panel.linked.connect(self._toggle)

    def take_draft(self, draft: Draft) -> None:
        """Another post-mortem is written."""
        self._draft = draft

    @Slot(object, object)
    def _toggle(self, hit: SimilarHit, kind: RelationKind) -> None:
        draft, now = self._draft, self._context.workspace.library.now()
        if draft is None:
            return
        name = f"Link to {hit.ref} ({kind.value})"

        def link(other: Document) -> None:
            draft.edit(name, lambda document: toggled(document, other, kind, now))

        self._context.read(lambda workspace: queries.by_id(workspace.library, hit.id), link)
