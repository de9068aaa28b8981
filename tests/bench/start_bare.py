"""The yardstick of start-up: a bare QMainWindow that says when it was first painted."""

import os
import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow


class Window(QMainWindow):
    """Prints milliseconds since the process was started, then closes."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        now = (time.time() - float(os.environ["BENCH_STARTED"])) * 1000
        sys.stdout.write(f'{{"painted_ms": {now}, "interactive_ms": {now}}}\n')
        QTimer.singleShot(0, QApplication.quit)


if __name__ == "__main__":
    app = QApplication(sys.argv[:1])
    window = Window()
    window.resize(1440, 900)
    window.show()
    app.exec()
