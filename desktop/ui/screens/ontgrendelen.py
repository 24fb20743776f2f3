"""Ontgrendelen: the passphrase, what to do when it is forgotten, and nothing about residents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.ui.widgets.parts import Card, button, label, line

if TYPE_CHECKING:
    from desktop.ui.forms.recovery import RecoveryPart

_WIDTH = 440


class Ontgrendelen(QWidget):
    """The locked window. `submitted` carries the passphrase once; the field is emptied at once.

    `recovered` carries a recovery key and a new passphrase, for somebody who forgot theirs.
    """

    submitted = Signal(str)
    recovered = Signal(str, str)

    def __init__(self, reden: str = "", *, may_recover: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("achtergrond")
        card = Card(margin=32, spacing=12)
        card.setFixedWidth(_WIDTH)
        card.box.addWidget(label(self.tr("Voordeur"), "titel"))
        self._reason = label(reden, "zacht", wrap=True)
        self._reason.setObjectName("reden")
        self._reason.setVisible(bool(reden))
        card.box.addWidget(self._reason)
        card.box.addSpacing(4)
        caption = QLabel(self.tr("&Wachtwoord"))
        self.field = QLineEdit()
        self.field.setObjectName("wachtwoord")
        self.field.setAccessibleName(self.tr("Wachtwoord"))
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData)
        self.field.returnPressed.connect(self.on_submitted)
        caption.setBuddy(self.field)
        card.box.addWidget(caption)
        card.box.addWidget(self.field)
        self.error = label("", "fout", wrap=True)
        self.error.setObjectName("fout")
        self.error.hide()
        card.box.addWidget(self.error)
        self.unlock = button(self.tr("&Ontgrendelen"), "ontgrendelen", main=True)
        self.unlock.clicked.connect(self.on_submitted)
        row = QHBoxLayout()
        row.addWidget(self.unlock)
        row.addStretch(1)
        card.box.addLayout(row)
        card.box.addSpacing(8)
        card.box.addWidget(line())
        card.box.addWidget(label(self.tr("Wachtwoord vergeten?"), "vet"))
        card.box.addWidget(
            label(
                self.tr(
                    "Met de herstelsleutel op papier kies je een nieuw wachtwoord. Je functioneel beheerder"
                    " helpt je daarbij. Niemand anders kan de kluis openen, ook de helpdesk niet."
                ),
                "zacht",
                wrap=True,
            )
        )
        self._recovery: RecoveryPart | None = None
        self._card = card
        forgotten = button(self.tr("&Herstelsleutel gebruiken…"), "herstellen", link=True)
        forgotten.clicked.connect(self.on_forgotten)
        forgotten.setVisible(may_recover)
        card.box.addWidget(forgotten, 0, Qt.AlignmentFlag.AlignLeft)
        self._forgotten = forgotten
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch(3)
        self.setFocusProxy(self.field)

    def show_error(self, text: str) -> None:
        """Say beside the field what went wrong, and let the worker try again."""
        self.set_busy(busy=False)
        self.error.setText(text)
        self.error.show()
        self.field.setFocus()

    def set_busy(self, *, busy: bool) -> None:
        """While the key is being derived nothing can be typed, and the button says so."""
        self.field.setEnabled(not busy)
        self.unlock.setEnabled(not busy)
        if self._recovery is not None:
            self._recovery.setEnabled(not busy)
        self.unlock.setText(self.tr("Kluis gaat open…") if busy else self.tr("&Ontgrendelen"))

    @Slot()
    def on_submitted(self) -> None:
        passphrase = self.field.text()
        if not passphrase:
            self.show_error(self.tr("Typ je wachtwoord."))
            return
        self.field.clear()
        self.error.hide()
        self.set_busy(busy=True)
        self.submitted.emit(passphrase)

    @Slot()
    def on_forgotten(self) -> None:
        from desktop.ui.forms.recovery import RecoveryPart

        self._forgotten.hide()
        self._recovery = RecoveryPart()
        self._recovery.refused.connect(self.show_error)
        self._recovery.submitted.connect(self.on_recovery)
        self._card.box.addWidget(self._recovery)
        self._recovery.key.setFocus()

    @Slot(str, str)
    def on_recovery(self, recovery_key: str, passphrase: str) -> None:
        self.error.hide()
        self.set_busy(busy=True)
        self.recovered.emit(recovery_key, passphrase)
