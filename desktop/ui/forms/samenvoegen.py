"""Zelfde persoon?: two signals that may be about one resident, side by side, until a person has said so."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db.errors import VoordeurError
from db.queries import gelijkenissen
from desktop.casework import personen
from desktop.casework.personen import Paar
from desktop.documents.verschillen import Regel
from desktop.documents.woorden import woord
from desktop.ui import texts
from desktop.ui.session import Session
from desktop.ui.widgets.naast import SideBySideTable
from desktop.ui.widgets.parts import Card, button, label

_AT_ONCE = 50
"""Pairs that are read in one go."""


class SamePersonPanel(QWidget):
    """Asks about one pair after the other; emits `left` when none waits any more or somebody went back.

    `said` carries what was recorded. Street and house number are not shown, for they may be of somebody whose address
    is secret; the reasons say in words how they compare.
    """

    left = Signal()
    said = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._paren: list[Paar] = []
        self._previous: tuple[Paar, bool] | None = None
        self._sent = False
        self._waiting = label("", "zacht", wrap=True)
        self._waiting.setObjectName("samen_wachten")
        self._reasons = label("", wrap=True)
        self._reasons.setObjectName("samen_redenen")
        self._table = SideBySideTable("samen_naast", self.tr("Beide signalen naast elkaar"))
        self._error = label("", "fout", wrap=True)
        self._error.setObjectName("samenfout")
        self._error.hide()
        self._same = button(self.tr("&Zelfde persoon"), "samen_zelfde", main=True)
        self._same.clicked.connect(partial(self.decide, zelfde=True))
        self._other = button(self.tr("&Andere persoon"), "samen_ander")
        self._other.clicked.connect(partial(self.decide, zelfde=False))
        self._later = button(self.tr("Later beslisse&n"), "samen_later")
        self._later.clicked.connect(self.on_later)
        back = button(self.tr("Te&rug"), "samen_terug")
        back.clicked.connect(self.on_back)
        row = QHBoxLayout()
        row.setSpacing(10)
        for made in (self._same, self._other, self._later, back):
            row.addWidget(made)
        row.addStretch(1)
        self._mind = button("", "samen_toch", link=True)
        self._mind.clicked.connect(self.on_mind_changed)
        self._mind.hide()
        card = Card()
        card.box.addWidget(self._reasons)
        card.box.addWidget(self._table, 1)
        card.box.addWidget(self._error)
        card.box.addLayout(row)
        card.box.addWidget(self._mind)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addWidget(label(self.tr("Is dit dezelfde persoon?"), "titel"))
        box.addWidget(self._waiting)
        box.addWidget(card, 1)
        self._show()
        session.ask(self, _read, self._begin)

    def take_focus(self) -> None:
        """The table: look before choosing."""
        self._table.setFocus()

    def _begin(self, found: tuple[Paar, ...]) -> None:
        self._paren = list(found)
        self._show()

    def _show(self) -> None:
        """The first pair that waits, or that none does."""
        self._event_id = self._session.new_id()
        some = bool(self._paren)
        for made in (self._same, self._other, self._reasons, self._table):
            made.setVisible(some)
        self._later.setVisible(len(self._paren) > 1)
        if not some:
            self._waiting.setText(self.tr("Er wacht geen paar meer op jouw oordeel."))
            return
        count = len(self._paren)
        self._waiting.setText(
            texts.plural(count, self.tr("Nog {n} paar."), self.tr("Nog {n} paren."))
            + " "
            + self.tr("Twijfel je? Beslis later; er gaat niets verloren.")
        )
        paar = self._paren[0]
        self._reasons.setText(
            self.tr("Waarom we dit vragen: {redenen}.").format(redenen="; ".join(map(woord, paar.gelijkenis.redenen)))
        )
        self._table.show_rules(
            self._naast(paar), self.tr("Eerder signaal"), self.tr("Nieuw signaal"), anders=self.tr("anders")
        )
        self._table.scrollToTop()

    def _naast(self, paar: Paar) -> tuple[Regel, ...]:
        """What both signals say of their resident and their debt, the earlier one first."""
        eerder, nieuw = paar.eerder, paar.nieuw
        return (
            Regel(self.tr("Naam"), eerder.inwoner.lijstnaam, nieuw.inwoner.lijstnaam),
            Regel(
                self.tr("Geboren op"),
                texts.full_day(eerder.inwoner.geboortedatum),
                texts.full_day(nieuw.inwoner.geboortedatum),
            ),
            Regel(self.tr("Woonplaats"), eerder.inwoner.plaatsnaam, nieuw.inwoner.plaatsnaam),
            Regel(self.tr("Klantnummer"), eerder.klantnummer, nieuw.klantnummer),
            Regel(self.tr("Bedrag"), texts.euros(eerder.bedrag), texts.euros(nieuw.bedrag)),
            Regel(self.tr("Signaal van"), texts.full_day(eerder.signaaldatum), texts.full_day(nieuw.signaaldatum)),
            Regel(self.tr("Kenmerk"), eerder.id, nieuw.id),
        )

    def decide(self, _: bool = False, *, zelfde: bool) -> None:  # noqa: FBT001, FBT002  # the argument of a signal
        """Record what somebody says of the pair that stands there."""
        if self._paren and not self._sent:
            self._record(self._paren[0], zelfde=zelfde)

    @Slot()
    def on_mind_changed(self) -> None:
        if self._previous is not None and not self._sent:
            paar, zelfde = self._previous
            self._record(paar, zelfde=not zelfde)

    def _record(self, paar: Paar, *, zelfde: bool) -> None:
        self._sent = True
        self._error.hide()
        found = paar.gelijkenis
        action = partial(
            personen.decide, signaal=found.signaal, ander=found.ander, event_id=self._event_id, zelfde=zelfde
        )

        def done(_: object) -> None:
            self._sent = False
            self._previous = (paar, zelfde)
            self._paren = [one for one in self._paren if one is not paar]
            self._mind.setText(
                (self.tr("Toch niet dezelfde: {naam}") if zelfde else self.tr("Toch dezelfde: {naam}")).format(
                    naam=paar.nieuw.inwoner.lijstnaam.replace("&", "&&")
                )
            )
            self._mind.show()
            self.said.emit(
                self.tr("Vastgelegd: dezelfde persoon") if zelfde else self.tr("Vastgelegd: een andere persoon")
            )
            self._show()
            self._session.ask(self, _read, self._begin)  # joining one pair may have settled another
            (self._table if self._paren else self._mind).setFocus()

        self._session.act(self, action, done, self._refused)

    def _refused(self, error: VoordeurError) -> None:
        self._sent = False
        self._error.setText(texts.explain(error))
        self._error.setAccessibleName(self._error.text())
        self._error.show()

    @Slot()
    def on_later(self) -> None:
        if not self._sent:
            self._paren = [*self._paren[1:], *self._paren[:1]]
            self._show()
            self._table.setFocus()

    @Slot()
    def on_back(self) -> None:
        self.left.emit()


def _read(connection: Any) -> tuple[Paar, ...]:  # noqa: ANN401  # the connection's type belongs to db
    return personen.paren(connection, gelijkenissen.onbeslist(connection, limiet=_AT_ONCE))
