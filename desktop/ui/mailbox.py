"""Brings calls from other threads to the UI thread, through an object that outlives every window.

A signal may only be emitted on an object that exists until the emit has returned. What a screen or a lock owns may be
destroyed on the UI thread meanwhile, and asking `shiboken6.isValid` first leaves a gap: seen as a segmentation fault
in `emit` on the thread of the vault while its window was put away. The mailbox belongs to the application.
"""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot


class Mailbox(QObject):
    """Where other threads leave their calls; one per application."""

    _left = Signal(object, object)

    def __init__(self, application: QCoreApplication) -> None:
        super().__init__(application)
        self._left.connect(self._call, Qt.ConnectionType.QueuedConnection)

    def leave(self, context: QObject, call: Callable[[], None]) -> None:
        """From any thread: call this on the UI thread, unless `context` has been destroyed by then."""
        if shiboken6.isValid(self):  # the process may be ending
            self._left.emit(context, call)

    @Slot(object, object)
    def _call(self, context: QObject, call: Callable[[], None]) -> None:
        if shiboken6.isValid(context):
            call()


def mailbox() -> Mailbox:
    """The mailbox of this application; to be asked for on the UI thread."""
    application = QCoreApplication.instance()
    if application is None:
        raise RuntimeError("there is no application yet")
    return application.findChild(Mailbox) or Mailbox(application)
