"""What the top bar says about saving. There is no Save button: this is all of it."""

import time

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QWidget

from app.ui.editor.draft import Draft, SaveState
from app.ui.look import Look
from app.ui.widgets.chips import IconLabel
from app.ui.widgets.layouts import label, row, set_tone
from app.ui.wording import count

LONGEST = "Saved 999 minutes ago"


class SaveChip(QWidget):
    """ "Saved 2 s ago", "Saving…" or, red, "Not saved"; always true."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._draft: Draft | None = None
        self._saved: float | None = None
        self._icon = IconLabel(look, "check-circle", "green", 14)
        self._words = label("", "secondary", "text2")
        self.setLayout(row(self._icon, self._words, spacing=6))
        look.changed.connect(self._reserve)
        self._reserve()
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self.refresh)

    @Slot()
    def _reserve(self) -> None:
        """Be as wide for every word, so that what stands beside it does not move."""
        widest = self._look.metrics("secondary").horizontalAdvance(LONGEST)
        self._words.setMinimumWidth(widest)

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def follow(self, draft: Draft) -> None:
        """Speak of this draft from now on."""
        if self._draft is not None:
            self._draft.state_changed.disconnect(self.refresh)
            self._draft.saved.disconnect(self._was_saved)
        self._draft, self._saved = draft, None
        draft.state_changed.connect(self.refresh)
        draft.saved.connect(self._was_saved)
        self.refresh()

    def say(self, words: str, icon: str) -> None:
        """Something else than saving: that nothing can be changed here."""
        self._tick.stop()
        self._show(words, icon, "text2")

    @Slot()
    def _was_saved(self) -> None:
        self._saved = time.monotonic()
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Say what is so now."""
        state = self._draft.state if self._draft is not None else SaveState.SAVED
        if state is SaveState.SAVED:
            self._show(_saved_words(self._saved), "check-circle", "green")
            if self._saved is not None and not self._tick.isActive():
                self._tick.start()
            return
        self._tick.stop()
        if state is SaveState.FAILED:
            self._show("Not saved", "warning-circle", "red")
        else:
            self._show("Saving…", "arrows-clockwise", "text2")

    def _show(self, words: str, icon: str, tone: str) -> None:
        if words == self._words.text():
            return
        self._words.setText(words)
        set_tone(self._words, "red" if tone == "red" else "text2")
        self._icon.set_icon(icon, "red" if tone == "red" else "green" if tone == "green" else None)
        self.setAccessibleName(words)


def _saved_words(at: float | None) -> str:
    if at is None:
        return "Saved"
    return words_of(int(time.monotonic() - at))


def words_of(seconds: int) -> str:
    """What is said so many seconds after a save."""
    if seconds < 1:
        return "Saved just now"
    if seconds < 60:
        return f"Saved {seconds} s ago"
    return f"Saved {count(seconds // 60, 'minute')} ago"
