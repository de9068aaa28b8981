"""A moment as people type it, with what it means beside it."""

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from app.ui.editor.fields.line import LineField
from app.ui.editor.fields.typed_time import read_typed
from app.ui.widgets.layouts import column, label, restyle, set_tone
from integrations.markdown.form_times import moment_text
from models.domain.moments import Moment
from models.errors import InvalidInputError

EXAMPLE = "2026-11-19 14:02 UTC"


class _Line(LineField):
    """Tells when it is left, so that the time can be shown as it was understood."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class MomentField(QWidget):
    """A time in any zone, as exact as it is known; empty means nothing is known.

    What cannot be read stays in the field, marked, and the value before it stays the document's.

    Signals
    -------
    edited(object):
        The author changed it to this ``Moment``, or to None.
    """

    edited = Signal(object)

    def __init__(
        self,
        name: str,
        near: Callable[[], datetime | None] = lambda: None,
        placeholder: str = EXAMPLE,
    ) -> None:
        """``near`` gives the day that a time without a date belongs to."""
        super().__init__()
        self._near = near
        self._moment: Moment | None = None
        self.line = _Line(name, placeholder)
        self.line.setAccessibleDescription(
            "A time and a zone, a day, a month, or about and a time; now is the present minute"
        )
        self.line.edited.connect(self._typed)
        self.line.left.connect(self._settle)
        self.hint = label("", "secondary", "text3", wrap=True)
        self.setLayout(column(self.line, self.hint, spacing=2))
        self.setFocusProxy(self.line)
        self.setAccessibleName(name)
        self._explain()

    @property
    def moment(self) -> Moment | None:
        """The last value that could be read."""
        return self._moment

    def show_moment(self, moment: Moment | None) -> None:
        """Show a value; what is being typed and means the same stays as it is typed."""
        if moment != self._moment:
            self._moment = moment
            self.line.show_text("" if moment is None else moment_text(moment))
            self._explain()

    @Slot(str)
    def _typed(self, text: str) -> None:
        try:
            moment = read_typed(text, self._near(), datetime.now(UTC))
        except InvalidInputError as error:
            self._explain(str(error.advice))
            return
        changed, self._moment = moment != self._moment, moment
        self._explain()
        if changed:
            self.edited.emit(moment)

    @Slot()
    def _settle(self) -> None:
        """The field is left: show what was understood; what was not stays to be mended."""
        if not self.line.property("wrong"):
            self.line.show_text("" if self._moment is None else moment_text(self._moment))

    def _explain(self, fault: str = "") -> None:
        """Say what the value means in UTC and here, or what is wrong with the text."""
        if bool(fault) != bool(self.line.property("wrong")):
            self.line.setProperty("wrong", bool(fault))
            restyle(self.line)
        set_tone(self.hint, "red" if fault else "text3")
        self.hint.setText(fault or ("" if self._moment is None else _meaning(self._moment)))
        self.hint.setVisible(bool(self.hint.text()))


def _meaning(moment: Moment) -> str:
    """What the typed text does not say by itself: the time by this machine's clock."""
    if moment.at is None or not moment.is_exact:
        return ""
    here = moment.at.astimezone()
    return f"{here:%H:%M} {here.tzname()} here" if here.utcoffset() else ""
