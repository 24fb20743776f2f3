"""The cards at the left of a zaak: the resident, the signal with its article, and whether they were known before."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from db.model.codes import Bekendheid
from db.queries.dossier import Dossier
from desktop.casework.kalender import lokale_datum
from desktop.casework.rulebook import regelboek
from desktop.ui import texts
from desktop.ui.models.belkaart import situation_lines, vakken
from desktop.ui.models.signalen import also
from desktop.ui.session import Session
from desktop.ui.status import ICONS, Soort
from desktop.ui.widgets.belkaart import DagdeelGrid
from desktop.ui.widgets.parts import Card, button, clear, label, line, tab_after, tag

_FEW = 3
"""Signals that are shown at once; a resident may have sixty."""


class FactsCard(Card):
    """A card that is filled anew only when what it shows has changed: most of what happens in a zaak changes one."""

    _facts: tuple[object, ...] | None = None

    def _emptied_for(self, *facts: object) -> bool:
        """Take everything out and return True when these are other facts than those that stand there."""
        if facts == self._facts:
            return False
        self._facts = facts
        clear(self.box)
        return True


class ResidentCard(FactsCard):
    """Who this is, where they live, and how to reach them.

    A hidden address stands here only after `reveal`, until the card goes. `reveal_asked` asks for it; `check_asked`
    for a colleague's check.
    """

    reveal_asked = Signal()
    check_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, spacing=4)
        self._revealed = False
        self._at_table = False

    def set_at_table(self, dossier: Dossier, session: Session, *, on: bool) -> None:
        """Leave out how to reach the resident, and a hidden address: who sits beside them need not know."""
        self._at_table = on
        self.show_dossier(dossier, session)

    def reveal(self, dossier: Dossier, session: Session) -> None:
        """Show the hidden address, now that it is on record why."""
        self._revealed = True
        self.show_dossier(dossier, session)

    def show_dossier(self, dossier: Dossier, session: Session) -> None:
        """Fill the card."""
        inwoner, stand = dossier.inwoner, dossier.stand
        age = inwoner.leeftijd(session.local_now().date())
        secret = stand.adres_verborgen, stand.adres_geblokkeerd, self._revealed, self._at_table
        reach = stand.ander_nummer, stand.onbruikbaar, dossier.alleen_lezen, stand.gesloten_op
        if not self._emptied_for(inwoner, age, dossier.debtsoort, dossier.nummer, secret, reach):
            return
        self.box.addWidget(tag(regelboek().omschrijving(dossier.debtsoort), Soort.RUSTIG, icon=False))
        name = label(inwoner.naam, "titel", wrap=True)
        name.setObjectName("inwoner_naam")
        self.box.addWidget(name)
        self.box.addWidget(
            label(
                self.tr("{dag} · {jaar} jaar").format(dag=texts.full_day(inwoner.geboortedatum), jaar=age),
                "zacht",
                wrap=True,
            )
        )
        self.box.addSpacing(4)
        if not self._at_table:
            self._show_reach(dossier)
        elif not dossier.stand.adres_verborgen:
            self._show_address(dossier)
        self.box.addSpacing(4)
        self.box.addWidget(label(self.tr("Zaak {nummer}").format(nummer=dossier.nummer), "zacht"))

    def _show_reach(self, dossier: Dossier) -> None:
        self._show_address(dossier)
        inwoner = dossier.inwoner
        own = dossier.stand.ander_nummer
        phone = label(texts.phone(dossier.telefoonnummer) or self.tr("Geen telefoonnummer"), "vet", wrap=True)
        phone.setObjectName("telefoonnummer")
        self.box.addWidget(phone)
        if own:
            self.box.addWidget(label(self.tr("gaf de inwoner zelf"), "zacht"))
        elif dossier.stand.onbruikbaar:
            self.box.addWidget(tag(self.tr("nummer werkt niet"), Soort.LET_OP))
        if inwoner.emailadres:
            self.box.addWidget(label(inwoner.emailadres, wrap=True))

    def _show_address(self, dossier: Dossier) -> None:
        stand, inwoner = dossier.stand, dossier.inwoner
        hidden = stand.adres_verborgen
        if hidden:
            self.box.addWidget(tag(self.tr("Afgeschermd adres"), Soort.GEVAAR))
        if not hidden or self._revealed:
            address = label(f"{inwoner.straatregel}\n{inwoner.plaatsregel}", wrap=True)
            address.setObjectName("adres")
            self.box.addWidget(address)
        before: QWidget = self
        if hidden and not self._revealed and not dossier.alleen_lezen:
            show = button(self.tr("Toon adres…"), "adres_tonen", link=True)
            show.clicked.connect(self.reveal_asked)
            self.box.addWidget(show)
            tab_after(before, show)
            before = show
        if stand.adres_geblokkeerd:
            self.box.addWidget(
                label(self.tr("Geen bezoek, kaartje of brief tot een collega het adres nakeek."), "zacht", wrap=True)
            )
            if stand.gesloten_op is None and not dossier.alleen_lezen:
                check = button(self.tr("Nagekeken door collega…"), "adres_nagekeken", link=True)
                check.setAccessibleName(self.tr("Adres nagekeken door collega…"))
                check.clicked.connect(self.check_asked)
                self.box.addWidget(check)
                tab_after(before, check)
        elif hidden:
            self.box.addWidget(tag(self.tr("nagekeken door collega"), Soort.GOED))


class CallsCard(Card):
    """In which parts of the week was called, and which one is next."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, margin=14, spacing=4)

    def show_dossier(self, dossier: Dossier, session: Session) -> None:
        """Fill the card."""
        clear(self.box)
        self.box.addWidget(label(self.tr("Wanneer gebeld"), "kop"))
        self.box.addWidget(DagdeelGrid(vakken(dossier, session.instellingen, session.now())))


class SituationCard(FactsCard):
    """The situation in a few quiet lines. `asked` names the form that changes it."""

    asked = Signal(str)

    def show_dossier(self, dossier: Dossier, today: date, *, may_record: bool) -> None:
        """Fill the card; what may do harm stands first."""
        lines = tuple(situation_lines(dossier.situatie, today))
        if not self._emptied_for(lines, may_record):
            return
        self.box.setSpacing(4)
        self.box.addWidget(label(self.tr("Situatie"), "kop"))
        for soort, text in lines:
            shown = text if soort is Soort.RUSTIG else f"{ICONS[soort]} {text}"
            made = label(shown, {Soort.GEVAAR: "fout", Soort.LET_OP: "vet"}.get(soort, ""), wrap=True)
            made.setAccessibleName(text)
            self.box.addWidget(made)
        if not lines:
            self.box.addWidget(label(self.tr("Nog niets opgeschreven."), wrap=True))
        if may_record:
            text = self.tr("Situatie veranderen") if lines else self.tr("Situatie invullen")
            change = button(text, "situatie", link=True)
            change.clicked.connect(self.on_clicked)
            self.box.addWidget(change)
            tab_after(self, change)

    @Slot()
    def on_clicked(self) -> None:
        self.asked.emit("situatie")


class SignalCard(FactsCard):
    """The signals of this zaak, each with the article it was tested against."""

    _whole: UUID | None = None

    def _show_all(self, dossier: Dossier) -> None:
        self._whole = dossier.zaak
        self.show_dossier(dossier)

    def show_dossier(self, dossier: Dossier) -> None:
        """Fill the card: the newest few, and the others when they are asked for."""
        if not self._emptied_for(dossier.zaak, dossier.signalen, self._whole):
            return
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


class KnownCard(FactsCard):
    """Earlier signals, and whether schuldhulp or another creditor knew the resident.

    `asked` opens the form; `pairs_asked` the questions about signals that may be about this resident.
    """

    asked = Signal()
    pairs_asked = Signal()

    def show_dossier(self, dossier: Dossier, *, may_record: bool) -> None:
        """Fill the card."""
        stand, earlier = dossier.stand, len(dossier.eerdere)
        facts = dossier.ook_gemeld, dossier.gelijkend, stand.schuldhulp, stand.eerder_gemeld, may_record
        if not self._emptied_for(earlier, facts):
            return
        self.box.addWidget(label(self.tr("Eerder bekend?"), "kop"))
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
        for text in dict.fromkeys(self.tr("Ook: {wat}").format(wat=also(one)) for one in dossier.ook_gemeld):
            self.box.addWidget(label(text.replace("€ ", "€\u00a0"), wrap=True))
        known = earlier or dossier.ook_gemeld or Bekendheid.JA in {stand.schuldhulp, stand.eerder_gemeld}
        self.box.addWidget(
            tag(self.tr("Eerder bekend"), Soort.LET_OP)
            if known
            else tag(self.tr("Nog niet bekend bij ons"), Soort.GOED)
        )
        if dossier.gelijkend:
            text = self.tr("Misschien heeft deze inwoner nog een ander signaal.")
            self.box.addWidget(tag(self.tr("Zelfde persoon?"), Soort.LET_OP))
            self.box.addWidget(label(text, wrap=True))
            compare = button(self.tr("Vergelijk de signalen"), "signalen_vergelijken", link=True)
            compare.clicked.connect(self.pairs_asked)
            self.box.addWidget(compare)
            tab_after(self, compare)
        if may_record:
            record = button(self.tr("Nagekeken? Vul in"), "bekendheid", link=True)
            record.clicked.connect(self.asked)
            self.box.addWidget(record)
            tab_after(self, record)
