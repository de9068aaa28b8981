"""Where the screens stand: one of them, or what is shown while there is none."""

import traceback
from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget

from app.ui.look import Look
from app.ui.page import Page
from app.ui.widgets.states import Notice, Skeleton
from models.errors import KnownError


class Stage(QStackedWidget):
    """Shows one screen, that the library is being opened, or that it could not be."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._skeleton = Skeleton(look)
        self._failure = Notice(look)
        self.addWidget(self._skeleton)
        self.addWidget(self._failure)

    def show_opening(self) -> None:
        """The library is being opened."""
        self._skeleton.start()
        self.setCurrentWidget(self._skeleton)

    def show_screen(self, page: Page) -> None:
        """Show a screen that was added."""
        self._skeleton.stop()
        self.setCurrentWidget(page)

    def show_failure(self, error: BaseException, retry: Callable[[], None]) -> None:
        """The library could not be opened: say so, and offer to try again."""

        def try_again() -> None:
            self.show_opening()
            retry()

        words = f"{error}. What was saved stays saved."
        if isinstance(error, KnownError):
            words = error.sentence()
        self._failure.show_error(
            "The library could not be opened",
            words,
            "".join(traceback.format_exception(error)),
            ("Try again", try_again),
        )
        self._skeleton.stop()
        self.setCurrentWidget(self._failure)
