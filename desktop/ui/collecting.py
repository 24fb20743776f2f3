"""Collects Python's reference cycles on the UI thread only, where a widget among them may be destroyed.

CPython collects on whichever thread happens to allocate the object that crosses a threshold. When that is the thread
of the vault and a cycle holds a widget, Qt's half of it is destroyed beside the event loop, and the process dies of
it: seen as a segmentation fault in `QObject::~QObject` under `Garbage-collecting`. So the automatic collection is off
while there is a window, and a timer of the UI thread does the same work by the same thresholds.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_INTERVAL = 400
"""Milliseconds between two looks at the counts: short enough that a look is short, and nobody feels it."""


class Collector(QObject):
    """Takes the cyclic collection over from the interpreter, for as long as `parent` exists."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        gc.collect()
        gc.freeze()  # modules and classes stay; no later collection need walk through them
        self._timer = QTimer(self)
        self._timer.setInterval(_INTERVAL)
        self._timer.timeout.connect(self.collect)
        self._timer.start()
        parent.destroyed.connect(gc.enable)

    def collect(self) -> None:
        """Collect the oldest generation whose threshold has been crossed, as the interpreter would."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return


def collect_here(application: QObject) -> None:
    """From now on, only the thread of `application` collects; once is enough."""
    if application.findChild(Collector) is None:
        Collector(application)
