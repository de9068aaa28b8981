"""The text of a post-mortem on the screen."""

import re

from PySide6.QtCore import QBuffer, QByteArray, QMimeData, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QImage, QImageReader, QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QTextBrowser

from app.ui.document.page_style import page_style
from app.ui.document.reading import Page
from app.ui.look import Look

_FORMATS = (b"png", b"jpeg", b"gif", b"webp")
_SOFT_BREAK = "\u200b"
_ROUNDING = 2
"""Pixels by which a page that fits may be wider than its view."""
_PART = 16
"""Letters of a long word between two places where it may break."""
_LONG_WORD = re.compile(r"\S{32,}")


class ReadingText(QTextBrowser):
    """A page, in the theme and text size of now.

    Draws the pictures that came with the page and nothing else: no file, no address is read.

    Signals
    -------
    drawn():
        The text was drawn anew.
    """

    drawn = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._page = Page("")
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.document().setDocumentMargin(8)
        self.document().setIndentWidth(20)
        self.setAccessibleName("Text")
        self.setTabChangesFocus(True)
        self.horizontalScrollBar().rangeChanged.connect(self._show_bar)
        look.changed.connect(self._restyle)

    def show_page(self, page: Page, anchor: str = "") -> None:
        """Show a page from its beginning, or from the section with this anchor."""
        self._page = page
        self._draw()
        if anchor:
            self.scrollToAnchor(anchor)

    def show_again(self, page: Page) -> None:
        """Show the newest text of the same page, where the reader was."""
        place = self.verticalScrollBar().value()
        self.show_page(page)
        self.scroll_to(place)

    def scroll_to(self, place: float) -> None:
        """Have the text begin so many pixels below its beginning."""
        bar, text = self.verticalScrollBar(), self.document()
        text.pageCount()  # lays out all of it; Qt tells the bar how long it is only later
        longest = round(text.size().height()) - self.viewport().height()
        bar.setMaximum(max(bar.maximum(), longest))
        bar.setValue(round(place))

    def follow(self, url: QUrl) -> None:
        """Go where a link leads that is no post-mortem: a place of this page, the web, mail."""
        if url.scheme() in ("http", "https", "mailto"):
            QDesktopServices.openUrl(url)
        elif not url.scheme() and url.hasFragment():
            self.scrollToAnchor(url.fragment())

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: N802
        """A picture of this page. Never None: Qt would look for a file of that name then."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return QByteArray()
        content = self._page.pictures.get(QUrl(name).toString())
        return (_decoded(content) if content else None) or _nothing()

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802
        """What is copied, without the breaks that only this page needs."""
        copied = super().createMimeDataFromSelection()
        if _SOFT_BREAK not in copied.text():
            return copied
        plain = QMimeData()
        plain.setText(copied.text().replace(_SOFT_BREAK, ""))
        plain.setHtml(copied.html().replace(_SOFT_BREAK, ""))
        return plain

    def _draw(self) -> None:
        look = self._look
        self.document().setDefaultFont(look.font("document"))
        self.document().setDefaultStyleSheet(page_style(look.theme, look.percent / 100))
        self.setHtml(self._page.html)
        _soften(self.document())
        self.drawn.emit()

    @Slot(int, int)
    def _show_bar(self, _: int, most: int) -> None:
        """No bar at the bottom for the fraction of a pixel by which Qt rounds widths up."""
        policies = Qt.ScrollBarPolicy
        wanted = policies.ScrollBarAsNeeded if most > _ROUNDING else policies.ScrollBarAlwaysOff
        if wanted is not self.horizontalScrollBarPolicy():
            self.setHorizontalScrollBarPolicy(wanted)

    @Slot()
    def _restyle(self) -> None:
        self.show_again(self._page)


def _soften(document: QTextDocument) -> None:
    """Let long words in tables break: Qt makes a column as wide as its longest word."""
    cursor = QTextCursor(document)
    cursor.beginEditBlock()  # laid out once, behind the last break
    block = document.begin()
    while block.isValid():
        cursor.setPosition(block.position())
        if cursor.currentTable() is not None:
            for word in reversed(list(_LONG_WORD.finditer(block.text()))):
                for place in range(word.end() - _PART, word.start(), -_PART):
                    cursor.setPosition(block.position() + place)
                    cursor.insertText(_SOFT_BREAK)
        block = block.next()
    cursor.endEditBlock()


def _decoded(content: bytes) -> QImage | None:
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    # The content decides, whatever the file says it is: an SVG could name other files.
    if reader.format().data() not in _FORMATS:
        return None
    image = reader.read()
    return None if image.isNull() else image


def _nothing() -> QImage:
    image = QImage(1, 1, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    return image
