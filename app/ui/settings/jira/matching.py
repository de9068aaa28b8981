"""Dialogs that match our words with theirs: priorities, states, people."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QWidget

from app.ui.editor.fields.choice import ChoiceField, spoken
from app.ui.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.dialogs import size_within
from app.ui.widgets.layouts import column, frame, label, row


@dataclass(frozen=True, slots=True)
class Pair:
    """One of our words with what it may be there, by key, and what it is."""

    ours: str
    choices: tuple[tuple[str, str], ...]
    key: str = ""


class MatchDialog(QDialog):
    """A choice for each of our words. Enter takes all of them.

    Signals
    -------
    taken(object):
        The keys that were chosen, by our words.
    """

    taken = Signal(object)

    def __init__(
        self, look: Look, window: QWidget, title: str, note: str, pairs: Sequence[Pair]
    ) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.fields: dict[str, ChoiceField] = {}
        rows = []
        for pair in pairs:
            field = ChoiceField(pair.ours, [(key, words, "") for key, words in pair.choices])
            field.show_key(pair.key)
            self.fields[pair.ours] = field
            name = label(pair.ours, "body_medium", wrap=True)
            name.setFixedWidth(look.px(170))
            rows.append(row(name, spoken(field), (field, 1), spacing=12))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(frame(column(*rows, None, margins=(0, 0, 8, 0), spacing=6), "window"))
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.take_button = Button(look, "Take", "primary")
        self.take_button.setDefault(True)
        self.take_button.clicked.connect(self._take)
        cancel = Button(look, "Cancel")
        cancel.clicked.connect(self.reject)
        self.setLayout(
            column(
                label(title, "question", wrap=True),
                label(note, "secondary", "text2", wrap=True),
                (area, 1),
                row(None, cancel, self.take_button),
                margins=(24, 20, 24, 20),
                spacing=10,
            )
        )
        size_within(self, look, 520, 180 + 40 * max(4, len(pairs)))
        if self.fields:
            next(iter(self.fields.values())).setFocus()

    @Slot()
    def _take(self) -> None:
        chosen = {ours: field.key for ours, field in self.fields.items()}
        self.accept()
        self.taken.emit(chosen)
