"""The line below every screen: what is stored, in which zone times are, what runs."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QWidget

from app.ui.look import Look
from app.ui.theme import Tone
from app.ui.widgets.chips import IconLabel
from app.ui.widgets.layouts import clear, holder, label, row, separator, set_tone


class StatusItem(QWidget):
    """One fact with its icon."""

    def __init__(self, look: Look, icon: str) -> None:
        super().__init__()
        self._icon = IconLabel(look, icon, "text2", 14)
        self._words = label("", "secondary", "text2")
        self.setLayout(row(self._icon, self._words, spacing=6))
        self.hide()

    def show_fact(self, text: str, icon: str = "", tone: Tone = "text2") -> None:
        """Say it; nothing where the text is empty."""
        self._words.setText(text)
        set_tone(self._words, tone)
        if icon:
            self._icon.set_icon(icon, tone)
        self.setAccessibleName(text)
        self.setVisible(bool(text))


class StatusBar(QFrame):
    """Facts at the left, work at the right."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("ground", "foot")
        self.setAccessibleName("Status")
        self.stored = StatusItem(look, "hard-drives")
        self.zone = StatusItem(look, "clock")
        self.index = StatusItem(look, "magnifying-glass")
        self.outbox = StatusItem(look, "cloud-arrow-up")
        self.work = StatusItem(look, "check-circle")
        self._keys = StatusItem(look, "keyboard")
        self._keys.show_fact("Press ? for every shortcut")
        self._first_separator = separator()
        left = row(self.stored, self._first_separator, self.zone, spacing=12)
        right = row(self.index, self.work, self.outbox, self._keys, spacing=16)
        self._own = holder(left)
        self._of_page = row(spacing=12)
        self.setLayout(row(self._own, self._of_page, None, holder(right), margins=(20, 0, 20, 0)))
        self.zone.show_fact(zone_sentence())
        self._refresh()
        look.changed.connect(self._refresh)

    def show_page(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show what a page has to say, icons and sentences; else where and when all is."""
        clear(self._of_page)
        for icon, words in facts:
            if self._of_page.count():
                self._of_page.addWidget(separator())
            item = StatusItem(self._look, icon)
            self._of_page.addWidget(item)
            item.show_fact(words)
        self._own.setVisible(not facts)
        self._keys.setVisible(not facts)

    @Slot()
    def _refresh(self) -> None:
        self.setFixedHeight(self._look.px(28))


def zone_sentence() -> str:
    """Which zones times are shown in: "Times in UTC, local CET"."""
    local = datetime.now().astimezone().tzname() or ""
    return "Times in UTC" if local in ("", "UTC") else f"Times in UTC, local {local}"
