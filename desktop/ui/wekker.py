"""The alarm clock of a visit: it warns the worker alone, and rings on while the vault locks and opens again."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QMainWindow, QVBoxLayout, QWidget

from db.model.ids import Clock
from desktop.casework.kalender import AMSTERDAM
from desktop.ui.widgets.parts import label

_TICK_MS = 1000
_LATER = timedelta(minutes=15)
_RING_AGAIN = 20
"""Ticks between two sounds while nobody answers."""


class Wekker(QObject):
    """One alarm per program; `moved` when it was set, put off, stopped or went off. It holds no resident."""

    moved = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.tot: datetime | None = None
        self.buddy = ""
        self._clock: Clock | None = None
        self._rings = 0
        self._dialog: QDialog | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.on_tick)

    @property
    def gaat(self) -> bool:
        """Whether it is ringing."""
        return self._dialog is not None

    def start(self, tot: datetime, buddy: str, clock: Clock) -> None:
        """Ring at this moment of this clock, unless it is stopped before."""
        self._hush()
        self.tot, self.buddy, self._clock = tot, buddy, clock
        self._timer.start()
        self.moved.emit()

    @Slot()
    def stop(self) -> None:
        """The worker is safe."""
        self._timer.stop()
        self.tot, self.buddy = None, ""
        self._hush()
        self.moved.emit()

    @Slot()
    def on_later(self) -> None:
        if self._clock is not None:
            self.start(self._clock() + _LATER, self.buddy, self._clock)

    @Slot()
    def on_tick(self) -> None:
        if self.tot is None or self._clock is None or self._clock() < self.tot:
            return
        if self._dialog is None:
            self._ring()
        self._rings += 1
        if self._rings % _RING_AGAIN == 0:
            self._sound()

    def _ring(self) -> None:
        window = next((made for made in QApplication.topLevelWidgets() if isinstance(made, QMainWindow)), None)
        if window is None or self.tot is None:
            return
        self._rings = 0
        self._dialog = dialog = AlarmDialog(self.tot.astimezone(AMSTERDAM), self.buddy, window)
        dialog.accepted.connect(self.stop)
        dialog.rejected.connect(self.on_later)
        dialog.open()
        self._sound()
        self.moved.emit()

    def _sound(self) -> None:
        QApplication.beep()
        if self._dialog is not None:
            QApplication.alert(self._dialog)

    def _hush(self) -> None:
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.blockSignals(True)
            dialog.close()
            dialog.deleteLater()


class AlarmDialog(QDialog):
    """Accepted when the worker is safe, rejected for a quarter of an hour more; it may stand before a locked vault."""

    def __init__(self, tot: datetime, buddy: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("wekker_gaat")
        self.setWindowTitle(self.tr("De wekker gaat"))
        self.setMinimumWidth(420)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 20, 20, 16)
        box.setSpacing(10)
        box.addWidget(label(self.tr("▲ Het is {tijd}. Ben je veilig?").format(tijd=f"{tot:%H:%M}"), "titel", wrap=True))
        text = self.tr("Laat {buddy} weten dat je klaar bent. Ben je niet veilig? Ga weg en bel 112.")
        box.addWidget(label(text.format(buddy=buddy), wrap=True))
        buttons = QDialogButtonBox()
        safe = buttons.addButton(self.tr("Ik ben &veilig"), QDialogButtonBox.ButtonRole.AcceptRole)
        safe.setObjectName("wekker_veilig")
        safe.setDefault(True)
        later = buttons.addButton(self.tr("Nog een &kwartier"), QDialogButtonBox.ButtonRole.RejectRole)
        later.setObjectName("wekker_later")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        box.addWidget(buttons)


def wekker() -> Wekker:
    """The alarm of this program."""
    application = QApplication.instance()
    if application is None:
        raise RuntimeError("there is no application")
    found = application.findChild(Wekker)
    return found if isinstance(found, Wekker) else Wekker(application)
