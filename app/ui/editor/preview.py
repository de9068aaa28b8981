"""The post-mortem as it will be exported, beside the form it is written in."""

from PySide6.QtCore import QTimer, QUrl, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.ui.context import Context
from app.ui.document.reading import Page, page
from app.ui.document.reading_text import ReadingText
from app.ui.editor.places import anchor_in_export
from app.ui.pacing import Latest
from app.ui.tasks import Job
from app.ui.widgets.layouts import column
from models.document import Document

PAUSE_MS = 400
"""The preview follows when nothing was typed for so long: drawing it anew takes longer than a
key may wait."""


class Preview(QWidget):
    """The whole text, made in the background, at the section that is being written.

    It draws pictures of the library and nothing else: see ``ReadingText``.

    Signals
    -------
    opened(str):
        A linked post-mortem is to be opened, by ref.
    """

    opened = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._latest: Latest[Page] = Latest(context.runner, "search")
        self._document: Document | None = None
        self._drawn: Document | None = None
        self._place = ""
        self.text = ReadingText(context.look)
        self.text.setAccessibleName("Preview")
        self.text.anchorClicked.connect(self._follow)
        self.setLayout(column(self.text, margins=(6, 6, 6, 6)))
        self.setFocusProxy(self.text)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.draw)

    def show_document(self, document: Document, key: str) -> None:
        """Show a document, from a section on, when nothing was typed for a moment."""
        self._document = document
        moved = key != self._place
        self._place = key
        if self.isVisible() and (self._drawn is not document or moved):
            self._pause.start()

    @Slot()
    def draw(self) -> None:
        """Draw what is there now; nothing while it cannot be seen."""
        document, place = self._document, self._place
        if document is None or not self.isVisible():
            return
        if document is self._drawn:
            self._scroll(place, document)
            return
        library, wording = self._context.workspace.library, self._context.wording

        def make(job: Job) -> Page:
            return page(document, library, wording)

        def show(made: Page) -> None:
            self._drawn = document
            self.text.show_again(made)
            self._scroll(place, document)

        self._latest.submit(make, show, failed=self._context.messages.error)

    def _scroll(self, place: str, document: Document) -> None:
        if anchor := anchor_in_export(place, document):
            self.text.scrollToAnchor(anchor)

    @Slot(QUrl)
    def _follow(self, url: QUrl) -> None:
        if url.scheme() == "pm":
            self.opened.emit(url.path())
        else:
            self.text.follow(url)
