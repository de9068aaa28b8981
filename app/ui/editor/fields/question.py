"""A question of a form: what is asked, why, and the control that takes the answer."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from app.ui.widgets.layouts import Item, column, label, row


class Question(QWidget):
    """A question, its guidance and its answer, one below the other."""

    def __init__(self, text: str, answer: QWidget, guidance: str = "", *, small: bool = False):
        super().__init__()
        self.label: QLabel = label(text, "secondary" if small else "question", wrap=not small)
        self.label.setBuddy(answer)
        if not answer.accessibleName():
            answer.setAccessibleName(text)
        hint: list[Item] = []
        if guidance:
            answer.setAccessibleDescription(guidance)
            hint = [label(guidance, "secondary", "text2", wrap=True)]
        self.setLayout(column(self.label, *hint, answer, spacing=4))
        self.setFocusProxy(answer)


def side_by_side(*parts: QWidget) -> QWidget:
    """Answers that belong together, of the same width and aligned at their top."""
    widget = QWidget()
    box = row(*((part, 1) for part in parts), spacing=16)
    for part in parts:
        box.setAlignment(part, Qt.AlignmentFlag.AlignTop)
    widget.setLayout(box)
    return widget
