"""Help: what this screen is for, and every key."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QVBoxLayout, QWidget

from desktop.ui.widgets.parts import label, line


class HelpDialog(QDialog):
    """F1 and Ctrl+/."""

    def __init__(self, about: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("hulp_en_toetsen")
        self.setWindowTitle(self.tr("Hulp en sneltoetsen"))
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 16)
        box.setSpacing(10)
        if about:
            box.addWidget(label(self.tr("Dit scherm"), "kop"))
            text = label(about, wrap=True)
            text.setMinimumWidth(720)
            box.addWidget(text)
            box.addWidget(line())
        box.addWidget(label(self.tr("Sneltoetsen"), "kop"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(4)
        keys = (
            ("Ctrl+1", self.tr("Vandaag")),
            ("Ctrl+2", self.tr("Werkvoorraad")),
            ("Ctrl+3", self.tr("Signalen")),
            ("Ctrl+4", self.tr("Route")),
            ("Ctrl+5", self.tr("Terugmelden")),
            ("Ctrl+8", self.tr("Beheer")),
            ("Ctrl+K", self.tr("Zoeken")),
            ("F4", self.tr("Iemand belt terug")),
            (self.tr("Enter"), self.tr("Zaak openen")),
            ("1 … 9", self.tr("Uitslag vastleggen, in een zaak")),
            ("Ctrl+N", self.tr("Nieuwe belpoging, in een zaak")),
            ("Ctrl+P", self.tr("Brief maken, in een zaak")),
            ("Ctrl+B", self.tr("Huisbezoek plannen, in een zaak")),
            ("F8", self.tr("Aan tafel: de inwoner leest mee")),
            ("F6", self.tr("Gevaar: wie bel je? Ook als de kluis op slot is")),
            ("Ctrl+T", self.tr("Tijdlijn, in een zaak")),
            ("Ctrl+PageDown", self.tr("Volgend tabblad, in een zaak")),
            (self.tr("Alt+letter"), self.tr("Naar het veld of de knop met die letter")),
            ("Ctrl+D", self.tr("Dag afsluiten: wat ligt er nog?")),
            ("Ctrl+L", self.tr("Vergrendelen")),
            ("Esc", self.tr("Terug")),
            ("F1, Ctrl+/", self.tr("Deze hulp")),
        )
        half = (len(keys) + 1) // 2  # two columns, or it is higher than a small laptop
        for number, (key, meaning) in enumerate(keys):
            row, column = number % half, 2 * (number // half)
            grid.addWidget(label(key, "vet"), row, column)
            grid.addWidget(label(meaning), row, column + 1)
        box.addLayout(grid)
        buttons = QDialogButtonBox()
        close = buttons.addButton(self.tr("&Sluiten"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setObjectName("hulp_sluiten")
        buttons.rejected.connect(self.reject)
        box.addWidget(buttons)
