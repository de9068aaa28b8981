"""Asked to end by the system or a terminal, the window closes in order: everything is saved."""

import signal
import socket

from PySide6.QtCore import QObject, QSocketNotifier, Slot
from PySide6.QtWidgets import QWidget


class Ending(QObject):
    """Closes a window on SIGTERM, SIGINT and SIGHUP, as far as the system has them."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        # Python runs handlers between two of its own steps, for which an idle Qt waits long; what
        # it writes into this socket wakes Qt at once.
        self._reader, self._writer = socket.socketpair()
        for end in (self._reader, self._writer):
            end.setblocking(False)
        signal.set_wakeup_fd(self._writer.fileno())
        for name in ("SIGTERM", "SIGINT", "SIGHUP"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), lambda *_: None)
        notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        notifier.activated.connect(self._end)

    @Slot()
    def _end(self) -> None:
        self._reader.recv(64)
        self._window.close()
