"""Python's cyclic garbage collector, confined to the user-interface thread.

The collector runs in whichever thread allocates; in a worker it would destroy widgets, models and
pixmaps that ended in a reference cycle, outside the only thread Qt allows that in, and crash.
"""

import gc
from functools import cache

from PySide6.QtCore import QObject, QTimer, Slot

INTERVAL_MS = 500


@cache
def spare_what_is_there() -> None:
    """Leave out of later collections what there is by now: modules, mostly, which stay to the end.

    A full collection then takes 15 ms instead of 90, in which nobody can type. Once in a process.
    """
    gc.freeze()


class Collector(QObject):
    """Turns automatic collection off and collects by a timer on the thread that made it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self.collect_due)
        self._timer.start()

    @Slot()
    def collect_due(self) -> None:
        """Collect the oldest generation whose threshold is passed, as Python itself would."""
        counts = gc.get_count()
        for generation in (2, 1, 0):
            if counts[generation] > self._thresholds[generation]:
                gc.collect(generation)
                return

    def stop(self) -> None:
        """Collect everything here, then let Python collect by itself again."""
        self._timer.stop()
        gc.collect()
        gc.enable()
