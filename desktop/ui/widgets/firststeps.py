"""What an empty Vandaag shows instead of lists: three steps to the first call."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.status import ICONS, Soort
from desktop.ui.widgets.parts import Card, button, label


class FirstSteps(Card):
    """Import, choose, call; the first is ticked once there are signals. `wanted` asks for the screen of a step."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, spacing=14)
        self.setObjectName("eerste_stappen")
        self.box.addWidget(label(self.tr("In drie stappen aan het werk"), "titel"))
        self._numbers = []
        steps = (
            (self.tr("Lees signalen in"), self.tr("Het bestand dat je van het Centraal Meldpunt kreeg. Voordeur kijkt"
             " per signaal of het mag, en zegt wat er niet mag en waarom.")),
            (self.tr("Kies wie je oppakt"), self.tr("Elk signaal dat je oppakt wordt een zaak. Wat niet hoort,"
             " weiger je met een reden.")),
            (self.tr("Bel"), self.tr("Hier op Vandaag staat daarna wie je nu het best kunt bellen, en waarom.")),
        )  # fmt: skip
        for number, (title, text) in enumerate(steps, start=1):
            row = QHBoxLayout()
            row.setSpacing(14)
            shown = label(str(number), "getal")
            shown.setFixedWidth(32)
            self._numbers.append(shown)
            row.addWidget(shown)
            words = QVBoxLayout()
            words.setSpacing(2)
            words.addWidget(label(title, "kop"))
            words.addWidget(label(text, "zacht", wrap=True))
            row.addLayout(words, 1)
            self.box.addLayout(row)
        self.go = button(self.tr("Naar Signalen"), "naar_eerste_signalen", main=True)
        self.go.clicked.connect(lambda: self.wanted.emit("signalen"))
        last = QHBoxLayout()
        last.addWidget(self.go)
        last.addStretch(1)
        self.box.addLayout(last)
        self.box.addStretch(1)

    def show_state(self, *, signalen: bool) -> None:
        """Tick the first step when it is done, and name what the button does next."""
        self._numbers[0].setText(ICONS[Soort.GOED] if signalen else "1")
        self._numbers[0].setAccessibleName(self.tr("Klaar") if signalen else "1")
        self.go.setText(self.tr("Signalen oppakken") if signalen else self.tr("Signalen inlezen"))
