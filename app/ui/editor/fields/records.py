"""A short list of records, each in a row of its own that can be removed."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.look import Look
from app.ui.widgets.buttons import Button, icon_button
from app.ui.widgets.layouts import column, label, row

R = TypeVar("R")


class RecordRow(QWidget):
    """The form of one record.

    Signals
    -------
    edited(str):
        The author changed the record; the name of the field that changed.
    """

    edited = Signal(str)
    has_labels: ClassVar[bool] = True
    """Whether its first line are fields with a label above."""

    def show_record(self, record: Any) -> None:
        """Show a record; controls whose value is the same are left alone."""
        raise NotImplementedError

    def record(self) -> Any:
        """The record as it stands in the row."""
        raise NotImplementedError


class Records(QWidget, Generic[R]):
    """Rows of one kind, and a button that adds another.

    Signals
    -------
    edited(str, tuple):
        What the author did ("Add impact window") and all records as they are now.
    typed(str, tuple):
        A field of one row changed; the place (row and field), and all records.
    """

    edited = Signal(str, object)
    typed = Signal(str, object)

    def __init__(
        self,
        look: Look,
        noun: str,
        make_row: Callable[[], RecordRow],
        make_record: Callable[[], R | None],
        empty: str = "",
    ) -> None:
        """``noun`` names one record ("impact window"); ``empty`` is said where there is none.

        ``make_record`` returns None where it asks first; then it calls ``put`` with the answer.
        """
        super().__init__()
        self._look, self._noun = look, noun
        self._make_row, self._make_record = make_row, make_record
        self._records: tuple[R, ...] = ()
        self._rows: list[RecordRow] = []
        self.removers: list[Button] = []
        self._lines: list[QWidget] = []
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(12)
        self.empty = label(empty, "secondary", "text3", wrap=True)
        self.add_button = Button(look, f"Add {noun}", "secondary", "plus", size="small")
        self.add_button.clicked.connect(self.add)
        self.setLayout(column(self._list, self.empty, row(self.add_button, None)))
        self.setFocusProxy(self.add_button)
        self.empty.setVisible(bool(empty))

    @property
    def rows(self) -> tuple[RecordRow, ...]:
        """The rows as they stand."""
        return tuple(self._rows)

    def show_records(self, records: Sequence[R]) -> None:
        """Show these; rows that stay keep their widgets, so that the cursor stays."""
        self._records = tuple(records)
        while len(self._rows) > len(records):
            self._drop()
        while len(self._rows) < len(records):
            self._grow()
        for entry, record in zip(self._rows, records, strict=True):
            entry.show_record(record)
        self.empty.setVisible(not records and bool(self.empty.text()))
        self._number()

    def _number(self) -> None:
        """Rows of one kind sound different."""
        for number, (remover, line) in enumerate(zip(self.removers, self._lines, strict=True), 1):
            remover.setAccessibleName(f"Remove {self._noun} {number}")
            line.setAccessibleName(f"{self._noun} {number}".capitalize())

    @Slot()
    def add(self) -> None:
        """Add a record and go to it."""
        record = self._make_record()
        if record is not None:
            self.put(record)

    def put(self, record: R) -> None:
        """Add this record and go to it."""
        self.edited.emit(f"Add {self._noun}", (*self._records, record))
        if self._rows:
            self._rows[-1].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _remove(self, entry: RecordRow) -> None:
        index = self._rows.index(entry)
        left = (*self._records[:index], *self._records[index + 1 :])
        self._drop(index)  # this row, so that the others keep what stands in them
        self.edited.emit(f"Remove {self._noun}", left)
        if self._rows:
            self.removers[min(index, len(self._rows) - 1)].setFocus()
        else:
            self.add_button.setFocus()

    def _edited(self, entry: RecordRow, field: str) -> None:
        index = self._rows.index(entry)
        records = (*self._records[:index], entry.record(), *self._records[index + 1 :])
        self.typed.emit(f"{self._noun} {index + 1} {field}", records)

    def _grow(self) -> None:
        entry = self._make_row()
        remover = icon_button(self._look, "x", f"Remove this {self._noun}")
        remover.clicked.connect(lambda: self._remove(entry))
        entry.edited.connect(lambda field: self._edited(entry, field))
        line = QWidget()
        above = [label(" ", "secondary")] if entry.has_labels else []  # so it is beside the field
        box = row((entry, 1), column(*above, remover, None, spacing=8))
        line.setLayout(box)
        self._list.addWidget(line)
        line.show()  # at once: who made the row may go to it
        self._rows.append(entry)
        self.removers.append(remover)
        self._lines.append(line)

    def _drop(self, index: int = -1) -> None:
        self._rows.pop(index)
        self.removers.pop(index)
        line = self._lines.pop(index)
        line.hide()
        self._list.removeWidget(line)
        line.deleteLater()
