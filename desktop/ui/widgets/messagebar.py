"""The bar above a screen in which errors and confirmations stand, in words, until they are read."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from desktop.ui.status import ICONS, Soort
from desktop.ui.widgets.parts import KeyButton, button, label, restyle

_CONFIRMATION_MS = 6000
_UNDO_MS = 58_000  # a little less than the minute in which the log allows it
_STYLES = {Soort.GEVAAR: "fout", Soort.LET_OP: "let-op", Soort.GOED: "goed"}


class MessageBar(QFrame):
    """Shows one message; errors stay until dismissed, confirmations go by themselves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("melding")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 4, 6, 4)
        self._text: QLabel = label("", wrap=True)
        self._text.setObjectName("meldingtekst")
        row.addWidget(self._text, 1)
        self._action = KeyButton(self.tr("Ongedaan maken"), "ongedaan", "Ctrl Z", shortcut="Ctrl+Z")
        self._action.setMinimumWidth(200)
        self._action.clicked.connect(self.on_undone)
        self._action.hide()
        row.addWidget(self._action)
        self._undo: Callable[[], None] | None = None
        self._previous = False
        self._close = button(self.tr("Sluiten"), "melding_sluiten")
        self._close.clicked.connect(self.on_dismissed)
        row.addWidget(self._close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.on_dismissed)
        self.hide()

    def say(self, text: str, soort: Soort = Soort.GOED, undo: Callable[[], None] | None = None) -> None:
        """Show a message with its icon; it is announced to screen readers by its name.

        With `undo` there is a button beside it, for as long as an action can be taken back.
        """
        self._undo, self._previous = undo, False
        self._action.setVisible(undo is not None)
        restyle(self, "soort", _STYLES[soort])
        self._text.setText(f"{ICONS[soort]}  {text}")
        self.setAccessibleName(text)
        self._close.setVisible(soort is not Soort.GOED or undo is not None)
        self._timer.stop()
        if soort is Soort.GOED:
            self._timer.start(_CONFIRMATION_MS if undo is None else _UNDO_MS)
        self.show()

    def name_previous(self) -> None:
        """What can still be taken back was done in another zaak than the one that stands there now: say so."""
        if self._undo is None or self._previous:
            return
        self._previous = True
        icon, _, text = self._text.text().partition("  ")
        said = self.tr("Vorige zaak: {wat}").format(wat=text[:1].lower() + text[1:])
        self._text.setText(f"{icon}  {said}")
        self.setAccessibleName(said)

    @Slot()
    def on_dismissed(self) -> None:
        self._undo = None
        self.hide()

    @Slot()
    def on_undone(self) -> None:
        undo, self._undo = self._undo, None
        self.hide()
        if undo is not None:
            undo()
