"""Every shortcut on one page, drawn from the action table."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QScrollArea, QWidget

from app.ui.actions import ACTIONS
from app.ui.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import Keycap
from app.ui.widgets.layouts import column, holder, label, row


def key_grid(look: Look) -> QWidget:
    """Every action that has keys, by scope."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(32)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(0, 1)
    line = 0
    for scope in dict.fromkeys(action.scope for action in ACTIONS):
        grid.addWidget(label(scope, "body_strong"), line, 0)
        line += 1
        for action in ACTIONS:
            if action.scope == scope and action.keys:
                grid.addWidget(label(action.text.rstrip("…")), line, 0)
                caps = [Keycap(look, key) for key in action.keys]
                grid.addLayout(row(None, *caps, spacing=12), line, 1)
                line += 1
        grid.setRowMinimumHeight(line, 12)
        line += 1
    return holder(grid)


class KeyPage(QDialog):
    """A dialog that lists what can be done by keyboard, by scope."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self.setWindowTitle("All keys")
        self.setAccessibleName("All keys")
        body = QScrollArea()
        body.setWidgetResizable(True)
        body.setWidget(key_grid(look))
        body.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body.setAccessibleName("Keys")
        close = Button(look, "Close")
        close.clicked.connect(self.close)
        note = label("Esc goes back one level; F6 moves between panes.", "secondary", "text2")
        foot = row(None, close)
        self.setLayout(column(note, (body, 1), foot, margins=(24, 20, 24, 20), spacing=12))
        room = window.size() - QSize(48, 48)
        self.resize(QSize(look.px(560), look.px(640)).boundedTo(room))
