"""A recovery key from paper, and the passphrase that is to open the vault from now on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.ui.forms.form import captioned
from desktop.ui.forms.passphrase import PassphrasePair
from desktop.ui.widgets.parts import button


class RecoveryPart(QWidget):
    """`submitted` carries the key and the new passphrase, `refused` what is still missing."""

    submitted = Signal(str, str)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 4, 0, 0)
        box.setSpacing(8)
        self.key = QLineEdit()
        self.key.setMaxLength(80)
        box.addWidget(captioned(self.tr("Herstels&leutel van papier"), self.key, "herstelsleutel"))
        box.addWidget(self.key)
        self._pair = PassphrasePair("herstel")
        self._pair.submitted.connect(self.on_submitted)
        box.addWidget(self._pair)
        send = button(self.tr("Wachtwoord &instellen"), "herstel_instellen", main=True)
        send.clicked.connect(self.on_submitted)
        box.addWidget(send, 0, Qt.AlignmentFlag.AlignLeft)

    @Slot()
    def on_submitted(self) -> None:
        passphrase = self._pair.passphrase()
        if not self.key.text().strip():
            self.refused.emit(self.tr("Typ de herstelsleutel over van het papier."))
            self.key.setFocus()
        elif passphrase is None:
            self.refused.emit(self._pair.fault())
        else:
            self.submitted.emit(self.key.text(), passphrase)
