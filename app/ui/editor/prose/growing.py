"""A text field as high as its text."""

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QFocusEvent, QResizeEvent, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QScrollArea, QSizePolicy

from app.ui.look import Look
from app.ui.pacing import pause


class GrowingEdit(QPlainTextEdit):
    """Grows from ``lines`` to ``most`` lines, then scrolls; the form around follows the cursor."""

    def __init__(self, look: Look, *, lines: int, most: int) -> None:
        super().__init__()
        self.look = look
        self._lines = lines
        self._most = most
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # The form takes up a new height only when it lays itself out again.
        self._laid_out = pause(self, self.follow_cursor)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.cursorPositionChanged.connect(self.follow_cursor)
        look.changed.connect(self.restyle)

    # No @Slot: subclasses override it, and PySide would call it beyond the end of their objects.
    def restyle(self) -> None:
        """Take up another theme or text size."""
        font = self.look.font("document")
        self.setFont(font)
        self.document().setDefaultFont(font)
        self._fit()

    @Slot()
    def follow_cursor(self) -> None:
        """Bring the cursor into view in the form around the field."""
        if not self.hasFocus():
            return
        form = self.parentWidget()
        while form is not None and not isinstance(form, QScrollArea):
            form = form.parentWidget()
        page = form.widget() if form is not None else None
        if form is None or page is None:
            return
        place: QPoint = self.viewport().mapTo(page, self.cursorRect().center())
        form.ensureVisible(place.x(), place.y(), 0, self.look.px(48))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks lines elsewhere."""
        super().resizeEvent(event)
        self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Where the keyboard goes, the form goes."""
        super().focusInEvent(event)
        self.follow_cursor()

    @Slot()
    def _fit(self) -> None:
        """As high as the text, within the limits; only lines up to the limit are laid out."""
        line = self.fontMetrics().lineSpacing()
        least, most = line * self._lines, line * self._most
        height = 0.0
        block = self.document().firstBlock()
        layout = self.document().documentLayout()
        while block.isValid() and height <= most:
            height += layout.blockBoundingRect(block).height()
            block = block.next()
        margins = self.contentsMargins()
        around = margins.top() + margins.bottom() + 2 * self.document().documentMargin()
        tall = round(min(most, max(least, height)) + around) + self.look.px(8)
        if tall != self.height():
            self.setFixedHeight(tall)
            self._laid_out.start()
