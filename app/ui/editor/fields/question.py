"""A question of a form: what is asked, why, and the control that takes the answer."""

from PySide6.QtWidgets import QLabel, QWidget

from app.ui.widgets.layouts import Item, column, label


class Question(QWidget):
    """A question, its guidance and its answer, one below the other."""

    def __init__(self, text: str, answer: QWidget, guidance: str = "", *, small: bool = False):
        super().__init__()
        self.label: QLabel = label(text, "secondary" if small else "question", wrap=True)
        self.label.setBuddy(answer)
        if not answer.accessibleName():
            answer.setAccessibleName(text)
        hint: list[Item] = []
        self.asked = QWidget()
        """What stands above the answer."""
        if guidance:
            answer.setAccessibleDescription(guidance)
            hint = [label(guidance, "secondary", "text2", wrap=True)]
        self.asked.setLayout(column(None, self.label, *hint, spacing=4))
        self.setLayout(column(self.asked, answer, spacing=4))
        self.setFocusProxy(answer)
