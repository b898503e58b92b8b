"""Python's cyclic garbage is swept on the GUI thread alone.

The collector runs in whatever thread allocates; there it would delete windows and timers that
belong to the GUI thread, and Qt crashes a moment later. While a Worker lives it is switched off,
and this timer does its work.
"""

from __future__ import annotations

import gc
from time import monotonic

from PySide6.QtCore import QObject, QTimer

from ipdesk.base.bulk import MANY, is_at_work

EVERY_MS = 200
YOUNG, MIDDLE = 700, 10  # the thresholds Python itself uses
PATIENCE = 10  # sweeps that are put off while there are very many young values
WHOLE_EVERY = 30.0  # seconds; a whole sweep takes longest

_sweepers: set[int] = set()
_found_on: list[bool] = []  # how the first sweeper found the collector


class Sweeper(QObject):
    """Switches the collector off until ``stop``."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        if not _sweepers:
            _found_on[:] = [gc.isenabled()]
        _sweepers.add(id(self))
        gc.disable()
        self._whole = monotonic()
        self._crowded = 0  # sweeps that were put off one after the other
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.sweep)
        self._timer.start()

    def sweep(self) -> None:
        """Collect the young, now and then the old; never so many that the window stands still."""
        if is_at_work():
            return
        young, middle, old = gc.get_count()
        self._crowded = self._crowded + 1 if young > MANY else 0
        if 0 < self._crowded < PATIENCE:
            return  # most of them go by themselves in a moment
        if self._crowded:
            self._crowded = 0
            gc.freeze()  # they are kept; walking over them would be felt
        elif old > MIDDLE and monotonic() - self._whole > WHOLE_EVERY:
            self._whole = monotonic()
            gc.collect(2)
            gc.freeze()  # what lived that long stays; the next sweep need not walk over it
        elif middle > MIDDLE:
            gc.collect(1)
        elif young > YOUNG:
            gc.collect(0)

    def stop(self) -> None:
        """The threads are gone: Python may sweep by itself again."""
        self._timer.stop()
        _sweepers.discard(id(self))
        if not _sweepers:
            gc.unfreeze()
            if _found_on[0]:
                gc.enable()
