"""Collects Python's garbage on the UI thread alone: a widget in a cycle must not be destroyed by the vault's thread.

Measured with PySide6 6.12.0 on CPython 3.11: the collector runs on whichever thread allocates, and the process dies
(segmentation fault) when what it finds there is a widget that Qt is using.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

_EVERY_MS = 400


class Sweeper(QObject):
    """Switches the collector off, and runs it from the event loop by Python's own thresholds."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.on_tick)
        self._timer.start()

    @Slot()
    def on_tick(self) -> None:
        """Collect the oldest generation whose threshold was passed."""
        due = [age for age, (count, limit) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
               if count > limit]  # fmt: skip
        if due:
            gc.collect(due[-1])
