"""Signalen: what is new and admitted, with the article it passed; take up, or refuse with a ground."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db.model.codes import Bak
from db.queries import signalen as queries
from db.queries.signalen import TrayRegel
from desktop.casework import signalen
from desktop.casework.rulebook import regelboek
from desktop.ui import texts
from desktop.ui.models.rows import Cell, Row, RowsModel
from desktop.ui.screens.screen import Screen
from desktop.ui.session import Session
from desktop.ui.status import Soort
from desktop.ui.widgets.parts import Card, button, label
from desktop.ui.widgets.table import ZaakTable

_SHOWN = 500
_NAME, _AMOUNT, _CHECK = 250, 140, 250


class Signalen(Screen):
    """The tray *nieuw*. Taking up makes a zaak per resident; it lands in the call list by itself."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._summary = label("", "zacht")
        self._summary.setObjectName("signalen_samenvatting")
        headers = (self.tr("Inwoner"), self.tr("Soort"), self.tr("Bedrag"), self.tr("Controle"))
        self._model = RowsModel(headers, self)
        self.table = ZaakTable(self._model, "nieuwe_signalen", self.tr("Nieuwe signalen"))
        self.table.set_widths(_NAME, 0, _AMOUNT, _CHECK)
        self.table.opened.connect(self.on_take_one)
        self._empty = label(
            self.tr("Geen nieuwe signalen. Een signaalbestand lees je in met de opdracht “voordeur import”."),
            "zacht",
            wrap=True,
        )
        self._empty.setContentsMargins(10, 10, 10, 10)
        self._all = button(self.tr("&Alles oppakken"), "alles_oppakken", main=True)
        self._all.clicked.connect(self.on_take_all)
        self._one = button(self.tr("&Oppakken"), "oppakken")
        self._one.clicked.connect(self.on_take_current)
        self._refuse = button(self.tr("W&eigeren…"), "weigeren")
        self._refuse.clicked.connect(self.on_refuse)
        self._busy = False
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 20)
        box.setSpacing(2)
        box.addWidget(label(self.tr("Nieuwe signalen"), "titel"))
        box.addWidget(self._summary)
        box.addSpacing(10)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._all)
        row.addWidget(self._one)
        row.addWidget(self._refuse)
        row.addStretch(1)
        box.addLayout(row)
        box.addSpacing(12)
        card = Card(margin=8)
        card.box.addWidget(self.table, 1)
        card.box.addWidget(self._empty, 1)
        box.addWidget(card, 1)

    def refresh(self) -> None:
        """Ask the tray again."""

        def ask(connection: Any) -> tuple[tuple[TrayRegel, ...], int]:  # noqa: ANN401  # db's own type
            found = queries.tray(connection, Bak.NIEUW, limiet=_SHOWN)
            return found, queries.new(connection)

        self.session.ask(self, ask, self._show)

    def _show(self, found: tuple[tuple[TrayRegel, ...], int]) -> None:
        regels, total = found
        self._model.show_rows(tuple(map(_row, regels)))
        self._summary.setText(
            texts.plural(total, self.tr("{n} signaal wacht op jou"), self.tr("{n} signalen wachten op jou"))
        )
        self.table.setVisible(bool(regels))
        self._empty.setVisible(not regels)
        for made in (self._all, self._one, self._refuse):
            made.setEnabled(bool(regels) and not self._busy)

    def _take(self, ids: tuple[UUID, ...] | None) -> None:
        if self._busy:
            return
        self._busy = True
        action = signalen.accept_all if ids is None else partial(signalen.accept, signalen=ids)

        def done(taken: tuple[signalen.Opgepakt, ...]) -> None:
            self._busy = False
            zaken = len({one.zaak for one in taken})
            self.said.emit(
                texts.plural(zaken, self.tr("{n} zaak gemaakt of aangevuld"), self.tr("{n} zaken gemaakt of aangevuld"))
            )

        def failed(error: Any) -> None:  # noqa: ANN401  # a VoordeurError
            self._busy = False
            self.session.show_error(error)
            self.refresh()

        self.session.act(self, action, done, failed)

    def take_focus(self) -> None:
        """The list, or the screen when it is empty."""
        (self if self.table.isHidden() else self.table).setFocus()

    @Slot(object)
    def on_take_one(self, signaal: UUID) -> None:
        self._take((signaal,))

    @Slot()
    def on_take_current(self) -> None:
        if (signaal := self.table.current_zaak()) is not None:
            self._take((signaal,))

    @Slot()
    def on_take_all(self) -> None:
        self._take(None)

    @Slot()
    def on_refuse(self) -> None:
        from desktop.ui.dialogs.weigeren import RefuseDialog

        if (signaal := self.table.current_zaak()) is not None:
            dialog = RefuseDialog(self.session, signaal, self)
            dialog.said.connect(self.said)
            dialog.open()


def _row(regel: TrayRegel) -> Row:
    amount = texts.euros(round(float(regel.bedrag) * 100))
    kind = regelboek().omschrijving(regel.debtsoort)
    article = QCoreApplication.translate("Signalen", "art. {artikel}").format(artikel=regel.artikel)
    sentence = QCoreApplication.translate("Signalen", "{naam}, {soort}, {bedrag}, voldoet aan {artikel}").format(
        naam=regel.naam, soort=kind, bedrag=amount, artikel=article
    )
    cells = (
        Cell(regel.naam, regel.signaal),
        Cell(kind),
        Cell(amount),
        Cell(article, soort=Soort.GOED),
    )
    return Row(zaak=regel.id, cellen=cells, zin=sentence)
