"""Beside the assistant: what the test found, that nothing was made by it, and what is ever sent."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QWidget

from app.ui.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import IconLabel
from app.ui.widgets.layouts import clear, column, frame, holder, label, row
from integrations.jira.verdicts import Line, Verdict

if TYPE_CHECKING:
    from app.ui.theme import Tone

_ICONS: dict[Verdict, "tuple[str, Tone]"] = {
    Verdict.GOOD: ("check-circle", "green"),
    Verdict.NOTE: ("info", "text2"),
    Verdict.WARNING: ("warning", "amber"),
    Verdict.FAILED: ("warning-circle", "red"),
}
_SENT = (
    ("check", "Actions you mark as ready, one ticket each"),
    ("check", "Title, priority, owner, due date, sprint and state when they change here"),
    ("check", "The problem, the root and when it is done"),
    ("x", "Never the timeline, the whys or drafts"),
)


class ResultPanel(QWidget):
    """The lines of the last test.

    Signals
    -------
    test_asked(), stop_asked():
        The button was pressed.
    """

    test_asked = Signal()
    stop_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.lines: tuple[Line, ...] = ()
        self._is_testing = False
        self._time = label("", "secondary", "text2")
        self._list = column(spacing=10)
        self.button = Button(look, "Test", icon="arrows-clockwise")
        self.button.clicked.connect(self._pressed)
        self._said = label("", "secondary", "text2", wrap=True)
        test = frame(
            column(
                row(label("Test result", "question"), None, self._time),
                self._said,
                self._list,
                row(self.button, None),
                margins=(16, 14, 16, 14),
                spacing=10,
            ),
            "card",
        )
        cards = (test, _nothing_created(look), _what_is_sent(look))
        self.setLayout(column(*cards, None, margins=(16, 18, 16, 12), spacing=12))
        self.show_lines((), "")

    def show_lines(self, lines: Sequence[Line], time: str) -> None:
        """What was found, and when."""
        self.lines = tuple(lines)
        self._time.setText(time)
        clear(self._list)
        for line in self.lines:
            self._list.addWidget(self._line(line))
        self._tell()

    def show_testing(self, *, testing: bool) -> None:
        """The test runs, or has ended."""
        self._is_testing = testing
        self._tell()

    def _tell(self) -> None:
        again = "Test again" if self.lines else "Test"
        self.button.rename("Stop" if self._is_testing else again)
        self.button.set_icon("stop" if self._is_testing else "arrows-clockwise")
        words = "Asking the site …" if self._is_testing else ""
        if not self.lines and not self._is_testing:
            words = "Sign in to test: whether the site answers, and what this account may do there."
        self._said.setText(words)
        self._said.setVisible(bool(words))

    def _line(self, line: Line) -> QWidget:
        icon, tone = _ICONS[line.verdict]
        title = label(line.title, "body_medium", wrap=True)
        title.setAccessibleName(f"{line.title}, {line.text} ({line.verdict})")
        warns = line.verdict in (Verdict.WARNING, Verdict.FAILED)
        text = label(line.text, "secondary", tone if warns else "text2", wrap=True)
        if not line.text:
            text.hide()
        return holder(
            row(
                column(IconLabel(self._look, icon, tone, 16), None),
                (column(title, text, spacing=1), 1),
                spacing=10,
            )
        )

    @Slot()
    def _pressed(self) -> None:
        (self.stop_asked if self._is_testing else self.test_asked).emit()


def _nothing_created(look: Look) -> QFrame:
    title = label("Nothing was created", "body_strong", "blue", wrap=True)
    words = label(
        "The test only reads. Your first ticket is made when you sync an action that is ready, and"
        " you are asked before.",
        "secondary",
        wrap=True,
    )
    head = row(IconLabel(look, "shield-check", "blue"), (title, 1))
    return frame(column(head, words, margins=(14, 12, 14, 12), spacing=4), "blue")


def _what_is_sent(look: Look) -> QFrame:
    lines = [
        row(
            column(IconLabel(look, icon, "text2", 14), None),
            (label(words, "secondary", "text2", wrap=True), 1),
        )
        for icon, words in _SENT
    ]
    title = label("What Afterwhy sends", "body_strong")
    return frame(column(title, *lines, margins=(14, 12, 14, 12)), "card")
