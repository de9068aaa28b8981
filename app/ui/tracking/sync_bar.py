"""What the top bar says of the sync with Jira, and the button that starts or stops it."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QProgressBar

from app.ui.look import Look
from app.ui.painting import ChipText
from app.ui.tips import tip
from app.ui.tracking.outbox_items import clock_words
from app.ui.tracking.syncing import Syncing
from app.ui.widgets.buttons import Button, icon_button
from app.ui.widgets.chips import Chip
from app.ui.widgets.layouts import column, holder, label, row

ROOM = 1320
"""Below this width of the window, at 100 % text, the words give way to the buttons."""


class SyncBar(QFrame):
    """Progress and last sync, whether Jira is connected, Sync now or Stop.

    Signals
    -------
    connect_asked():
        Jira is to be connected.
    """

    connect_asked = Signal()

    def __init__(self, look: Look, syncing: Syncing) -> None:
        super().__init__()
        self._look, self._syncing = look, syncing
        self._connected = False
        self._last = ""
        self._what = label("", "secondary_strong")
        self._when = label("", "secondary", "text2")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(4)
        self._bar.setAccessibleName("Progress of the sync")
        words = row(self._what, None, self._when, spacing=10)
        self._words = holder(column(None, words, self._bar, None, spacing=4))
        self._chip = Chip(look, ChipText("Not connected"), 24)
        self.pause_button = icon_button(look, "pause", "Pause the sync in the background")
        self.pause_button.clicked.connect(self.pause)
        self.button = Button(look, "Sync now", "primary", "arrows-clockwise", tip="Sync (Ctrl+R)")
        self.button.clicked.connect(self.press)
        self.setLayout(row(self._words, self._chip, self.pause_button, self.button, spacing=10))
        syncing.changed.connect(self._show)
        syncing.progressed.connect(self._progress)
        look.changed.connect(self._show)
        self._show()

    def show_state(self, *, connected: bool, last: datetime | None, now: datetime) -> None:
        """Say whether something is connected, and when it was synced last."""
        self._connected = connected
        self._last = f"Last sync {clock_words(last, now)} UTC" if last else ""
        self._show()

    @Slot()
    def press(self) -> None:
        """What the button does now."""
        if not self._connected:
            self.connect_asked.emit()
        elif self._syncing.is_running:
            self._syncing.stop()
        else:
            self._syncing.start()

    @Slot()
    def fit(self) -> None:
        """The words need room."""
        wide = self.window().width() >= self._look.px(ROOM)
        running = self._syncing.is_running
        self._words.setVisible(wide and self._connected and bool(running or self._last))
        self._words.setFixedWidth(self._look.px(232))
        self._chip.setVisible(wide or not self._connected)

    @Slot()
    def pause(self) -> None:
        """Sync only when asked, or by itself again."""
        self._syncing.pause(paused=not self._syncing.is_paused)

    @Slot()
    def _show(self) -> None:
        running, paused = self._syncing.is_running, self._syncing.is_paused
        if not self._connected:
            self.button.rename("Connect Jira")
            self.button.set_icon("link-simple")
        else:
            self.button.rename("Stop" if running else "Sync now")
            self.button.set_icon("x" if running else "arrows-clockwise")
        self.button.setToolTip("Stop the sync" if running else "Sync (Ctrl+R)")
        self._chip.show_chip(self._state())
        self._chip.setToolTip(tip(self._syncing.trouble))
        self.pause_button.setVisible(self._connected)
        self.pause_button.set_icon("play" if paused else "pause")
        words = "Go on syncing in the background" if paused else "Pause the sync in the background"
        self.pause_button.setToolTip(words)
        self.pause_button.setAccessibleName(words)
        if running:
            self._what.setText("Syncing")
            self._bar.setRange(0, 0)
        else:
            self._what.setText("")
            self._bar.setRange(0, 1)
            self._bar.setValue(0)
        self._bar.setVisible(running)
        self._when.setText(self._last if not running else "")
        self.fit()

    def _state(self) -> ChipText:
        if not self._connected:
            return ChipText("Not connected", "neutral", "cloud-slash")
        if self._syncing.trouble:
            return ChipText("Not all synced", "amber", "warning")
        if self._syncing.is_paused:
            return ChipText("Sync paused", "neutral", "pause")
        return ChipText("Jira connected", "neutral", "cloud-check")

    @Slot(str, int, int)
    def _progress(self, what: str, done: int, total: int) -> None:
        """ "Making tickets in PAY, 1 of 3"."""
        if not self._syncing.is_running:
            return
        place = f" {min(done + 1, total)} of {total}" if total else ""
        words, room = f"{what}{place}", self._words.width() - 4
        cut = self._what.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, room)
        self._what.setText(cut)
        self._what.setToolTip(tip(words))
        self.button.setToolTip(tip("Stop the sync", words))
        self._what.setAccessibleName(words)
        self._bar.setRange(0, total)
        self._bar.setValue(done)
