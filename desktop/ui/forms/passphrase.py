"""A new passphrase, typed twice, with what makes a good one beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from desktop.ui.forms.form import captioned
from desktop.ui.widgets.parts import label


class PassphrasePair(QWidget):
    """Two fields that must hold the same; `submitted` when Enter is pressed in the second."""

    submitted = Signal()

    def __init__(self, prefix: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        advice = self.tr(
            "Minstens 14 tekens. Vier losse woorden die niets met elkaar te maken hebben, onthoud je goed."
        )
        box.addWidget(label(advice, "zacht", wrap=True))
        self.first, self._second = QLineEdit(), QLineEdit()
        for text, field, name in (
            (self.tr("Nieuw &wachtwoord"), self.first, f"{prefix}_wachtwoord"),
            (self.tr("No&g een keer"), self._second, f"{prefix}_herhaling"),
        ):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData)
            box.addWidget(captioned(text, field, name))
            box.addWidget(field)
        self.first.returnPressed.connect(self._second.setFocus)
        self._second.returnPressed.connect(self.submitted)
        self._show = QCheckBox(self.tr("&Laat zien wat ik typ"))
        self._show.setObjectName(f"{prefix}_laat_zien")
        self._show.toggled.connect(self.on_show)
        box.addWidget(self._show)

    def passphrase(self) -> str | None:
        """What was typed twice, or None when the two differ or are empty."""
        return self.first.text() if self.first.text() and self.first.text() == self._second.text() else None

    def fault(self) -> str:
        """Why there is no passphrase yet."""
        if not self.first.text():
            return self.tr("Kies een wachtwoord.")
        return self.tr("De twee wachtwoorden zijn niet gelijk. Typ ze opnieuw.")

    def clear(self) -> None:
        """Take both off the screen."""
        self.first.clear()
        self._second.clear()

    @Slot(bool)
    def on_show(self, shown: bool) -> None:  # noqa: FBT001  # the argument of a signal
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.first.setEchoMode(mode)
        self._second.setEchoMode(mode)
