"""Locks along with the session: when the screen locks, another user comes in front, or the laptop goes to sleep."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot

from desktop.ui.mailbox import mailbox


class Watch(Protocol):
    """What tells of the session: `desktop.platform.session.SessionWatch` is one."""

    def fileno(self) -> int:
        """A descriptor that becomes readable when something happened; -1 when nothing will be told any more."""
        ...

    def reasons(self) -> Sequence[object]:
        """What happened since the last call; empty when nothing of it asks for a lock."""
        ...

    def release_suspend(self) -> None:
        """The vault is locked: a suspend that waited may go on."""
        ...

    def close(self) -> None:
        """Watch no longer."""
        ...


class SessionLock(QObject):
    """Emits `due` when the session asks for a lock; `locked` lets a suspend go on.

    Finding the session may take a second or more, so that happens on a thread of its own.
    """

    due = Signal()

    def __init__(self, find: Callable[[], Watch | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._watch: Watch | None = None
        self._notifier: QSocketNotifier | None = None
        letters = mailbox()

        def look() -> None:
            watch = find()
            letters.leave(self, lambda: self._on_found(watch))

        threading.Thread(target=look, name="sessie", daemon=True).start()

    def locked(self) -> None:
        """The vault is closed; nothing need wait for it."""
        if self._watch is not None:
            self._watch.release_suspend()

    def stop(self) -> None:
        """Watch no longer."""
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier = None
        if self._watch is not None:
            self._watch.close()
            self._watch = None

    def _on_found(self, watch: Watch | None) -> None:
        if watch is None or watch.fileno() < 0:
            return
        self._watch = watch
        self._notifier = QSocketNotifier(watch.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self.on_told)
        self.on_told()

    @Slot()
    def on_told(self) -> None:
        if self._watch is None:
            return
        reasons = self._watch.reasons()
        if self._watch.fileno() < 0:
            self.stop()
        if reasons:
            self.due.emit()
