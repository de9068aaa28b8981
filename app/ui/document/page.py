"""One post-mortem on a page of its own, with similar failures beside it."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from app.ui import changing
from app.ui.context import Context
from app.ui.document.reading_pane import ReadingPane
from app.ui.document.relating import Relating
from app.ui.document.similar import Similar, SimilarPanel, similar_to
from app.ui.pacing import Latest
from app.ui.page import Page
from app.ui.tasks import Job
from app.ui.widgets.buttons import icon_button
from app.ui.widgets.chips import Keycap
from app.ui.widgets.layouts import column, frame, label, row
from app.ui.widgets.side_column import SideColumn
from models.queries import post_mortems as queries

NARROW = 1320
"""Below this width of the window, at 100 % text, similar failures fold to a strip."""


class DocumentPage(Page):
    """The reading pane over the whole width; at the right the last times this happened.

    Signals
    -------
    opened(str):
        Another post-mortem is to be opened, by id or ref.
    export_requested(list), edit_requested(str):
        Ids to be exported; the id to be edited.
    """

    title = "Post-mortem"
    opened = Signal(str)
    export_requested = Signal(list)
    edit_requested = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._id = ""
        self._hits: Latest[Similar] = Latest(context.runner, "search")
        self.reading = ReadingPane(context)
        self.reading.opened.connect(self.opened)
        self.reading.export_requested.connect(self._export)
        self.reading.edit_requested.connect(self._edit)
        self.similar = SimilarPanel(context)
        self.similar.opened.connect(self.opened)
        self.relating = Relating(context, self.similar, self.current_id)
        self.similar.watch(context.index_state, self._find_similar)
        self.reading.similar_button.hide()
        self.reading.setParent(self)  # the order of Tab is the order of becoming a child
        head = row(label("Similar failures", "question"), None, Keycap(context.look, "Ctrl+."))
        panel = frame(column(head, (self.similar, 1), margins=(16, 16, 16, 12)), "dock")
        panel.setFocusProxy(self.similar)
        self.dock = SideColumn(
            context.look,
            self,
            panel,
            icon_button(context.look, "intersect", "Similar failures (Ctrl+.)"),
            edge="right",
            width=352,
            below=NARROW,
        )
        self.setLayout(row((self.reading, 1), self.dock, spacing=0))
        self.setFocusProxy(self.reading)

    def show_document(self, id: str, section: str = "") -> None:
        """Read and show a post-mortem, from a section on as search names it."""
        self._id = id
        self.reading.show_document(id, section)
        self._find_similar()

    def panes(self) -> list[QWidget]:
        """Text and similar failures, or the button that opens them."""
        return [self.reading, self.similar, self.dock.opener]

    def current_id(self) -> str:
        """The post-mortem that is shown."""
        return self._id

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """What can be done here."""
        return {
            "export": self._export,
            "edit": self._edit,
            "delete": self._delete,
            "similar": self._toggle_similar,
            "history": lambda: self.reading.toggle_view("history"),
            "refresh": self.refresh,
        } | self.similar.list.commands()

    def shown(self) -> None:
        """The text has the keyboard."""
        self.reading.setFocus()

    def refresh(self) -> None:
        """Read again."""
        if self._id and self.isVisible():
            self.reading.reload()
            self._find_similar()

    def go_back(self) -> bool:
        """From history or similar failures to the text."""
        if self.dock.close_panel():
            self.reading.setFocus()
            return True
        if self.reading.view != "text":
            self.reading.toggle_view(self.reading.view)
            return True
        return False

    def _find_similar(self) -> None:
        workspace, id = self._context.workspace, self._id

        def find(job: Job) -> Similar:
            return similar_to(workspace, queries.by_id(workspace.library, id))

        self._hits.submit(
            find,
            self.similar.show_found,
            failed=lambda error: self.similar.show_failure(error, self._find_similar),
        )

    def _toggle_similar(self) -> None:
        if self.dock.close_panel() or self.similar.list.hasFocus():
            self.reading.setFocus()
        else:
            self.dock.open()
            self.similar.setFocus()

    @Slot()
    def _export(self) -> None:
        self.export_requested.emit([self._id])

    @Slot()
    def _edit(self) -> None:
        self.edit_requested.emit(self._id)

    def _delete(self) -> None:
        changing.delete(self._context, [self._id])
