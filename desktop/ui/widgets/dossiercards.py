"""The cards at the left of a zaak: the resident, the signal with its article, and whether they were known before."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from db.model.codes import Bekendheid, BrpUitkomst
from db.queries.dossier import Dossier
from desktop.casework.kalender import lokale_datum
from desktop.casework.rulebook import regelboek
from desktop.ui import texts
from desktop.ui.session import Session
from desktop.ui.status import Soort
from desktop.ui.widgets.parts import Card, button, clear, label, line, tab_after, tag

_FEW = 3
"""Signals that are shown at once; a resident may have sixty."""


class ResidentCard(Card):
    """Who this is, where they live, and how to reach them."""

    def show_dossier(self, dossier: Dossier, session: Session) -> None:
        """Fill the card."""
        clear(self.box)
        inwoner = dossier.inwoner
        self.box.setSpacing(4)
        self.box.addWidget(tag(regelboek().omschrijving(dossier.debtsoort), Soort.RUSTIG, icon=False))
        name = label(texts.breakable(inwoner.naam), "titel", wrap=True)
        name.setObjectName("inwoner_naam")
        self.box.addWidget(name)
        age = inwoner.leeftijd(session.local_now().date())
        self.box.addWidget(
            label(
                self.tr("{dag} · {jaar} jaar").format(dag=texts.full_day(inwoner.geboortedatum), jaar=age),
                "zacht",
                wrap=True,
            )
        )
        self.box.addSpacing(4)
        secret = dossier.stand.brp is BrpUitkomst.GEHEIM
        if secret:
            self.box.addWidget(tag(self.tr("geheim adres"), Soort.GEVAAR))
        else:
            self.box.addWidget(label(texts.breakable(f"{inwoner.straatregel}\n{inwoner.plaatsregel}"), wrap=True))
        phone = label(texts.phone(inwoner.telefoonnummer) or self.tr("Geen telefoonnummer"), "vet")
        phone.setObjectName("telefoonnummer")
        self.box.addWidget(phone)
        if dossier.stand.onbruikbaar:
            self.box.addWidget(tag(self.tr("nummer werkt niet"), Soort.LET_OP))
        if inwoner.emailadres:
            self.box.addWidget(label(texts.breakable(inwoner.emailadres), wrap=True))
        self.box.addSpacing(4)
        self.box.addWidget(label(self.tr("Zaak {nummer}").format(nummer=dossier.nummer), "zacht"))


class SignalCard(Card):
    """The signals of this zaak, each with the article it was tested against."""

    _whole: UUID | None = None

    def _show_all(self, dossier: Dossier) -> None:
        self._whole = dossier.zaak
        self.show_dossier(dossier)

    def show_dossier(self, dossier: Dossier) -> None:
        """Fill the card: the newest few, and the others when they are asked for."""
        clear(self.box)
        self.box.addWidget(label(self.tr("Signaal van het CAK"), "kop"))
        hidden = 0 if dossier.zaak == self._whole else max(0, len(dossier.signalen) - _FEW)
        if len(dossier.signalen) > _FEW:
            total = texts.euros(sum(signal.bedrag for signal in dossier.signalen))
            count = texts.count(len(dossier.signalen))
            text = self.tr("{n} signalen, samen {bedrag}").format(n=count, bedrag=total)
            self.box.addWidget(label(text, "vet", wrap=True))
        if hidden:
            more = button(self.tr("Toon alle signalen"), "alle_signalen", link=True)
            more.clicked.connect(partial(self._show_all, dossier))
            self.box.addWidget(more)
            tab_after(self, more)
        for signal in dossier.signalen[hidden:]:
            holder = QWidget()
            grid = QGridLayout(holder)
            grid.setContentsMargins(0, 0, 0, 0)
            grid.setVerticalSpacing(6)
            facts = (
                (self.tr("Achterstand"), texts.euros(signal.bedrag), "vet"),
                (
                    self.tr("Oudste vordering"),
                    texts.plural(signal.maanden, self.tr("{n} maand"), self.tr("{n} maanden")),
                    "",
                ),
                (self.tr("Klantnummer"), signal.klantnummer, ""),
                (self.tr("Ontvangen"), texts.full_day(lokale_datum(signal.ontvangen_op)), ""),
            )
            for row, (caption, value, rol) in enumerate(facts):
                grid.addWidget(label(caption, "zacht", wrap=True), 2 * row, 0)
                grid.addWidget(label(value, rol, wrap=True), 2 * row, 1)
                if row < len(facts) - 1:
                    grid.addWidget(line(), 2 * row + 1, 0, 1, 2)
            grid.setColumnStretch(0, 1)
            grid.setColumnStretch(1, 1)
            self.box.addWidget(holder)
            if signal.ingetrokken_op is not None:
                self.box.addWidget(tag(self.tr("ingetrokken door het CAK"), Soort.LET_OP))
            else:
                self.box.addWidget(
                    label(self.tr("✓ Voldoet aan art. {artikel}").format(artikel=signal.artikel), "goed", wrap=True)
                )


class KnownCard(Card):
    """Earlier signals, and whether schuldhulp or another creditor knew the resident. `asked` opens the form."""

    asked = Signal()

    def show_dossier(self, dossier: Dossier, *, may_record: bool) -> None:
        """Fill the card."""
        clear(self.box)
        stand = dossier.stand
        self.box.addWidget(label(self.tr("Eerder bekend?"), "kop"))
        earlier = len(dossier.eerdere)
        sentences = [
            texts.plural(earlier, self.tr("{n} eerder signaal bij ons."), self.tr("{n} eerdere signalen bij ons."))
            if earlier
            else self.tr("Geen eerder signaal bij ons."),
            {
                Bekendheid.JA: self.tr("Bekend bij schuldhulp."),
                Bekendheid.NEE: self.tr("Niet bekend bij schuldhulp."),
                Bekendheid.ONBEKEND: self.tr("Schuldhulp nog niet nagekeken."),
            }[stand.schuldhulp],
        ]
        if stand.eerder_gemeld is Bekendheid.JA:
            sentences.append(self.tr("Eerder gemeld door een andere partij."))
        self.box.addWidget(label(" ".join(sentences), wrap=True))
        known = earlier or Bekendheid.JA in {stand.schuldhulp, stand.eerder_gemeld}
        self.box.addWidget(
            tag(self.tr("Eerder bekend"), Soort.LET_OP)
            if known
            else tag(self.tr("Nog niet bekend bij ons"), Soort.GOED)
        )
        if may_record:
            record = button(self.tr("Nagekeken? Vul in"), "bekendheid", link=True)
            record.clicked.connect(self.asked)
            self.box.addWidget(record)
            tab_after(self, record)
