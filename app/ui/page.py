"""What every screen of the window offers to the frame around it."""

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class Page(QWidget):
    """A screen. The window shows its title and buttons, and sends it the actions it takes.

    Signals
    -------
    actions_changed():
        Other actions can be carried out now, or they are called otherwise.
    facts_changed():
        The status bar has other facts to show.
    """

    actions_changed = Signal()
    facts_changed = Signal()

    title: str = ""
    area: ClassVar[str] = "library"
    """The entry of the rail that is marked while this page is shown."""
    is_top: ClassVar[bool] = False
    """A top page is reached from the rail and has no way back."""

    has_primary: ClassVar[bool] = False
    """Whether it has the one primary button itself, so that the top bar shows none."""

    def panes(self) -> list[QWidget]:
        """What F6 moves between, in reading order."""
        return []

    def extras(self) -> list[QWidget]:
        """Buttons of the page for the top bar."""
        return []

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """The actions of the table that this page carries out, by id."""
        return {}

    def current_id(self) -> str:
        """The id of the post-mortem that is shown or chosen here, or ""."""
        return ""

    def facts(self) -> Sequence[tuple[str, str]]:
        """Icons and sentences for the left of the status bar, in place of what stands there."""
        return ()

    def action_texts(self) -> Mapping[str, str]:
        """What actions are called here, where that is not their text in the table, by id."""
        return {}

    def shown(self) -> None:
        """The page has come into view."""

    def refresh(self) -> None:
        """Something was written: read again what is shown."""

    def go_back(self) -> bool:
        """Esc inside the page; whether it had a level to go back from."""
        return False
