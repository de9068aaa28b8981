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
        has_questions, asks = bool(self._questions.text()), not self._is_folded
        has_example, peeks = bool(self._example.text()), self.example_button.isChecked()
        gives_way = self._is_low and self._at_first == "folded" and not (has_example and peeks)
        self.setVisible((has_questions or has_example) and not gives_way)
        self._questions.setVisible(has_questions and asks)
        self._example_frame.setVisible(has_example and peeks)
        _offer(self.fold_button, has_questions, "Hide questions" if asks else "Show questions")
        _offer(self.example_button, has_example, "Hide the example" if peeks else "Show an example")


def _offer(button: Button, is_there: bool, words: str) -> None:
    button.setVisible(is_there)
    button.setText(words)
    button.setAccessibleName(words)
