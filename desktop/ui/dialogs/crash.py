"""What happens at a bug: a number in the log, a dialog in plain words, the vault locked, the program ended."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from desktop.ui.mailbox import mailbox
from desktop.ui.widgets.parts import label

EXIT_CODE = 70


def trace_of(error: BaseException) -> str:
    """Where it happened: kinds of error, files, lines and functions; never a message or a value."""
    import traceback
    from pathlib import PurePath

    places = [
        f"{PurePath(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__, limit=-12)
    ]
    return f"{type(error).__name__} at {' > '.join(places)}"


class CrashDialog(QDialog):
    """Says that it went wrong, that nothing that was recorded is lost, and the number to pass on."""

    def __init__(self, number: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("storing")
        self.setWindowTitle(self.tr("Voordeur stopt"))
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 24, 24, 16)
        box.setSpacing(12)
        box.addWidget(label(self.tr("▲ Er ging iets mis in Voordeur"), "kop"))
        text = label(
            self.tr(
                "Dit is een fout in het programma, niet van jou. De kluis is gesloten. Wat je hebt vastgelegd en je"
                " concepten zijn bewaard. Start Voordeur opnieuw, en geef dit nummer door aan de beheerder:"
            ),
            wrap=True,
        )
        text.setMinimumWidth(420)
        box.addWidget(text)
        shown = label(number, "titel")
        shown.setObjectName("storingsnummer")
        shown.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        box.addWidget(shown)
        buttons = QDialogButtonBox()
        close = buttons.addButton(self.tr("Voordeur sluiten"), QDialogButtonBox.ButtonRole.AcceptRole)
        close.setObjectName("storing_sluiten")
        buttons.accepted.connect(self.accept)
        box.addWidget(buttons)


class Crash(QObject):
    """Takes over `sys.excepthook` and that of threads; `happened` carries the number once."""

    happened = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._done = False
        self._mailbox = mailbox()

    def install(self) -> Callable[[], None]:
        """Take the hooks over; returns how to give them back."""
        before, before_threads = sys.excepthook, threading.excepthook
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook

        def restore() -> None:
            sys.excepthook, threading.excepthook = before, before_threads

        return restore

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        import logging
        import secrets

        number = secrets.token_hex(4).upper()
        logging.getLogger("voordeur").critical("storing %s: %s", number, trace_of(error))
        if not self._done:
            self._done = True
            self.happened.emit(number)

    def _thread_hook(self, args: threading.ExceptHookArgs) -> None:
        error = args.exc_value
        if error is not None:
            self._mailbox.leave(self, lambda: self._hook(type(error), error, error.__traceback__))
