"""Entries that a step of a framework suggests for the timeline."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from app.ui.look import Look
from app.ui.widgets.buttons import Button
from models.frameworks import LogLine


class LogLines(Button):
    """A button with the list of them; their blanks are filled in where they are put.

    Signals
    -------
    chosen(object):
        This ``LogLine`` is to stand in the timeline.
    """

    chosen = Signal(object)

    def __init__(self, look: Look, lines: Sequence[LogLine]) -> None:
        super().__init__(look, "Write into the timeline", size="small")
        self.setToolTip("Entries that this step suggests; fill in what stands in braces.")
        self.entries = QMenu(self)
        self.entries.setAccessibleName("Entries for the timeline")
        for line in lines:
            entry = self.entries.addAction(line.text.replace("&", "&&"))
            entry.triggered.connect(partial(self._choose, line))
        self.setMenu(self.entries)

    def _choose(self, line: LogLine, _checked: bool = False) -> None:
        self.chosen.emit(line)
