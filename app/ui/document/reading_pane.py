"""The reading pane: head, measures and text of one post-mortem; similar failures; history."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QStackedWidget, QWidget

from app.ui.context import Context
from app.ui.document.find_bar import FindBar
from app.ui.document.history import HistoryPanel
from app.ui.document.places import anchor_of
from app.ui.document.reading import (
    Found,
    Page,
    Reading,
    find_document,
    head_sentence,
    written_out,
)
from app.ui.document.reading_head import ReadingHead
from app.ui.document.reading_text import ReadingText
from app.ui.document.relating import Relating
from app.ui.document.similar import Similar, SimilarPanel, similar_to
from app.ui.pacing import Latest, pause
from app.ui.widgets.layouts import column
from app.ui.widgets.states import Notice
from models.document import Document

View = Literal["text", "similar", "history"]
PATIENCE_MS = 150
"""What was read before stands no longer than this; sooner, a blank page would only flicker."""


class ReadingPane(QFrame):
    """One post-mortem, read in the background whenever another is asked for.

    Signals
    -------
    opened(str):
        A linked or similar post-mortem is to be opened, by id or ref.
    export_requested(), edit_requested():
        The user pressed that button.
    """

    opened = Signal(str)
    export_requested = Signal()
    edit_requested = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._latest_found: Latest[Found] = Latest(context.runner, "store")
        self._latest: Latest[Reading] = Latest(context.runner, "reading")
        self._latest_similar: Latest[Similar] = Latest(context.runner, "search")
        self._reading: Reading | None = None
        self._id = ""
        self._section = ""
        self.setProperty("ground", "surface")
        look = context.look
        self.head = ReadingHead(context)
        self.text = ReadingText(look)
        self.text.anchorClicked.connect(self._follow)
        self.find_bar = FindBar(look, self.text)
        self.similar = SimilarPanel(context)
        self.similar.opened.connect(self.opened)
        self.relating = Relating(context, self.similar, lambda: self._id)
        self.similar.watch(context.index_state, self._load_view)
        self.history = HistoryPanel(context)
        self.notice = Notice(look)
        self._views = QStackedWidget()
        for view in (self.text, self.similar, self.history):
            self._views.addWidget(view)
        self.similar_button = self.head.similar_button
        self.history_button = self.head.history_button
        self.head.export_button.clicked.connect(self.export_requested)
        self.head.edit_button.clicked.connect(self.edit_requested)
        self.similar_button.clicked.connect(self._toggler("similar"))
        self.history_button.clicked.connect(self._toggler("history"))
        # The title is never cut for the sake of what is below: that scrolls.
        self._views.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        content = QFrame()
        content.setLayout(column(self.head, (self._views, 1), self.find_bar, spacing=4))
        self._outer = QStackedWidget()
        self._outer.addWidget(content)
        self._outer.addWidget(self.notice)
        self.setLayout(column(self._outer, margins=(18, 14, 14, 8)))
        self.setFocusProxy(self.text)
        self._waiting = pause(self, self._say_it_loads, PATIENCE_MS)
        self.clear()

    # -- showing -------------------------------------------------------------------------------

    @property
    def document(self) -> Document | None:
        """The document that is shown."""
        reading = self._reading
        return reading.document if reading and reading.document.post_mortem.id == self._id else None

    def show_document(self, id: str, section: str = "") -> None:
        """Read and show a post-mortem, from a section on as search names it."""
        if id != self._id:
            self.show_view("text")
            self._waiting.start()
        self._id = id
        self._section = section
        self.reload()

    @Slot()
    def reload(self) -> None:
        """Read what is shown again."""
        if not self._id:
            return
        workspace, id, wording = self._context.workspace, self._id, self._context.wording

        def write_out(found: Found) -> None:
            self._latest.submit(
                lambda job: written_out(workspace, found, wording), self._show, failed=self._fail
            )

        self._latest.forget()
        self._latest_found.submit(
            lambda job: find_document(workspace, id), write_out, failed=self._fail
        )

    def clear(self) -> None:
        """Show that nothing is chosen."""
        self._id = ""
        self._reading = None
        self._latest_found.forget()
        self._latest.forget()
        self._waiting.stop()
        self.notice.show_empty("books", "Nothing chosen", "Choose a post-mortem to read it here.")
        self._outer.setCurrentWidget(self.notice)

    @Slot()
    def _say_it_loads(self) -> None:
        self._reading = None
        self.text.show_page(Page(""))
        self.notice.show_empty("file-search", "Reading this post-mortem…")
        self._outer.setCurrentWidget(self.notice)

    def _show(self, reading: Reading) -> None:
        self._waiting.stop()
        same = self._reading is not None and (
            self._reading.document.post_mortem.id == reading.document.post_mortem.id
        )
        self._reading = reading
        document = reading.document
        mortem = document.post_mortem
        self.text.setAccessibleDescription(f"{mortem.title}, {head_sentence(document)}")
        self.head.show_reading(reading)
        if same and not self._section:
            self.text.show_again(reading.page)
        else:
            self.text.show_page(reading.page, anchor_of(self._section, document))
        self._section = ""
        self._outer.setCurrentIndex(0)
        self._load_view()

    def _fail(self, error: BaseException) -> None:
        self._waiting.stop()
        self._reading = None
        self.notice.show_error(
            "This post-mortem could not be read",
            str(error),
            f"{type(error).__name__}: {error}",
            ("Try again", self.reload),
        )
        self._outer.setCurrentWidget(self.notice)

    # -- views ---------------------------------------------------------------------------------

    @property
    def view(self) -> View:
        """What stands below the head."""
        views: tuple[View, ...] = ("text", "similar", "history")
        return views[self._views.currentIndex()]

    def show_view(self, view: View) -> None:
        """Show the text, similar failures or the history."""
        self._views.setCurrentIndex(("text", "similar", "history").index(view))
        if view != "text":
            self.find_bar.end()
        self.similar_button.setChecked(view == "similar")
        self.history_button.setChecked(view == "history")
        self.setFocusProxy(self._shown_view())
        self._load_view()

    def find_text(self) -> None:
        """Find in the text."""
        if self._id:
            self.show_view("text")
            self.find_bar.begin()

    def toggle_view(self, view: View) -> None:
        """Show a view, or the text where that view is shown already."""
        if not self._id:
            return
        self.show_view("text" if self.view == view else view)
        self._shown_view().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _shown_view(self) -> QWidget:
        return {"text": self.text, "similar": self.similar, "history": self.history}[self.view]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves similar failures and history for the text."""
        if event.key() == Qt.Key.Key_Escape and self.view != "text":
            self.toggle_view(self.view)
            return
        super().keyPressEvent(event)

    def _toggler(self, view: View) -> Callable[[], None]:
        return lambda: self.toggle_view(view)

    def _load_view(self) -> None:
        if self._reading is None or self._reading.document.post_mortem.id != self._id:
            return
        if self.view == "history":
            self.history.show_history(self._reading.document)
        elif self.view == "similar":
            document, workspace = self._reading.document, self._context.workspace
            self._latest_similar.submit(
                lambda job: similar_to(workspace, document),
                self.similar.show_found,
                failed=lambda error: self.similar.show_failure(error, self._load_view),
            )

    @Slot(QUrl)
    def _follow(self, url: QUrl) -> None:
        if url.scheme() == "pm":
            self.opened.emit(url.path())
        else:
            self.text.follow(url)
