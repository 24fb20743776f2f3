"""The zaak on the chosen row of a list in short: what to do, what was last tried, what was promised."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from db.queries import zaken
from db.queries.zaken import ZaakRegel
from desktop.casework.kalender import AMSTERDAM
from desktop.casework.workflow import advies, term_text
from desktop.ui import texts
from desktop.ui.models.vandaag import urgency
from desktop.ui.session import Session
from desktop.ui.status import Soort
from desktop.ui.widgets.parts import Card, button, clear, label, tag


class ZaakDetail(Card):
    """Address and kind of debt stay hidden; `opened` asks for the zaak itself."""

    opened = Signal(object, str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent, spacing=6)
        self._session = session
        self._zaak: UUID | None = None
        self.setObjectName("zaakdetail")

    def show_zaak(self, zaak: UUID | None) -> None:
        """Ask for a zaak and show it; an answer that comes after another was chosen is passed over."""
        self._zaak = zaak
        if zaak is not None:
            self._session.ask(self, lambda connection: zaken.regels(connection, [zaak]), self._show)
        else:
            clear(self.box)

    def _show(self, found: tuple[ZaakRegel, ...]) -> None:
        if not found or found[0].id != self._zaak:
            return
        regel, settings = found[0], self._session.instellingen
        stand, now = regel.stand, self._session.now()
        next_one = advies(regel.naam, stand, settings, now)
        today = self._session.local_now().date()
        clear(self.box)
        self.box.addWidget(label(regel.naam, "kop", wrap=True))
        self.box.addWidget(label(regel.nummer, "zacht"))
        self.box.addWidget(label(f"{next_one.doe}: {next_one.reden}" if next_one.reden else next_one.doe, wrap=True))
        term = term_text(stand, settings)
        if term:
            self.box.addWidget(tag(term, urgency(stand.termijn, today)))
        self.box.addSpacing(4)
        for text in self._history(regel):
            self.box.addWidget(label(text, "zacht", wrap=True))
        if stand.niet_bezoeken is not None or stand.niet_alleen is not None:
            self.box.addWidget(tag(self.tr("let op bij bezoek"), Soort.LET_OP))
        if stand.adres_geblokkeerd:
            self.box.addWidget(tag(self.tr("adres eerst nakijken"), Soort.GEVAAR))
        go = button(self.tr("Zaak openen"), "detail_openen")
        go.clicked.connect(self.on_open)
        self.box.addSpacing(4)
        self.box.addWidget(go)

    def _history(self, regel: ZaakRegel) -> tuple[str, ...]:
        stand = regel.stand
        lines = [self.tr("Opgepakt {dag}").format(dag=texts.day(stand.geopend_op.astimezone(AMSTERDAM).date()))]
        if stand.pogingen:
            lines.append(texts.plural(stand.pogingen, self.tr("{n} keer gebeld"), self.tr("{n} keer gebeld")))
        if stand.laatste_poging_op is not None:
            moment = texts.short_moment(stand.laatste_poging_op.astimezone(AMSTERDAM))
            lines.append(self.tr("Laatste contact of poging: {moment}").format(moment=moment))
        if stand.belofte_op is not None:
            moment = texts.short_moment(stand.belofte_op.astimezone(AMSTERDAM))
            lines.append(self.tr("Beloofd te bellen: {moment}").format(moment=moment))
        if stand.bezoek is not None:
            day = texts.day(stand.bezoek.datum)
            lines.append(self.tr("Bezoek gepland: {dag}").format(dag=day))
        return tuple(lines)

    @Slot()
    def on_open(self) -> None:
        if self._zaak is not None:
            self.opened.emit(self._zaak, "")
