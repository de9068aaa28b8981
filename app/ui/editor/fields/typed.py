"""A value that is typed as text and read on the way: times and days."""

from typing import Any, ClassVar

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from app.ui.editor.fields.line import LineField
from app.ui.pacing import pause
from app.ui.widgets.layouts import column, label, restyle, set_tone
from models.document import new_id
from models.errors import InvalidInputError

PAUSE_MS = 500
"""After this pause a text that can be read is taken for whole: half of a date is a date, too."""


class _Line(LineField):
    """Tells when it is left, so that the value can be shown as it was understood."""

    entered = Signal()
    left = Signal()
    taken_back = Signal()

    def __init__(self, name: str, placeholder: str) -> None:
        super().__init__(name, placeholder)
        self.is_begun = False
        """Whether it says what the document does not know yet; then undo is the line's."""

    def show_text(self, text: str) -> None:
        """Show a value from its beginning, and all of it in the tip."""
        super().show_text(text)
        self.setToolTip(text)
        if not self.hasFocus():
            self.setCursorPosition(0)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def event(self, event: QEvent) -> bool:
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and self._takes_back(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._takes_back(event):
            self.taken_back.emit()
            return
        super().keyPressEvent(event)

    def _takes_back(self, event: QKeyEvent) -> bool:
        return self.is_begun and event.matches(QKeySequence.StandardKey.Undo)


class UnreadHome:
    """What holds fields, and keeps what was typed into one of them and could not be read."""

    unread_kept: ClassVar[str]
    """Says where such a text is kept, in a sentence."""

    def keep_unread(self, note: str, field: str, text: str) -> None:
        """Keep the text that a field was left with, under an id; "" when it stands no more."""
        raise NotImplementedError


class TypedField(QWidget):
    """A line whose text means a value, with a hint below it.

    The text becomes the document's when the field is left, at Enter, and after a pause. What
    cannot be read stays in the field, marked, and the value before it is the document's again;
    when the field is left, the ``UnreadHome`` that it stands in keeps the text.

    Signals
    -------
    edited(object):
        The author changed the value to this one; None where the field is empty.
    """

    edited = Signal(object)

    def __init__(self, name: str, placeholder: str, description: str) -> None:
        super().__init__()
        self._value: Any = None
        self._before: Any = None
        self._is_unread = False
        self._note = ""
        self.pause = pause(self, self._understand, PAUSE_MS)
        self.line = _Line(name, placeholder)
        self.line.setAccessibleDescription(description)
        self.line.edited.connect(self._typed)
        self.line.left.connect(self._settle)
        self.line.taken_back.connect(self._take_back)
        self.line.returnPressed.connect(self._enter)
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
        self._value, self._before, self._note, self._is_unread = value, value, "", False
        self._rest()
        self.line.show_text("" if value is None else self.written(value))
        self._explain()

    def show_unread(self, text: str) -> None:
        """Show a text that was kept since it could not be read; never while somebody types."""
        if self.line.hasFocus() or self.line.text() == text:
            return
        self.line.show_text(text)
        self._say_unread(text)

    def _fault(self, text: str) -> str:
        try:
            self.read(text)
        except InvalidInputError as error:
            return str(error.advice)
        return ""

    @Slot(str)
    def _typed(self, text: str) -> None:
        fault = self._fault(text)
        self.line.is_begun = True
        self._explain(fault)
        if not fault:
            self.pause.start()
            return
        self.pause.stop()
        if self._value != self._before:  # the beginning of the text meant something else
            self._value = self._before
            self.edited.emit(self._value)

    @Slot()
    def _understand(self) -> None:
        """The text is whole: its value becomes the document's."""
        value = self.read(self.line.text())
        self._rest()
        changed, self._value = value != self._value, value
        was_unread, self._is_unread = self._is_unread, False
        self._explain()
        if self._note:
            self._keep("")
        if changed or was_unread:
            self.edited.emit(value)

    @Slot()
    def _enter(self) -> None:
        """Enter says that the text is whole; what cannot be read can still be mended."""
        if not self.line.property("wrong"):
            self._settle()

    def settle(self) -> None:
        """Hand in what is typed before another record is shown here."""
        if self.line.is_begun:
            self._settle()

    @Slot()
    def _settle(self) -> None:
        """The field is left: show what was understood; what was not stays, and is kept."""
        if self.line.property("wrong"):
            if self.line.is_begun:
                self._rest()
                self._keep(self.line.text())
                self._say_unread(self.line.text())
            return
        if self.pause.isActive():
            self._understand()
        self._before = self._value
        self.line.show_text("" if self._value is None else self.written(self._value))

    @Slot()
    def _take_back(self) -> None:
        """Undo what was typed and is not the document's yet."""
        self.show_other(self._value)

    def _say_unread(self, text: str) -> None:
        self._is_unread = True
        home = self._home()
        self._explain(f"{self._fault(text)} {home.unread_kept if home else ''}".strip())

    def _rest(self) -> None:
        self.pause.stop()
        self.line.is_begun = False

    def _keep(self, text: str) -> None:
        home = self._home()
        if home is not None:
            self._note = self._note or new_id()
            home.keep_unread(self._note, self.line.accessibleName(), text)
        if not text:
            self._note = ""

    def _home(self) -> UnreadHome | None:
        home = self.parentWidget()
        while home is not None and not isinstance(home, UnreadHome):
            home = home.parentWidget()
        return home

    def _explain(self, fault: str = "") -> None:
        """Say what the value means, or what is wrong with the text."""
        if bool(fault) != bool(self.line.property("wrong")):
            self.line.setProperty("wrong", bool(fault))
            restyle(self.line)
        set_tone(self.hint, "red" if fault else "text3")
        self.hint.setText(fault or ("" if self._value is None else self.meaning(self._value)))
        self.hint.setVisible(bool(self.hint.text()))
