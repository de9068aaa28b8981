"""What stands where content is not: loading, empty, failed, in progress."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from app.ui.look import Look
from app.ui.pacing import pause
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import IconLabel
from app.ui.widgets.layouts import column, label, row


class Skeleton(QWidget):
    """Bars in place of rows that are still loading; blank for the first 200 ms."""

    def __init__(self, look: Look, row_height: int = 88) -> None:
        super().__init__()
        self._look = look
        self._row_height = row_height
        self._timer = pause(self, self._appear, 200)
        self._visible = False
        self.setAccessibleName("Loading")

    def start(self) -> None:
        """Wait 200 ms, then show bars."""
        self._visible = False
        self._timer.start()
        self.update()

    def stop(self) -> None:
        """Show nothing."""
        self._timer.stop()
        self._visible = False
        self.update()

    @Slot()
    def _appear(self) -> None:
        self._visible = True
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Three bars per row."""
        if not self._visible:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._look.theme.sunken))
        pitch = self._look.px(self._row_height)
        for index in range(self.height() // pitch):
            top = index * pitch + self._look.px(14)
            for offset, share, tall in (
                (0, 0.25, 10),
                (20, 0.72 - 0.1 * (index % 3), 14),
                (46, 0.4, 9),
            ):
                bar = QRectF(
                    20, top + self._look.px(offset), self.width() * share, self._look.px(tall)
                )
                painter.drawRoundedRect(bar, bar.height() / 2, bar.height() / 2)


class Notice(QWidget):
    """Centred words where a list or page would be: icon, one sentence, help, one or two buttons."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._icon = IconLabel(look, "file-search", "text3", 32)
        self._title = label("", "question", wrap=True)
        self._text = label("", "secondary", "text2", wrap=True)
        for line in (self._title, self._text):
            line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._buttons = row(spacing=8)
        self.setLayout(
            column(
                None,
                row(None, self._icon, None),
                self._title,
                self._text,
                row(None, self._buttons, None),
                None,
                margins=(24, 24, 24, 24),
                spacing=6,
            )
        )

    def show_empty(
        self,
        icon: str,
        title: str,
        text: str = "",
        *actions: tuple[str, Callable[[], None]],
    ) -> None:
        """Nothing is there, and what to do about it."""
        self._fill(icon, title, text, actions)
        self._icon.set_icon(icon, "text3")

    def show_error(
        self, title: str, text: str, details: str, *actions: tuple[str, Callable[[], None]]
    ) -> None:
        """Something failed: what happened, what is safe, one action, details to copy."""

        def copy() -> None:
            QGuiApplication.clipboard().setText(details)

        self._fill("warning-circle", title, text, (*actions, ("Copy details", copy)))
        self._icon.set_icon("warning-circle", "red")

    def _fill(
        self,
        icon: str,
        title: str,
        text: str,
        actions: tuple[tuple[str, Callable[[], None]], ...],
    ) -> None:
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        while (item := self._buttons.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for index, (words, act) in enumerate(actions):
            button = Button(self._look, words, "secondary" if index == 0 else "ghost", size="small")
            button.clicked.connect(act)
            self._buttons.addWidget(button)


class ProgressLine(QWidget):
    """A thin bar, "84 of 212" and Stop."""

    def __init__(self, look: Look, stop: Callable[[], None]) -> None:
        super().__init__()
        self._look = look
        self._text = label("", "secondary_strong")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        self._bar.setAccessibleName("Progress")
        self.stop_button = Button(look, "Stop", "ghost", size="small")
        self.stop_button.clicked.connect(stop)
        self.setLayout(column(row(self._text, None, self.stop_button), self._bar, spacing=4))

    def show_progress(self, verb: str, done: int, total: int, noun: str) -> None:
        """Say "Importing 84 of 212 files"; an unknown total (0) shows only the verb."""
        self._text.setText(f"{verb} {done} of {total} {noun}" if total else f"{verb}…")
        self._bar.setRange(0, max(total, 0))
        self._bar.setValue(done)

    def sizeHint(self) -> QSize:
        """Wide enough for its words."""
        return QSize(self._look.px(280), super().sizeHint().height())
