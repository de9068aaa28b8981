"""The value of one field of a ticket, asked for as the field's kind wants it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QWidget,
)

from app.ui.editor.fields.choice import ChoiceField, spoken
from app.ui.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.dialogs import size_within
from app.ui.widgets.layouts import column, label, row
from integrations.jira.field_values import takes_people, takes_several

if TYPE_CHECKING:
    from integrations.jira.remote import Account
    from models.tracking.screens import CreateField

_EXAMPLES = {"number": "3", "date": "2026-11-30", "datetime": "2026-11-30T09:00"}


class ValueChooser(QWidget):
    """One of the kinds below.

    Signals
    -------
    given(str, str):
        The field's id and the words, as ``field_values`` reads them; "" for no value.
    people_asked(str, str):
        The field's id and a name or an e-mail to look for.
    """

    given = Signal(str, str)
    people_asked = Signal(str, str)

    def __init__(self, look: Look, asked: "CreateField", words: str, *, name: str) -> None:
        """``name`` is what screen readers call it."""
        super().__init__()
        self._look, self._field, self._words = look, asked, words
        self._several = {part.strip() for part in words.split(",") if part.strip()}
        self.control: QWidget = self._control()
        self.control.setAccessibleName(name)
        named = [spoken(self.control)] if isinstance(self.control, ChoiceField) else []
        self.setLayout(row(*named, self.control))
        self.setFocusProxy(self.control)

    def _control(self) -> QWidget:
        if takes_people(self._field):
            return self._line("name or e-mail, Enter looks", self._look_for)
        if self._field.choices and takes_several(self._field):
            button = Button(self._look, self._chosen_names() or "Choose…")
            button.clicked.connect(self._choose_several)
            return button
        if self._field.choices:
            choices = [("", "Choose", ""), *((c.id, c.name, "") for c in self._field.choices)]
            choice = ChoiceField(self._field.name, choices, by_list=True)
            choice.show_key(self._words)
            choice.chosen.connect(self._give)
            return choice
        example = "one, two" if takes_several(self._field) else _EXAMPLES.get(self._field.kind, "")
        return self._line(example, self._give_line)

    def _line(self, example: str, taken: Callable[[], None]) -> QLineEdit:
        line = QLineEdit(self._words)
        line.setPlaceholderText(example)
        line.setMinimumWidth(self._look.px(190))
        line.editingFinished.connect(taken)
        return line

    @Slot(str)
    def _give(self, words: str) -> None:
        if words != self._words:
            self._words = words
            self.given.emit(self._field.id, words)

    @Slot()
    def _give_line(self) -> None:
        if isinstance(self.control, QLineEdit):
            self._give(self.control.text().strip())

    # -- several -------------------------------------------------------------------------------

    def _chosen_names(self) -> str:
        return ", ".join(c.name for c in self._field.choices if c.id in self._several)

    @Slot()
    def _choose_several(self) -> None:
        dialog = SeveralDialog(self._look, self.window(), self._field, self._several)
        dialog.taken.connect(self._take_several)
        dialog.open()

    @Slot(object)
    def _take_several(self, ids: set[str]) -> None:
        self._several = ids
        if isinstance(self.control, Button):
            self.control.rename(self._chosen_names() or "Choose…")
        self._give(", ".join(c.id for c in self._field.choices if c.id in ids))

    # -- people --------------------------------------------------------------------------------

    @Slot()
    def _look_for(self) -> None:
        if isinstance(self.control, QLineEdit):
            typed = self.control.text().strip()
            if typed and typed != self._words:
                self.people_asked.emit(self._field.id, typed)
            elif not typed:
                self._give("")

    def offer_people(self, found: "Sequence[Account]") -> None:
        """Let one of the accounts be taken."""
        menu = QMenu(self)
        menu.setAccessibleName(self._field.name)
        for one in found:
            more = f", {one.email}" if one.email else ""
            menu.addAction(f"{one.name}{more}", partial(self._take_person, one))
        if not found:
            menu.addAction("Nobody here is called so").setEnabled(False)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _take_person(self, one: "Account") -> None:
        if isinstance(self.control, QLineEdit):
            self.control.setText(one.account)
            self.control.setToolTip(one.name)
        self._give(one.account)


class SeveralDialog(QDialog):
    """Some of many: Space ticks, Enter takes.

    Signals
    -------
    taken(object):
        The set of the ids that are ticked.
    """

    taken = Signal(object)

    def __init__(self, look: Look, window: QWidget, asked: "CreateField", chosen: set[str]) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(asked.name)
        self.setAccessibleName(asked.name)
        self.list = QListWidget()
        self.list.setAccessibleName(asked.name)
        for choice in asked.choices:
            item = QListWidgetItem(choice.name, self.list)
            item.setData(Qt.ItemDataRole.UserRole, choice.id)
            on = choice.id in chosen
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.list.setCurrentRow(0)
        take = Button(look, "Take", "primary")
        take.clicked.connect(self._take)
        take.setDefault(True)
        cancel = Button(look, "Cancel")
        cancel.clicked.connect(self.reject)
        self.setLayout(
            column(
                label(asked.name, "question", wrap=True),
                (self.list, 1),
                row(None, cancel, take),
                margins=(24, 20, 24, 20),
                spacing=10,
            )
        )
        size_within(self, look, 420, 420)
        self.list.setFocus()

    @Slot()
    def _take(self) -> None:
        items = (self.list.item(at) for at in range(self.list.count()))
        ids = {
            str(item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item.checkState() is Qt.CheckState.Checked
        }
        self.accept()
        self.taken.emit(ids)
