"""What every section of the settings has in common."""

from typing import ClassVar

from PySide6.QtWidgets import QWidget

from app.ui.context import Context


class Section(QWidget):
    """A section; it is made when it is first shown.

    ``refresh`` is called when it comes into view, and while it is there after every change.
    """

    title: ClassVar[str]
    hint: ClassVar[str]
    icon: ClassVar[str]
    fills: ClassVar[bool] = False
    """Whether it has the whole place to itself, with a title and scroll bars of its own."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context

    def refresh(self) -> None:
        """Read again what is shown."""
