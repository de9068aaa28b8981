"""The questions that guide a section, and an example to peek at; both can be folded away."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from app.ui.look import Look
from app.ui.preferences import Preferences
from app.ui.widgets.buttons import Button
from app.ui.widgets.layouts import column, frame, label, row


class Questions(QWidget):
    """Questions, quiet and foldable; below them, on demand, the example. Nothing is typed for one.

    Folded questions stay folded, also in other sections and after a new start. In a low work area
    they wait until they are asked for.
    """

    def __init__(self, look: Look, preferences: Preferences, *, folded: bool = False) -> None:
        """``folded`` until somebody unfolds them, and gone where the work area is low."""
        super().__init__()
        self._preferences = preferences
        self._key = "questions_where_short" if folded else "questions"
        self._at_first = "folded" if folded else "shown"
        self._is_low = False
        self._peeks_low = False
        self._questions = label("", "secondary", "text2", wrap=True)
        self._example = label("", "secondary", wrap=True)
        self._example_frame = frame(column(self._example, margins=(12, 8, 12, 8)), "accent")
        self.fold_button = Button(look, "Hide questions", "link", size="small")
        self.fold_button.clicked.connect(self._fold)
        self.example_button = Button(
            look, "Show an example", "link", size="small", tip="Show an example (Ctrl+Shift+E)"
        )
        self.example_button.setCheckable(True)
        self.example_button.toggled.connect(self._show)
        buttons = row(self.fold_button, self.example_button, None, spacing=16)
        self.setLayout(column(self._questions, buttons, self._example_frame, spacing=2))

    def show_guidance(self, questions: tuple[str, ...], example: str) -> None:
        """Ask these."""
        self._questions.setText("\n".join(questions))
        self._example.setText(example)
        self._show()

    def fit(self, *, is_low: bool) -> None:
        """Give a low work area its room."""
        if is_low != self._is_low:
            self._is_low, self._peeks_low = is_low, False
            self._show()

    @property
    def _is_folded(self) -> bool:
        if self._is_low:
            return not self._peeks_low
        return self._preferences.text(self._key, self._at_first) == "folded"

    @Slot()
    def _fold(self) -> None:
        if self._is_low:
            self._peeks_low = not self._peeks_low
        else:
            self._preferences.set_text(self._key, "shown" if self._is_folded else "folded")
        self._show()

    @Slot()
    def _show(self) -> None:
        has_questions, folded = bool(self._questions.text()), self._is_folded
        is_short = self._is_low and self._at_first == "folded"
        self.setVisible((has_questions or bool(self._example.text())) and not is_short)
        self._questions.setVisible(has_questions and not folded)
        self.fold_button.setVisible(has_questions)
        words = "Show questions" if folded else "Hide questions"
        self.fold_button.setText(words)
        self.fold_button.setAccessibleName(words)
        shown = self.example_button.isChecked()
        words = "Hide the example" if shown else "Show an example"
        self.example_button.setText(words)
        self.example_button.setAccessibleName(words)
        self.example_button.setVisible(bool(self._example.text()))
        self._example_frame.setVisible(shown and bool(self._example.text()))
