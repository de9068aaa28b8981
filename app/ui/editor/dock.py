"""What stands beside the form: similar failures, language hints and the preview."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QApplication, QButtonGroup, QFrame, QStackedWidget, QWidget

from app.ui.context import Context
from app.ui.document.similar import Similar, SimilarPanel, similar_to
from app.ui.editor.language.panel import LanguagePanel
from app.ui.editor.preview import Preview
from app.ui.editor.spots import Spot
from app.ui.look import Look
from app.ui.pacing import Latest, pause
from app.ui.painting import Canvas, ChipText, chip_width
from app.ui.tasks import Job
from app.ui.widgets.buttons import PushButton, icon_button
from app.ui.widgets.layouts import column, label, row
from app.ui.widgets.side_column import SideColumn
from app.ui.wording import count
from models.document import Document

WIDTH = 352
NARROW = 1320
"""Below this width of the window, at 100 % text, the dock folds to a strip."""
PAUSE_MS = 600
"""Similar failures are looked for when nothing was typed for so long."""


class Tab(PushButton):
    """One tab: its word, a count, a line below the chosen one."""

    def __init__(self, look: Look, text: str) -> None:
        super().__init__(text)
        self._look = look
        self._count = ""
        self.setCheckable(True)
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_count(self, number: int | None) -> None:
        """Say how many are behind it; None says nothing."""
        self._count = "" if number is None else str(number)
        self.setAccessibleDescription(self._count)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Word and count."""
        return QSize(round(self._wide()) + self._look.px(16), self._look.px(44))

    def _wide(self) -> float:
        word = self._look.metrics("body_strong").horizontalAdvance(self.text())
        chip = chip_width(self._look, ChipText(self._count)) + 6 if self._count else 0
        return float(word + chip)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        look, on = self._look, self.isChecked()
        painter = QPainter(self)
        canvas = Canvas(painter, look)
        rect = QRectF(self.rect())
        x = rect.left() + look.px(8)
        word = QRectF(x, rect.top(), rect.width(), rect.height())
        width = canvas.text(
            word, self.text(), "body_strong" if on else "body", "accent" if on else "text2"
        )
        if self._count:
            chip = ChipText(self._count, "accent" if on else "neutral", strong=True)
            canvas.chip(x + width + 6, rect.center().y(), chip, 18)
        if on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.theme.accent))
            line = QRectF(x, rect.bottom() - 3, rect.width() - look.px(16), 3)
            painter.drawRoundedRect(line, 1.5, 1.5)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(look.theme.accent), 2))
            painter.drawRoundedRect(rect.adjusted(1, 6, -1, -6), 6, 6)
        painter.end()


class Tabs(QWidget):
    """Tabs side by side; Left and Right move.

    Signals
    -------
    chosen(int):
        Another tab was chosen.
    """

    chosen = Signal(int)

    def __init__(self, look: Look, words: Sequence[str]) -> None:
        super().__init__()
        self.tabs = [Tab(look, word) for word in words]
        self._group = QButtonGroup(self)
        for number, tab in enumerate(self.tabs):
            self._group.addButton(tab, number)
        self._group.idClicked.connect(self.chosen)
        self.tabs[0].setChecked(True)
        self.setLayout(row(*self.tabs, None, margins=(8, 0, 8, 0), spacing=4))

    @property
    def current(self) -> int:
        """The number of the chosen tab."""
        return self._group.checkedId()

    def choose(self, number: int) -> None:
        """Choose a tab as the user does."""
        self.tabs[number % len(self.tabs)].click()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right choose the neighbour."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        number = min(len(self.tabs) - 1, max(0, self.current + step))
        self.tabs[number].setFocus()
        self.choose(number)


class Dock(QFrame):
    """Similar failures, language hints and the preview, each following what is typed.

    Signals
    -------
    opened(str):
        Another post-mortem is to be opened, by id or ref.
    """

    opened = Signal(str)

    def __init__(self, context: Context, where: Callable[[], Spot]) -> None:
        """``where`` says what is under the author's cursor."""
        super().__init__()
        self._context = context
        self._document: Document | None = None
        self._searched: Document | None = None
        self._shown = Similar("", ())
        self._hits: Latest[tuple[int, Similar]] = Latest(context.runner, "search")
        self.setProperty("ground", "dock")
        look = context.look
        self.tabs = Tabs(look, ("Similar failures", "Language", "Preview"))
        self.tabs.chosen.connect(self._choose)
        self._found = label("", "secondary", "text2", wrap=True)
        self.similar = SimilarPanel(context)
        self.similar.opened.connect(self.opened)
        self.preview = Preview(context, where)
        self.preview.opened.connect(self.opened)
        self.language = LanguagePanel(context)
        self.language.counted.connect(self.tabs.tabs[1].show_count)
        beside = QWidget()
        beside.setLayout(column(self._found, (self.similar, 1), margins=(16, 10, 16, 12)))
        self._stack = QStackedWidget()
        for content in (beside, self.language, self.preview):
            self._stack.addWidget(content)
        self._focused = (self.similar, self.language, self.preview)
        self.setLayout(column(self.tabs, (self._stack, 1), spacing=0))
        self._pause = pause(self, self.search, PAUSE_MS)

    def show_document(self, document: Document, key: str) -> None:
        """Follow a document, at the section of a key, in the pauses of typing."""
        self._document = document
        self.preview.show_document(document, key)
        self._show_links()
        if self.similar.isVisible() and document is not self._searched:
            self._pause.start()

    def _show_links(self) -> None:
        """As the newest edit has them, which may be later than what was searched for."""
        if self._document is not None:
            self.similar.show_relations(self._document.relations)

    def next_tab(self) -> None:
        """Ctrl+Tab."""
        self.tabs.choose(self.tabs.current + 1)

    def focus_content(self) -> None:
        """Give what the tab shows the keyboard."""
        self._focused[self.tabs.current].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was typed while it was folded away."""
        super().showEvent(event)
        self.search()
        self.preview.draw()

    @Slot()
    def search(self) -> None:
        """Look for similar failures now; nothing while they cannot be seen."""
        document, workspace = self._document, self._context.workspace
        if document is None or not self.similar.isVisible():
            return

        def ask(job: Job) -> tuple[int, Similar]:
            return workspace.index.status().documents, similar_to(workspace, document)

        def show(answer: tuple[int, Similar]) -> None:
            number, found = answer
            self._searched = document
            self.tabs.tabs[0].show_count(len(found.hits))
            self._found.setText(f"Found while you type, from {count(number, 'post-mortem')}")
            if found.hits != self._shown.hits or not found.hits:
                self._shown = found
                self.similar.show_found(found)
            self._show_links()

        self._hits.submit(
            ask, show, failed=lambda error: self.similar.show_failure(error, self.search)
        )

    @Slot(int)
    def _choose(self, number: int) -> None:
        self._stack.setCurrentIndex(number)
        self.setFocusProxy(self._focused[number])
        self.search()
        self.preview.draw()


class DockPlace(SideColumn):
    """The dock's place at the right of a page; ``give_back`` takes the keyboard from it."""

    def __init__(
        self, look: Look, page: QWidget, dock: Dock, give_back: Callable[[], None]
    ) -> None:
        opener = icon_button(look, "intersect", "Similar failures, language and preview (Ctrl+J)")
        super().__init__(look, page, dock, opener, edge="right", width=WIDTH, below=NARROW)
        self._dock = dock
        self._give_back = give_back

    def switch_focus(self) -> None:
        """Ctrl+J: into the dock, and out of it again."""
        focus = QApplication.focusWidget()
        if focus is not None and self._dock.isAncestorOf(focus):
            self.close_panel()
            self._give_back()
        else:
            self.open()
            self._dock.focus_content()

    def show_tab(self, number: int) -> None:
        """Go to what a tab shows."""
        self.open()
        self._dock.tabs.choose(number)
        self._dock.focus_content()

    def next_tab(self) -> None:
        """Ctrl+Tab."""
        self.open()
        self._dock.next_tab()
