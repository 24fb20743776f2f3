"""Asks for one short name."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from desktop.ui.forms.form import captioned


class NameDialog(QDialog):
    """Emits `named` with what was typed; an empty name is not accepted."""

    named = Signal(str)

    def __init__(self, title: str, caption: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("naam_geven")
        self.setWindowTitle(title)
        self.setMinimumWidth(360)
        self._field = QLineEdit()
        self._field.setMaxLength(60)
        self._field.textChanged.connect(self.on_typed)
        buttons = QDialogButtonBox()
        self._keep = buttons.addButton(self.tr("&Bewaren"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._keep.setObjectName("naam_bewaren")
        self._keep.setProperty("hoofd", "ja")
        self._keep.setEnabled(False)
        buttons.addButton(self.tr("&Annuleren"), QDialogButtonBox.ButtonRole.RejectRole).setObjectName("naam_annuleren")
        buttons.accepted.connect(self.on_accepted)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 20, 20, 16)
        box.setSpacing(8)
        box.addWidget(captioned(caption, self._field, "naam"))
        box.addWidget(self._field)
        box.addWidget(buttons)

    @Slot(str)
    def on_typed(self, text: str) -> None:
        self._keep.setEnabled(bool(text.strip()))

    @Slot()
    def on_accepted(self) -> None:
        self.named.emit(self._field.text().strip())
        self.accept()
