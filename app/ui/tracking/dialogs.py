"""Small dialogs of the board: pick one thing, or give the words that a state needs."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget

from app.ui.editor.fields.question import Question
from app.ui.look import Look
from app.ui.tracking.choices import SAID
from app.ui.widgets.buttons import Button
from app.ui.widgets.dialogs import size_within
from app.ui.widgets.layouts import column, label, row, set_tone
from app.ui.widgets.pick_list import Choice, PickList


def open_over(dialog: QDialog, home: QWidget) -> None:
    """Open a dialog; the keyboard comes back to ``home`` when it is gone."""

    def come_back() -> None:
        # After one dialog that followed another, Qt may leave no window active.
        if QApplication.activeModalWidget() is None:
            home.window().activateWindow()
        home.setFocus()

    # Not at once: a window below a dialog cannot have the keyboard.
    dialog.finished.connect(lambda _: QTimer.singleShot(0, home, come_back))
    dialog.open()


class PickDialog(QDialog):
    """One of several, narrowed by typing. Enter takes.

    Signals
    -------
    picked(str):
        The key of what was taken.
    """

    picked = Signal(str)

    def __init__(
        self,
        look: Look,
        window: QWidget,
        title: str,
        prompt: str,
        choices_for: Callable[[str], Sequence[Choice]],
    ) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.pick = PickList(look, title, prompt, choices_for)
        self.pick.taken.connect(self._take)
        take = Button(look, "Take", "primary")
        take.clicked.connect(lambda: self._take(self.pick.list.key))
        cancel = Button(look, "Cancel")
        cancel.clicked.connect(self.reject)
        self.setLayout(
            column(
                label(title, "question", wrap=True),
                (self.pick, 1),
                row(None, cancel, take),
                margins=(24, 20, 24, 20),
                spacing=10,
            )
        )
        size_within(self, look, 460, 420)
        self.pick.setFocus()

    @Slot(str)
    def _take(self, key: str) -> None:
        if key != SAID and self.pick.list.currentIndex().isValid():
            self.accept()
            self.picked.emit(key)


class WordsDialog(QDialog):
    """Asks for words, the first of which is needed.

    Signals
    -------
    given(list):
        What stands in the fields, without outer spaces.
    """

    given = Signal(list)

    def __init__(
        self,
        look: Look,
        window: QWidget,
        title: str,
        fields: Sequence[tuple[str, str, str]],
        *,
        button: str,
        note: str,
    ) -> None:
        """``fields`` are question, example and value; ``note`` says what becomes of the words."""
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.fields: list[QLineEdit] = []
        questions: list[QWidget] = []
        for question, example, value in fields:
            field = QLineEdit(value)
            field.setPlaceholderText(example)
            field.returnPressed.connect(self._give)
            self.fields.append(field)
            questions.append(Question(question, field, small=True))
        self._note = label(note, "secondary", "text2", wrap=True)
        give = Button(look, button, "primary")
        give.clicked.connect(self._give)
        cancel = Button(look, "Cancel")
        cancel.clicked.connect(self.reject)
        self.setLayout(
            column(
                label(title, "question", wrap=True),
                *questions,
                self._note,
                row(None, cancel, give),
                margins=(24, 20, 24, 20),
                spacing=10,
            )
        )
        self.setFixedWidth(min(look.px(480), window.width() - 40))
        self.fields[0].setFocus()

    @Slot()
    def _give(self) -> None:
        words = [field.text().strip() for field in self.fields]
        if not words[0]:
            set_tone(self._note, "amber")
            self.fields[0].setFocus()
            return
        self.accept()
        self.given.emit(words)


class AskDialog(QDialog):
    """A question that is answered yes or no, with what it is about below.

    Signals
    -------
    answered(bool):
        Whether to go on; closing the dialog says no.
    """

    answered = Signal(bool)

    def __init__(
        self, look: Look, window: QWidget, question: str, about: Sequence[str], yes: str
    ) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Afterwhy")
        self.setAccessibleName(question)
        shown = [f"{n}. {title}" for n, title in enumerate(about[:_SHOWN], 1)]
        if len(about) > _SHOWN:
            shown.append(f"and {len(about) - _SHOWN} more")
        lines = [label(title, "body", "text2", wrap=True) for title in shown]
        self.yes = Button(look, yes, "primary")
        self.yes.clicked.connect(self.accept)
        self.yes.setDefault(True)
        self.no = Button(look, "Not now")
        self.no.clicked.connect(self.reject)
        self.setLayout(
            column(
                label(question, "question", wrap=True),
                *lines,
                8,
                row(None, self.no, self.yes),
                margins=(24, 20, 24, 20),
                spacing=6,
            )
        )
        self.setAccessibleDescription("; ".join(shown))
        self.setFixedWidth(min(look.px(480), window.width() - 40))
        self.finished.connect(lambda code: self.answered.emit(bool(code)))
        self.yes.setFocus()


_SHOWN = 12
"""Titles that a question lists; more would not fit a low window."""
