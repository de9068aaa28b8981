"""Choosing the sections that an export tells."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QSizePolicy, QWidget

from models.redaction import EXTERNAL, SECTIONS

if TYPE_CHECKING:
    from collections.abc import Collection

_COLUMNS = 3
_NEVER_OUTSIDE = ("review", "links")
"""Sections that a version for people outside never has."""


class SectionChoice(QWidget):
    """A box for every section.

    Signals
    -------
    edited():
        The user chose otherwise.
    """

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Sections")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        self.boxes: dict[str, QCheckBox] = {}
        for number, (key, name) in enumerate(SECTIONS.items()):
            box = QCheckBox(name)
            box.clicked.connect(lambda _checked: self.edited.emit())
            grid.addWidget(box, number // _COLUMNS, number % _COLUMNS)
            self.boxes[key] = box
        self.setFocusProxy(self.boxes["summary"])
        self.show_usual(redacted=False)

    def show_usual(self, *, redacted: bool) -> None:
        """Choose what is told where nobody chooses."""
        usual: Collection[str] = EXTERNAL if redacted else SECTIONS
        for key, box in self.boxes.items():
            box.setChecked(key in usual)
            never = redacted and key in _NEVER_OUTSIDE
            box.setEnabled(not never)
            box.setToolTip("Never told outside" if never else "")

    @property
    def chosen(self) -> tuple[str, ...]:
        """The keys of the sections that are told."""
        return tuple(key for key, box in self.boxes.items() if box.isChecked())
