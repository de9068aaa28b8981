"""Whether the search index is being built, for everybody whose answers depend on it."""

from PySide6.QtCore import QObject, Signal

BUILDING = "The index is being built"


class IndexState(QObject):
    """How far the index is. While it is being built, finding nothing means nothing.

    Signals
    -------
    changed():
        It went on, or ended.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.is_building = True
        self._done = 0
        self._total = 0

    @property
    def words(self) -> str:
        """How far it is, as a sentence."""
        if not self._total:
            return "What is found appears here by itself."
        return f"{self._done:,} of {self._total:,} indexed. What is found appears here by itself."

    def go_on(self, done: int = 0, total: int = 0) -> None:
        """So many of so many post-mortems are indexed."""
        self.is_building, self._done, self._total = True, done, total
        self.changed.emit()

    def end(self) -> None:
        """The index answers as well as it can."""
        self.is_building = False
        self.changed.emit()
