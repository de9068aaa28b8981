"""The history of a post-mortem: its revisions, what each changed, and the way back to one."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QModelIndex,
    QRectF,
    QSize,
    Qt,
    Slot,
)
from PySide6.QtWidgets import (
    QListView,
    QStackedWidget,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from app.ui.context import Context
from app.ui.document.differences import DifferenceView, Told, told
from app.ui.document.reading import Page, page
from app.ui.document.reading_text import ReadingText
from app.ui.item_models.rows import SPOKEN, Index, RowModel
from app.ui.look import Look
from app.ui.pacing import Latest
from app.ui.painting import ELIDE_RIGHT, RIGHT, Canvas, ChipText
from app.ui.tasks import Job
from app.ui.widgets.buttons import Button, Segmented
from app.ui.widgets.layouts import column, row
from app.ui.widgets.row_delegate import RowDelegate
from models.commands import post_mortems as commands
from models.commands.post_mortems import Saved
from models.differences import differences
from models.document import Document
from models.queries import post_mortems as queries
from models.queries.post_mortems import Revision
from models.store.library import Actor

if TYPE_CHECKING:
    from app.bootstrap import Workspace

ROW_HEIGHT = 36
MOST_ROWS = 5
"""More revisions are scrolled to."""
_KINDS = {
    "created": ChipText("Created", "green"),
    "saved": ChipText("Saved", "neutral"),
    "autosave": ChipText("Autosaved", "neutral"),
    "imported": ChipText("Imported", "neutral", "download-simple"),
    "restored": ChipText("Restored", "green"),
    "linked": ChipText("Actions or links changed", "neutral"),
    "conflict": ChipText("Conflict, kept apart", "amber", "git-diff"),
    "file": ChipText("The file, kept apart", "neutral", "git-diff"),
}


def when(at: datetime) -> str:
    """ "19 Nov 2026, 14:02 UTC"."""
    return f"{at.day} {at:%b %Y, %H:%M} UTC"


class RevisionModel(RowModel[Revision]):
    """The revisions, newest first."""

    def present(self) -> Revision | None:
        """The revision that is the text now: the newest that was not kept beside it."""
        return next((r for r in self._rows if not r.is_aside), None)

    def before(self, index: Index) -> Revision | None:
        """The revision that was the text before that of a row."""
        older = self._rows[index.row() + 1 :]
        return next((r for r in older if not r.is_aside), None)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The sentence for a screen reader."""
        if role in SPOKEN:
            revision = self.entry(index)
            by = f" by {revision.actor}" if revision.actor else ""
            return f"Revision {revision.number}, {revision.kind}, {when(revision.at)}{by}"
        return None


class RevisionDelegate(RowDelegate):
    """Number, kind, who, when."""

    def __init__(self, look: Look, model: RevisionModel, view: QListView) -> None:
        super().__init__(look, view)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line."""
        return QSize(200, self._look.px(ROW_HEIGHT))

    def draw(self, canvas: Canvas, rect: QRectF, state: QStyle.StateFlag, index: Index) -> None:
        """Draw it."""
        revision = self._model.entry(index)
        canvas.item_ground(rect.adjusted(0, 1, 0, -1), state)
        inner = rect.adjusted(12, 0, -12, 0)
        x = inner.left()
        x += canvas.text(inner, f"Revision {revision.number}", "secondary_strong") + 10
        kind = _KINDS.get(revision.kind, ChipText(revision.kind))
        x += canvas.chip(x, inner.center().y(), kind, 18) + 10
        at = when(revision.at)
        end = inner.right() - self._look.metrics("secondary").horizontalAdvance(at) - 12
        by = QRectF(x, inner.top(), max(0.0, end - x), inner.height())
        canvas.text(by, revision.actor, "secondary", "text2", elide=ELIDE_RIGHT)
        canvas.text(inner, at, "secondary", "text2", align=RIGHT)


Shown = Page | Told


class HistoryPanel(QWidget):
    """Revisions above, what the chosen one changed or said below, and Restore."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._document: Document | None = None
        self._latest: Latest[Shown] = Latest(context.runner, "store")
        self._model = RevisionModel(self)
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setItemDelegate(RevisionDelegate(context.look, self._model, self.list))
        self.list.setAccessibleName("Revisions")
        self.list.setUniformItemSizes(True)
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self.text = ReadingText(context.look)
        self.text.anchorClicked.connect(self.text.follow)
        self.text.setAccessibleName("Text of the revision")
        self.difference = DifferenceView(context.look)
        self.views = Segmented(
            "Show",
            [("now", "Since then"), ("earlier", "Its change"), ("text", "Whole text")],
        )
        self.views.chosen.connect(self._read)
        tip = "Restore this revision: what was removed since comes back, the status stays"
        self.restore_button = Button(
            context.look, "Restore", icon="arrow-u-up-left", size="small", tip=tip
        )
        self.restore_button.setAccessibleName("Restore this revision")
        self.restore_button.clicked.connect(self._restore)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.difference)
        self._stack.addWidget(self.text)
        choices = row(self.views, None, self.restore_button)
        self.setLayout(column(self.list, choices, (self._stack, 1), spacing=8))
        context.look.changed.connect(self._fit_list)
        self.setFocusProxy(self.list)

    def show_history(self, document: Document) -> None:
        """Read the revisions of a document."""
        self._document = document
        post_mortem_id = document.post_mortem.id

        self._context.read(
            lambda workspace: queries.history(workspace.library, post_mortem_id), self._show
        )

    def _show(self, revisions: tuple[Revision, ...]) -> None:
        self._model.show_rows(revisions)
        self._fit_list()
        if revisions:
            self.list.setCurrentIndex(self._model.index(0, 0))

    @Slot()
    def _fit_list(self) -> None:
        """As high as its rows, so that the rest is left to what they say."""
        rows = min(max(1, self._model.rowCount()), MOST_ROWS)
        height = self._context.look.px(ROW_HEIGHT)
        self.list.setMinimumHeight(height)
        self.list.setMaximumHeight(height * rows + 2)

    @Slot(QModelIndex)
    def _chosen(self, index: QModelIndex) -> None:
        if index.isValid():
            revision = self._model.entry(index)
            self.restore_button.setEnabled(revision != self._model.present())
            self._read()

    @Slot()
    def _read(self) -> None:
        """Read what the choices ask for."""
        index = self.list.currentIndex()
        if not index.isValid() or self._document is None:
            return
        view, document, context = self.views.key, self._document, self._context
        revision, earlier = self._model.entry(index), self._model.before(index)
        is_present = revision == self._model.present()
        library, id = context.workspace.library, document.post_mortem.id

        def read(job: Job) -> Shown:
            shown, name = queries.revision(library, id, revision.number), _name(revision)
            if view == "text":
                return page(shown, library, context.wording)
            if view == "now":
                changes = differences(shown, queries.by_id(library, id))
                same = "This is the text as it is now." if is_present else "It says the same now."
                return told(changes, name, "Now", same=same)
            if earlier is None:
                return Told(same="It is the first revision.")
            changes = differences(queries.revision(library, id, earlier.number), shown)
            same = f"It says the same as revision {earlier.number}."
            return told(changes, _name(earlier), name, same=same)

        self._latest.submit(read, self._show_read, failed=self._fail)

    def _show_read(self, shown: Shown) -> None:
        if isinstance(shown, Page):
            self.text.show_page(shown)
            self._stack.setCurrentWidget(self.text)
        else:
            self.difference.show_told(shown)
            self._stack.setCurrentWidget(self.difference)

    def _fail(self, error: BaseException) -> None:
        self.difference.show_failure(error, self._read)
        self._stack.setCurrentWidget(self.difference)

    @Slot()
    def _restore(self) -> None:
        document = self._document
        index = self.list.currentIndex()
        if document is None or not index.isValid():
            return
        present = self._model.present()
        if present is not None:
            number = self._model.entry(index).number
            self._restore_number(document, number, present.number)

    def _restore_number(self, document: Document, number: int, before: int) -> None:
        context = self._context

        def write(workspace: "Workspace", actor: Actor) -> Saved:
            return commands.restore(workspace.library, document.post_mortem.id, number, actor)

        def done(_: Saved) -> None:
            context.messages.toast(
                f"Revision {number} is the text of {document.ref} again.",
                lambda: self._restore_number(document, before, number),
            )

        context.write(write, done)


def _name(revision: Revision) -> str:
    return f"Revision {revision.number}"
