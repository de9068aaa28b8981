"""Where the keyboard is: panes that F6 moves between, and the screen when what had it is gone."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.pacing import pause
from app.ui.page import Page
from app.ui.shell.rail import Rail


class FocusKeeper(QObject):
    """Where a widget with the keyboard is hidden or disabled, Qt hands it to the next one in the
    order of Tab, often the rail. Then ``take_back`` is called, once the screen is settled.
    """

    def __init__(self, window: QWidget, take_back: Callable[[], None]) -> None:
        super().__init__(window)
        self._window = window
        self._timer = pause(self, take_back)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)

    @Slot(QWidget, QWidget)
    def _moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is None or new is None or old.window() is not self._window:
            return
        if not (old.isVisible() and old.isEnabled()):
            self._timer.start()
        else:
            self._timer.stop()


class Panes(QObject):
    """The panes of the window: rail, search box, those of the screen that is shown."""

    def __init__(
        self, window: QWidget, rail: Rail, search: QWidget, current: Callable[[], Page | None]
    ) -> None:
        super().__init__(window)
        self._rail = rail
        self._search = search
        self._current = current
        self._keeper = FocusKeeper(window, self._take_back)

    def focus(self, index: int) -> None:
        """Give the keyboard to a pane of the screen (0 is the first)."""
        panes = self._shown()
        if panes:
            panes[min(index, len(panes) - 1)].setFocus(Qt.FocusReason.TabFocusReason)

    def move(self, step: int) -> None:
        """Give it to the next (1) or previous (-1) pane of the window."""
        panes: list[QWidget] = [self._rail, self._search, *self._shown()]
        focus = QApplication.focusWidget()
        here = next(
            (i for i, pane in enumerate(panes) if focus and _within(pane, focus)),
            1 - step,
        )
        target = panes[(here + step) % len(panes)]
        if target is self._rail:
            self._rail.focus_current()
        else:
            target.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _take_back(self) -> None:
        """What had the keyboard is gone: it stays on the screen, in the first pane there is."""
        page, focus = self._current(), QApplication.focusWidget()
        if page is None or focus is None or _within(page, focus):
            return
        self.focus(0)
        now = QApplication.focusWidget()
        if now is None or not _within(page, now):
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _shown(self) -> list[QWidget]:
        page = self._current()
        return [pane for pane in page.panes() if pane.isVisible()] if page else []


def _within(pane: QWidget, focus: QWidget) -> bool:
    return pane is focus or pane.isAncestorOf(focus)
