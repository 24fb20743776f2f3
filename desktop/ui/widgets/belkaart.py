"""The parts of a call: the glance before it, the frame with what to say, and the dagdeel grid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from db.model.codes import Dagdeel, Dagdelen
from desktop.casework.kalender import dagdeel_of
from desktop.ui.models.belkaart import Belkaart, Vak
from desktop.ui.status import ICONS, Soort
from desktop.ui.widgets.parts import label
from resources.scripts import Belscript

_CAPTION = 52
_ROLES = {Soort.GEVAAR: "fout", Soort.LET_OP: "vet", Soort.RUSTIG: ""}


class CallCard(QFrame):
    """Readable in two seconds: lines that say nothing are not there."""

    def __init__(self, kaart: Belkaart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("belkaart")
        self.setProperty("blok", "ja")
        self.setAccessibleName(kaart.zin)
        facts = (
            (self.tr("Wie"), kaart.wie, ""),
            (self.tr("Laatst"), kaart.laatst or self.tr("nog geen contact"), ""),
            (self.tr("Beloofd"), kaart.beloofd, "vet"),
        )
        mind = []
        for soort, rol in _ROLES.items():
            together = " · ".join(text for found, text in kaart.let_op if found is soort)
            caption = self.tr("Weet") if soort is Soort.RUSTIG else self.tr("Let op")
            mind.append((caption, f"{ICONS[soort]} {together}" if together and rol else together, rol))
        self._facts = QWidget()
        self._facts.setLayout(_lines(facts))
        self._mind = bool(kaart.let_op)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 6, 10, 6)
        box.setSpacing(3)
        box.addWidget(self._facts)
        if self._mind:
            box.addLayout(_lines(mind))

    def fold(self, *, folded: bool) -> None:
        """Once somebody is on the line: where there is much to mind, leave only that."""
        self._facts.setVisible(not (folded and self._mind))


def _lines(facts: Iterable[tuple[str, str, str]]) -> QGridLayout:
    """A caption, a text and its role on each line; a line without text is left out."""
    lines = QGridLayout()
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setHorizontalSpacing(8)
    lines.setVerticalSpacing(3)
    lines.setColumnMinimumWidth(0, _CAPTION)
    lines.setColumnStretch(1, 1)
    for number, (caption, text, rol) in enumerate(fact for fact in facts if fact[1]):
        lines.addWidget(label(caption, "zacht"), number, 0, Qt.AlignmentFlag.AlignTop)
        lines.addWidget(label(text, rol, wrap=True), number, 1)
    return lines


class DagdeelGrid(QWidget):
    """Ochtend, middag and avond beside week and weekend; each cell has an icon, a word and a colour."""

    def __init__(self, vakken: Sequence[Vak], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dagdeelraster")
        self.setAccessibleName(self.tr("Wanneer gebeld: {vakken}").format(vakken="; ".join(vak.zin for vak in vakken)))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(2)
        for column, text in enumerate((self.tr("week"), self.tr("weekend")), start=1):
            grid.addWidget(label(text, "zacht"), 0, column, Qt.AlignmentFlag.AlignHCenter)
        for row, part in enumerate(Dagdeel, start=1):
            grid.addWidget(label(part.value.lower(), "zacht"), row, 0)
        for vak in vakken:
            made = QLabel(vak.tekst)
            made.setTextFormat(Qt.TextFormat.PlainText)
            made.setObjectName(f"vak_{vak.cell.name}")
            made.setProperty("vak", vak.stand.value)
            made.setAccessibleName(vak.zin)
            made.setToolTip(vak.zin)
            made.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
            row = tuple(Dagdeel).index(dagdeel_of(vak.cell)) + 1
            grid.addWidget(made, row, 2 if vak.cell >= Dagdelen.WEEKEND_OCHTEND else 1)


class ScriptBox(QFrame):
    """What to do, and between quotation marks what to say aloud."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("belscript")
        self.setProperty("citaat", "ja")
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 6, 12, 6)
        box.setSpacing(2)
        self._doe = label("", "vet", wrap=True)
        self._doe.setObjectName("script_doe")
        self._zeg = label("", wrap=True)
        self._zeg.setObjectName("script_zeg")
        self._vraag = label("", "zacht", wrap=True)
        for made in (self._doe, self._zeg, self._vraag):
            box.addWidget(made)

    def show_script(self, script: Belscript) -> None:
        """Show another script; a screen reader finds all of it in the name of the frame."""
        said = f"“{script.zeg}”" if script.zeg else ""
        heading = f"{script.kop}: {script.doe}"
        self._doe.setText(heading)
        self._zeg.setText(said)
        self._vraag.setText(script.vraag)
        self._zeg.setVisible(bool(said))
        self._vraag.setVisible(bool(script.vraag))
        self.setAccessibleName(" ".join(part for part in (heading, said, script.vraag) if part))
