"""Dag afsluiten: what today still leaves open, each with the way to mend it; or that nothing is left."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QPushButton, QVBoxLayout, QWidget

from db.model.codes import Stap
from db.queries import dag as queries
from db.queries.zaken import ZaakRegel
from desktop.casework import dag
from desktop.casework.dag import Dagcontrole
from desktop.casework.kalender import add_working_days
from desktop.ui import texts
from desktop.ui.session import Session
from desktop.ui.status import ICONS, Soort
from desktop.ui.widgets.parts import button, clear, label

_Line = tuple[Soort, str, str, str, Callable[[], None]]
"""Kind, sentence, the name and the words of the button, and what it does."""


class DayDialog(QDialog):
    """Looks again whenever something was recorded; `opened` asks for a zaak at a form, `wanted` for a screen."""

    opened = Signal(object, str)
    wanted = Signal(str)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.setObjectName("dag_controle")
        self.setWindowTitle(self.tr("Dag afsluiten"))
        self.setMinimumWidth(620)
        self._lines = QGridLayout()
        self._lines.setHorizontalSpacing(12)
        self._lines.setVerticalSpacing(10)
        self._lines.setColumnStretch(0, 1)
        self._verdict = label("", "titel", wrap=True)
        self._verdict.setObjectName("dag_uitkomst")
        buttons = QDialogButtonBox()
        close = buttons.addButton(self.tr("&Sluiten"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setObjectName("dag_sluiten")
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 20, 20, 16)
        box.setSpacing(14)
        box.addWidget(self._verdict)
        box.addLayout(self._lines)
        box.addWidget(buttons)
        session.changed.connect(self._ask)
        self._ask()

    def _ask(self) -> None:
        settings, now = self._session.instellingen, self._session.now()
        self._session.ask(self, lambda connection: dag.dagcontrole(connection, settings, now), self._show)

    def _show(self, found: Dagcontrole) -> None:
        clear(self._lines)
        today = self._session.local_now().date()
        self._verdict.setText(
            self.tr("{icoon} Alles is rond. Tot {dag}.").format(
                icoon=ICONS[Soort.GOED], dag=texts.weekday(add_working_days(today, 1))
            )
            if found.rond
            else self.tr("Dit ligt er nog")
        )
        first: QPushButton | None = None
        for row, (soort, sentence, name, verb, mend) in enumerate(self._found(found, today)):
            text = label(f"{ICONS[soort]} {sentence}", "fout" if soort is Soort.GEVAAR else "", wrap=True)
            text.setObjectName(f"dag_{name}_tekst")
            self._lines.addWidget(text, row, 0)
            made = button(verb, f"dag_{name}")
            made.clicked.connect(mend)
            self._lines.addWidget(made, row, 1)
            made.show()
            first = first or made
        if first is not None:
            first.setFocus()

    def _found(self, found: Dagcontrole, today: date) -> Iterator[_Line]:
        yield from self._people(found)
        if found.papieren:
            sentence = texts.plural(
                found.papieren,
                self.tr("{n} brief of kaartje van vandaag: geprint en op de post?"),
                self.tr("{n} brieven en kaartjes van vandaag: geprint en op de post?"),
            )
            yield Soort.LET_OP, sentence, "papier", self.tr("Ja, op de post"), partial(self._posted, today)
        if found.bezoekmap_weg:
            sentence = self.tr("De bezoekmap van vandaag is nog niet terug.")
            keep = partial(self._remember, dag.BEZOEKMAP, today, dag.TERUG)
            yield Soort.GEVAAR, sentence, "bezoekmap", self.tr("Terug en vernietigd"), keep
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
        if found.terugbellen:
            sentence = texts.plural(
                found.terugbellen,
                self.tr("{n} mens vroeg om terugbellen."),
                self.tr("{n} mensen vroegen om terugbellen."),
            )
            yield Soort.GEVAAR, sentence, "terugbellen", self.tr("Naar Nu bellen"), partial(self._go, "vandaag")

    def _open(self, zaak: UUID, form: str) -> None:
        self.accept()
        self.opened.emit(zaak, form)

    def _go(self, screen: str) -> None:
        self.accept()
        self.wanted.emit(screen)

    def _posted(self, today: date) -> None:
        """All letters of today left the house; one that is made later asks again."""
        now = self._session.now()
        self._session.note(self, lambda vault: dag.post(vault.connection, today, now), lambda _: self._ask())

    def _remember(self, what: str, today: date, text: str) -> None:
        now = self._session.now()
        self._session.note(
            self, lambda vault: queries.remember(vault.connection, what, today, text, now), lambda _: self._ask()
        )
