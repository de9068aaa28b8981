"""A value that is typed as text and read on the way: times and days."""

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from app.ui.editor.fields.line import LineField
from app.ui.widgets.layouts import column, label, restyle, set_tone
from models.document import new_id
from models.errors import InvalidInputError


class _Line(LineField):
    """Tells when it is left, so that the value can be shown as it was understood."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class UnreadHome:
    """What holds fields, and keeps what was typed into one of them and could not be read."""

    def keep_unread(self, note: str, field: str, text: str) -> None:
        """Keep the text that a field was left with, under an id; "" when it stands no more."""
        raise NotImplementedError


class TypedField(QWidget):
    """A line whose text means a value, with a hint below it.

    What cannot be read stays in the field, marked, and the value before it stays the document's.
    When the field is left, the ``UnreadHome`` that it stands in keeps the text.

    Signals
    -------
    edited(object):
        The author changed the value to this one; None where the field is empty.
    """

    edited = Signal(object)

    def __init__(self, name: str, placeholder: str, description: str) -> None:
        super().__init__()
        self._value: Any = None
        self._note = ""
        self.line = _Line(name, placeholder)
        self.line.setAccessibleDescription(description)
        self.line.edited.connect(self._typed)
        self.line.left.connect(self._settle)
        self.hint = label("", "secondary", "text3", wrap=True)
        self.setLayout(column(self.line, self.hint, spacing=2))
        self.setFocusProxy(self.line)
        self.setAccessibleName(name)
        self._explain()

    def read(self, text: str) -> Any:
        """The value of a text; raises ``InvalidInputError`` with advice."""
        raise NotImplementedError

    def written(self, value: Any) -> str:
        """The text of a value."""
        raise NotImplementedError

    def meaning(self, value: Any) -> str:
        """What the text of a value does not say by itself, or ""."""
        return ""

    def show_value(self, value: Any) -> None:
        """Show a value; what is being typed and means the same stays as it is typed."""
        if value != self._value:
            self.show_other(value)

    def show_other(self, value: Any) -> None:
        """Show the value of another record, whatever stands here."""
        self._value, self._note = value, ""
        self.line.show_text("" if value is None else self.written(value))
        self._explain()

    def show_unread(self, text: str) -> None:
        """Show a text that was kept since it could not be read; never while somebody types."""
        if self.line.hasFocus() or self.line.text() == text:
            return
        self.line.show_text(text)
        self._explain(self._fault(text))

    def _fault(self, text: str) -> str:
        try:
            self.read(text)
        except InvalidInputError as error:
            return str(error.advice)
        return ""

    @Slot(str)
    def _typed(self, text: str) -> None:
        fault, was_wrong = self._fault(text), bool(self.line.property("wrong"))
        if fault:
            self._explain(fault)
            return
        value = self.read(text)
        changed, self._value = value != self._value, value
        self._explain()
        if self._note:
            self._keep("")
        if changed or was_wrong:
            self.edited.emit(value)

    @Slot()
    def _settle(self) -> None:
        """The field is left: show what was understood; what was not stays, and is kept."""
        if self.line.property("wrong"):
            self._keep(self.line.text())
        else:
            self.line.show_text("" if self._value is None else self.written(self._value))

    def _keep(self, text: str) -> None:
        home = self.parentWidget()
        while home is not None and not isinstance(home, UnreadHome):
            home = home.parentWidget()
        if isinstance(home, UnreadHome):
            self._note = self._note or new_id()
            home.keep_unread(self._note, self.line.accessibleName(), text)
        if not text:
            self._note = ""

    def _explain(self, fault: str = "") -> None:
        """Say what the value means, or what is wrong with the text."""
        if bool(fault) != bool(self.line.property("wrong")):
            self.line.setProperty("wrong", bool(fault))
            restyle(self.line)
        set_tone(self.hint, "red" if fault else "text3")
        self.hint.setText(fault or ("" if self._value is None else self.meaning(self._value)))
        self.hint.setVisible(bool(self.hint.text()))
