"""Dag afsluiten: what today still leaves open, each with the way to mend it; or that nothing is left."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QVBoxLayout, QWidget

from db.model.codes import Stap
from db.queries.terugbellen import Terugbelverzoek
from db.queries.zaken import ZaakRegel
from desktop.casework import dag, route
from desktop.casework.dag import Dagcontrole
from desktop.casework.kalender import AMSTERDAM, add_working_days
from desktop.ui import texts
from desktop.ui.session import Session
from desktop.ui.status import ICONS, Soort
from desktop.ui.wekker import wekker
from desktop.ui.widgets.parts import KeyButton, clear, label, tab_after
from desktop.ui.widgets.scroll import TallScroll

_WIDTH, _MARGIN = 640, 20
_AROUND = 190
"""What stands above and below the lines, in pixels, the frame of a window included."""
_Line = tuple[Soort, str, str, str, Callable[[], None]]
"""Kind, sentence, the name and the words of the button, and what it does."""


class DayDialog(QDialog):
    """Looks again whenever something was recorded; `opened` asks for a zaak at a form, `wanted` for a screen.

    `settle_asked` and `note_asked` ask for the dialogs of a call-back request that waits or is half-typed. When this
    stands between the worker and the end of the program, `left` is emitted by whoever stops all the same.
    """

    opened = Signal(object, str)
    wanted = Signal(str)
    settle_asked = Signal(object)
    note_asked = Signal()
    left = Signal()

    def __init__(self, session: Session, parent: QWidget, *, leaving: bool = False) -> None:
        super().__init__(parent)
        self._session, self._over, self._opens = session, parent.window(), False
        self.setObjectName("dag_controle")
        self.setWindowTitle(self.tr("Dag afsluiten"))
        self.setFixedWidth(_WIDTH)
        self._inside = QWidget()
        self._inside.setObjectName("inhoud")
        self._lines = QGridLayout(self._inside)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setHorizontalSpacing(12)
        self._lines.setVerticalSpacing(10)
        self._lines.setColumnStretch(0, 1)
        self._verdict = label("", "titel", wrap=True)
        self._verdict.setObjectName("dag_uitkomst")
        buttons = QDialogButtonBox()
        back = self.tr("&Terug naar het werk") if leaving else self.tr("&Sluiten")
        close = buttons.addButton(back, QDialogButtonBox.ButtonRole.RejectRole)
        close.setObjectName("dag_sluiten")
        buttons.rejected.connect(self.reject)
        if leaving:
            leave = buttons.addButton(self.tr("Voordeur &afsluiten"), QDialogButtonBox.ButtonRole.AcceptRole)
            leave.setObjectName("dag_voordeur_afsluiten")
            buttons.accepted.connect(self.accept)
            buttons.accepted.connect(self.left)
        box = QVBoxLayout(self)
        box.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, 16)
        box.setSpacing(14)
        box.addWidget(self._verdict)
        self._scroll = TallScroll(self._inside)
        box.addWidget(self._scroll)
        box.addWidget(buttons)
        session.changed.connect(self._ask)
        wekker().moved.connect(self._ask)

    def look(self) -> None:
        """Ask what is left, and open once the answer is there: all at once, and in the middle."""
        self._opens = True
        self._ask()

    def _ask(self) -> None:
        settings, now = self._session.instellingen, self._session.now()
        self._session.ask(self, lambda connection: dag.dagcontrole(connection, settings, now), self._show)

    def _show(self, found: Dagcontrole) -> None:
        clear(self._lines)
        today = self._session.local_now().date()
        lines = tuple(self._found(found, today))
        self._verdict.setText(
            self.tr("Dit ligt er nog")
            if lines
            else self.tr("{icoon} Alles is rond. Tot {dag}.").format(
                icoon=ICONS[Soort.GOED], dag=texts.weekday(add_working_days(today, 1))
            )
        )
        buttons = []
        for row, (soort, sentence, name, verb, mend) in enumerate(lines):
            text = label(f"{ICONS[soort]} {sentence}", "fout" if soort is Soort.GEVAAR else "", wrap=True)
            text.setObjectName(f"dag_{name}_tekst")
            self._lines.addWidget(text, row, 0)
            made = KeyButton(verb, f"dag_{name}", str((row + 1) % 10))
            made.setAutoDefault(True)  # Enter presses it too
            made.setAccessibleDescription(sentence)
            made.clicked.connect(mend)
            self._lines.addWidget(made, row, 1)
            for part in (text, made):
                part.show()  # a layout shows its children only later, and the next key may come sooner
            buttons.append(made)
        tab_after(self._verdict, *buttons)
        wanted = self._lines.totalHeightForWidth(_WIDTH - 2 * _MARGIN) if lines else 0
        self._scroll.setFixedHeight(min(wanted, self._over.height() - _AROUND))
        self.adjustSize()
        if self._opens:
            self._opens = False
            self.open()
        if buttons:
            buttons[0].setFocus()

    def _found(self, found: Dagcontrole, today: date) -> Iterator[_Line]:
        if (until := wekker().tot) is not None:
            sentence = self.tr("Je wekker loopt nog, tot {tijd}. Ben je veilig?").format(
                tijd=f"{until.astimezone(AMSTERDAM):%H:%M}"
            )
            yield Soort.GEVAAR, sentence, "wekker", self.tr("Ik ben veilig"), wekker().stop
        yield from self._people(found)
        if found.papieren:
            sentence = texts.plural(
                found.papieren,
                self.tr("{n} brief of kaartje is gemaakt: is het de deur uit?"),
                self.tr("{n} brieven en kaartjes zijn gemaakt: zijn ze de deur uit?"),
            )
            yield Soort.LET_OP, sentence, "papier", self.tr("Zeg welke weg zijn"), self._ask_sent
        if (day := found.bezoekmap_weg) is not None:
            of = self.tr("vandaag") if day == today else texts.day(day)
            sentence = self.tr("De bezoekmap van {dag} is nog niet terug.").format(dag=of)
            keep = partial(self._bring_back, day)
            yield Soort.GEVAAR, sentence, "bezoekmap", self.tr("Terug en vernietigd"), keep
        if found.haperend:
            sentence = texts.plural(
                found.haperend,
                self.tr("{n} bericht aan het CAK kwam niet goed aan."),
                self.tr("{n} berichten aan het CAK kwamen niet goed aan."),
            )
            yield Soort.LET_OP, sentence, "haperend", self.tr("Naar Terugmelden"), partial(self._go, "terugmelden")
        if found.terug_te_melden:
            sentence = texts.plural(
                found.terug_te_melden,
                self.tr("{n} bericht voor het CAK staat klaar."),
                self.tr("{n} berichten voor het CAK staan klaar."),
            )
            yield Soort.RUSTIG, sentence, "terug", self.tr("Naar Terugmelden"), partial(self._go, "terugmelden")

    def _people(self, found: Dagcontrole) -> Iterator[_Line]:
        late = [taak.regel for taak in found.termijnen]
        groups: tuple[tuple[Sequence[ZaakRegel], Soort, str, str, str, str, str], ...] = (
            (found.beloften, Soort.GEVAAR, "belofte", Stap.BELLEN.value, self.tr("Bel nu"),
             self.tr("Je beloofde {naam} vandaag te bellen."), self.tr("Je beloofde {n} mensen vandaag te bellen.")),
            (found.bezoeken, Soort.GEVAAR, "bezoek", Stap.HUISBEZOEK.value, self.tr("Leg uitslag vast"),
             self.tr("Het bezoek bij {naam} heeft nog geen uitslag."),
             self.tr("{n} bezoeken hebben nog geen uitslag.")),
            (late, Soort.GEVAAR, "termijn", "", self.tr("Open de zaak"),
             self.tr("Bij {naam} loopt een termijn af en staat niets gepland."),
             self.tr("Bij {n} mensen loopt een termijn af en staat niets gepland.")),
            (found.concepten, Soort.LET_OP, "concept", "", self.tr("Open de zaak"),
             self.tr("Bij {naam} typte je iets dat nog niet is vastgelegd."),
             self.tr("Bij {n} mensen typte je iets dat nog niet is vastgelegd.")),
        )  # fmt: skip
        for regels, soort, name, form, verb, one, many in groups:
            if regels:
                sentence = one.format(naam=regels[0].naam) if len(regels) == 1 else many.format(n=len(regels))
                yield soort, sentence, name, verb, partial(self._open, regels[0].id, form)
        yield from self._callers(found)

    def _callers(self, found: Dagcontrole) -> Iterator[_Line]:
        if found.terugbellen:
            name = found.terugbellen[0].naam or self.tr("Iemand")
            sentence = texts.plural(
                len(found.terugbellen),
                self.tr("{naam} vroeg om terugbellen.").format(naam=name),
                self.tr("{n} mensen vroegen om terugbellen."),
            )
            settle = partial(self._settle, found.terugbellen[0])
            yield Soort.GEVAAR, sentence, "terugbellen", self.tr("Bel terug"), settle
        if found.half_verzoek:
            sentence = self.tr("Je typte iets over een beller dat nog niet is genoteerd.")
            yield Soort.LET_OP, sentence, "half_verzoek", self.tr("Maak het af"), self._note

    def _open(self, zaak: UUID, form: str) -> None:
        self.accept()
        self.opened.emit(zaak, form)

    def _go(self, screen: str) -> None:
        self.accept()
        self.wanted.emit(screen)

    def _settle(self, verzoek: Terugbelverzoek) -> None:
        self.accept()
        self.settle_asked.emit(verzoek)

    def _note(self) -> None:
        self.accept()
        self.note_asked.emit()

    def _ask_sent(self) -> None:
        from desktop.ui.dialogs.verzonden import SentDialog

        SentDialog(self._session, self).look()

    def _bring_back(self, day: date) -> None:
        self._session.note(self, partial(route.bring_back, dag=day), lambda _: self._ask())
