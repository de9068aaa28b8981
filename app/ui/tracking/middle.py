"""What stands in the middle of the Actions screen: the list, or why there is none."""

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.ui.look import Look
from app.ui.widgets.states import Notice, Skeleton


class Middle(QStackedWidget):
    """The list of the board, a sketch of it while it is read, or a notice."""

    def __init__(self, look: Look, board: QWidget) -> None:
        super().__init__()
        self._list = board
        self._skeleton = Skeleton(look, 48)
        self.notice = Notice(look)
        for part in (self._skeleton, board, self.notice):
            self.addWidget(part)
        self._skeleton.start()

    @property
    def shows_list(self) -> bool:
        """Whether the list is in view."""
        return self.currentWidget() is self._list

    def show_list(self) -> None:
        """There is something to list; the keyboard goes from the notice to it."""
        had = self.notice.isVisible() and self.focusWidget() is not None
        self._show(self._list)
        if had:
            self._list.setFocus()

    def show_nothing(self, clear: Callable[[], None] | None) -> None:
        """There is nothing; ``clear`` where that is because of filters."""
        if clear is not None:
            words = "The filters leave nothing of the board."
            clearing = ("Clear filters", clear)
            self.notice.show_empty("funnel", "No action item matches", words, clearing)
        else:
            words = "Write them in the Actions section of a post-mortem, or as a countermeasure."
            self.notice.show_empty("check-square-offset", "No action items yet", words)
        self._show(self.notice)

    def show_failure(self, error: BaseException, again: Callable[[], None]) -> None:
        """The board could not be read."""
        self.notice.show_error(
            "The action items could not be read",
            str(error),
            f"{type(error).__name__}: {error}",
            ("Try again", again),
        )
        self._show(self.notice)

    def _show(self, part: QWidget) -> None:
        self._skeleton.stop()
        self.setCurrentWidget(part)
