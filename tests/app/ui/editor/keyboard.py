"""Hands on a keyboard: what a person can do in the window without a mouse."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from tests.app.ui.conftest import Bench

MOST_TABS = 150


class Keyboard:
    """Sends keys to whatever has the keyboard; reads the screen only to know where it is."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    @property
    def focus(self) -> QWidget:
        """What has the keyboard. A window that closed gives it back, as on every desktop."""
        active = QApplication.activeWindow()
        if active is None or not active.isVisible():
            (QApplication.activeModalWidget() or self._bench.window).activateWindow()
            QApplication.processEvents()
        return self._bench.focus()

    @property
    def place(self) -> str:
        """What a screen reader calls it."""
        name = self.focus.accessibleName()
        interface = QAccessible.queryAccessibleInterface(self.focus)
        return name or interface.text(QAccessible.Text.Name)

    def press(self, *keys: str) -> None:
        """Press keys one after the other, for example "Ctrl+K"."""
        for key in keys:
            QTest.keySequence(self.focus, key)
            QApplication.processEvents()

    def settle(self) -> None:
        """Wait as a person does who sees that something is being read."""
        self._bench.settle()

    def type(self, text: str) -> None:
        """Type letters; a line break is Enter in prose."""
        for number, line in enumerate(text.split("\n")):
            if number:
                QTest.keyClick(self.focus, Qt.Key.Key_Return)
            QTest.keyClicks(self.focus, line)
        QApplication.processEvents()

    def go_to(self, name: str) -> None:
        """Press Tab until the control of that name has the keyboard; stays where it is already."""
        seen = []
        for _ in range(MOST_TABS):
            if self.place == name:
                return
            seen.append(self.place or type(self.focus).__name__)
            QTest.keyClick(self.focus, Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not lead to {name!r}, only to {seen}")

    def fill(self, name: str, text: str) -> None:
        """Go to a field and replace what it says."""
        self.go_to(name)
        self.press("Ctrl+A")
        self.type(text)

    def choose(self, name: str, words: str) -> None:
        """Go to a choice and move in it, or in the list that it opens, to these words."""
        self.go_to(name)
        box = self.focus
        assert isinstance(box, QComboBox)
        self.press("Home")
        if box.view().isVisible():
            self.press("Home", *["Down"] * box.findText(words), "Return")
            return
        for _ in range(box.count()):
            if box.currentText() == words:
                return
            self.press("Down")
        raise AssertionError(f"{name} offers no {words!r}")

    def put(self, name: str, words: str) -> None:
        """Go to a field or a choice and let it say these words."""
        self.go_to(name)
        if isinstance(self.focus, QComboBox):
            self.choose(name, words)
        else:
            self.fill(name, words)

    def push(self, name: str) -> None:
        """Go to a button and press it."""
        self.go_to(name)
        self.press("Return")

    def tick(self, name: str) -> None:
        """Go to a box and tick it."""
        self.go_to(name)
        self.press("Space")

    def command(self, words: str) -> None:
        """Find a command by its words, as Ctrl+Shift+P offers it, and carry it out."""
        self.press("Ctrl+Shift+P")
        self.settle()
        self.type(words)
        self.press("Return")
        self.settle()
