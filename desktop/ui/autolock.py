"""When the vault must lock by itself: nobody touched the keyboard, or the laptop slept."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QWindow

from desktop.ui.mailbox import mailbox

LONGEST = 900
"""Seconds; no setting can make the vault stay open longer without anybody."""
_TICK = 1000
_SLEPT = 20.0
_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class AutoLock(QObject):
    """Watches for input on our windows; emits `due` once, unless the system says somebody is still there.

    `moved` carries the local moment of locking whenever its minute changes. The system is asked on a thread of
    its own, and only when we would lock: its answer may take half a second.
    """

    due = Signal()
    moved = Signal(object)

    def __init__(self, seconds: int, system_idle: Callable[[], float | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seconds = min(seconds, LONGEST)
        self._system_idle = system_idle
        self._last = time.monotonic()
        self._wall = time.time()
        self._minute = ""
        self._asked = False
        self._probe = ThreadPoolExecutor(1, thread_name_prefix="rust")
        self._mailbox = mailbox()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK)
        self._timer.timeout.connect(self.on_tick)
        self._timer.start()
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self.on_focus_window)
            self.on_focus_window(application.focusWindow())

    def stop(self) -> None:
        """Watch no longer."""
        self._timer.stop()
        self._probe.shutdown(wait=False)

    @Slot(QWindow)
    def on_focus_window(self, window: QWindow | None) -> None:
        # On the window and not on the application: a filter there would see every paint and every timer.
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    @Slot()
    def on_tick(self) -> None:
        wall = time.time()
        slept, self._wall = wall - self._wall > _SLEPT, wall
        idle = time.monotonic() - self._last
        if slept:
            self._lock()
        elif idle >= self._seconds:
            if not self._asked:
                self._asked = True
                self._probe.submit(self._ask)
        else:
            moment = datetime.now().astimezone() + timedelta(seconds=self._seconds - idle)
            if f"{moment:%H:%M}" != self._minute:
                self._minute = f"{moment:%H:%M}"
                self.moved.emit(moment)

    def _ask(self) -> None:
        system_idle = self._system_idle()
        self._mailbox.leave(self, lambda: self._on_answered(system_idle))

    def _on_answered(self, system_idle: float | None) -> None:
        self._asked = False
        own = time.monotonic() - self._last
        if min(own, own if system_idle is None else system_idle) >= self._seconds:
            self._lock()
        elif system_idle is not None:
            self._last = max(self._last, time.monotonic() - system_idle)

    def _lock(self) -> None:
        if self._timer.isActive():
            self.stop()
            self.due.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _INPUT:
            self._last = time.monotonic()
        return super().eventFilter(watched, event)
