"""How screens speak to the user: toasts that pass, banners that stay, errors that surface."""

import traceback
from collections.abc import Callable

from PySide6.QtGui import QGuiApplication

from app.ui.widgets.messages import Banner, BannerKind, Toast
from models.errors import KnownError


class Messages:
    """The one voice of the window; handed to every screen."""

    def __init__(self, toast: Toast, banner: Banner) -> None:
        self._toast = toast
        self._banner = banner

    def toast(
        self, text: str, undo: Callable[[], None] | None = None, *, button: str = "Undo"
    ) -> None:
        """A sentence for 6 s; ``undo`` is offered as a button."""
        self._toast.say(text, undo, button=button)

    def undo(self) -> None:
        """Take back what the last toast offered to take back."""
        if self._toast.can_undo:
            self._toast.undo()
        else:
            self._toast.say("Nothing to undo here.")

    def banner(
        self,
        kind: BannerKind,
        title: str,
        text: str = "",
        *actions: tuple[str, Callable[[], None]],
        closed: Callable[[], None] | None = None,
    ) -> None:
        """A state that stays until it is solved or closed; ``closed`` is called then."""
        self._banner.say(kind, title, text, *actions, closed=closed)

    def solved(self) -> None:
        """The state is over."""
        self._banner.hide()

    def error(self, error: BaseException) -> None:
        """What went wrong: a known error as its sentence, any other with details to copy."""
        if isinstance(error, KnownError):
            rest = " ".join(part for part in (error.kept, error.advice) if part)
            self._banner.say("red", str(error), rest)
            return
        details = "".join(traceback.format_exception(error))

        def copy() -> None:
            QGuiApplication.clipboard().setText(details)

        self._banner.say(
            "red",
            "Something went wrong that should not have.",
            f"{type(error).__name__}: {error}. What was saved stays saved.",
            ("Copy details", copy),
        )
