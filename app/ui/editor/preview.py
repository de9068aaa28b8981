"""The post-mortem as it will be exported, beside the form it is written in."""

from collections.abc import Callable

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QWidget

from app.ui.context import Context
from app.ui.document.reading import Page, page
from app.ui.document.reading_text import ReadingText
from app.ui.editor.spots import Spot, anchors_in_export, begins_section
from app.ui.pacing import Latest, pause
from app.ui.tasks import Job
from app.ui.widgets.layouts import column
from models.document import Document

PAUSE_MS = 400
"""The preview follows when nothing was typed for so long: drawing it anew takes longer than a
key may wait."""
_LOWEST = 0.8
"""Of the height: what is written further down is brought up."""


class Preview(QWidget):
    """The whole text, made in the background, where it is being written.

    It draws pictures of the library and nothing else: see ``ReadingText``.

    Signals
    -------
    opened(str):
        A linked post-mortem is to be opened, by ref.
    """

    opened = Signal(str)

    def __init__(self, context: Context, where: Callable[[], Spot] | None = None) -> None:
        """``where`` says what is under the author's cursor; without it, sections are shown."""
        super().__init__()
        self._context = context
        self._where = where
        self._latest: Latest[Page] = Latest(context.runner, "search")
        self._document: Document | None = None
        self._drawn: Document | None = None
        self._anchors: dict[str, int] = {}
        self._key = ""
        self._section = ""
        self.text = ReadingText(context.look)
        self.text.setAccessibleName("Preview")
        self.text.anchorClicked.connect(self._follow)
        self.setLayout(column(self.text, margins=(6, 6, 6, 6)))
        self.setFocusProxy(self.text)
        self._pause = pause(self, self.draw, PAUSE_MS)

    def show_document(self, document: Document, key: str) -> None:
        """Show a document at the section of a key, when nothing was typed for a moment."""
        self._document, self._key = document, key
        self.follow()

    @Slot()
    def follow(self) -> None:
        """Go where the cursor went, when it rests for a moment."""
        if self.isVisible():
            self._pause.start()

    @Slot()
    def draw(self) -> None:
        """Draw what is there now; nothing while it cannot be seen."""
        document = self._document
        if document is None or not self.isVisible():
            return
        if document is self._drawn:
            self._scroll(document)
            return
        library, wording = self._context.workspace.library, self._context.wording

        def make(job: Job) -> Page:
            return page(document, library, wording)

        def show(made: Page) -> None:
            self._drawn = document
            self.text.show_again(made)
            self._anchors = anchors_of(self.text.document())
            self._scroll(document)

        self._latest.submit(make, show, failed=self._context.messages.error)

    def _scroll(self, document: Document) -> None:
        """Bring what is written into view. What can be seen already stays where it is."""
        spot = self._where() if self._where else Spot(self._key)
        named = anchors_in_export(spot.place, document)
        places = [self._anchors[one] for one in named if one in self._anchors]
        entered, self._section = spot.section != self._section, spot.section
        if not places or self.text.hasFocus():  # somebody reads there
            return
        first, top = self._top(min(places)), self._top(self._found(spot, places[0]))
        bar, high = self.text.verticalScrollBar(), self.text.viewport().height()
        if entered or not bar.value() <= top <= bar.value() + high * _LOWEST:
            self.text.scroll_to(first if top - first < high / 2 else top - high / 3)

    def _found(self, spot: Spot, start: int) -> int:
        """Where the words of a spot stand, or ``start`` where they do not stand as they are.

        The same words further down, in another section, are others.
        """
        text, found = self.text.document(), QTextCursor(self.text.document())
        found.setPosition(start)
        others = [at for name, at in self._anchors.items() if at > start and begins_section(name)]
        end = min(others, default=text.characterCount())
        for _ in range(spot.before + 1 if spot.words else 0):
            after = text.find(spot.words, found, QTextDocument.FindFlag.FindCaseSensitively)
            if after.isNull() or after.position() > end:
                break
            found = after
        return found.selectionStart()

    def _top(self, position: int) -> float:
        """How far below the beginning of the text a letter is drawn."""
        cursor = QTextCursor(self.text.document())
        cursor.setPosition(position)
        return self.text.verticalScrollBar().value() + self.text.cursorRect(cursor).top()

    @Slot(QUrl)
    def _follow(self, url: QUrl) -> None:
        if url.scheme() == "pm":
            self.opened.emit(url.path())
        else:
            self.text.follow(url)


def anchors_of(text: QTextDocument) -> dict[str, int]:
    """Where each anchor of a text stands; Qt tells only whether it has scrolled to one."""
    found: dict[str, int] = {}
    block = text.begin()
    while block.isValid():
        for name in block.charFormat().anchorNames():
            found.setdefault(name, block.position())
        fragments = block.begin()
        while not fragments.atEnd():
            fragment = fragments.fragment()
            for name in fragment.charFormat().anchorNames():
                found.setdefault(name, fragment.position())
            fragments += 1
        block = block.next()
    return found
