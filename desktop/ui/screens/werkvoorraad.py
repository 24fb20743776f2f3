"""Werkvoorraad: every open zaak by term, or those of one step."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from db.model.codes import Stap
from db.queries import zaken
from desktop.ui import texts
from desktop.ui.models.werkvoorraad import WorkListModel
from desktop.ui.screens.screen import Screen
from desktop.ui.session import Session
from desktop.ui.widgets.parts import Card, label
from desktop.ui.widgets.table import ZaakTable

_NAME, _STEP, _TERM = 230, 150, 270


class Werkvoorraad(Screen):
    """A filter per step with its count, and the list itself; address and debt stay hidden until a zaak opens."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._stap: Stap | None = None
        self._names = {
            None: self.tr("Alles"),
            Stap.BELLEN: self.tr("Bellen"),
            Stap.HUISBEZOEK: self.tr("Huisbezoek"),
            Stap.HULPAANBOD: self.tr("Hulpaanbod"),
            Stap.EERSTE_GESPREK: self.tr("Eerste gesprek"),
            Stap.PLAN: self.tr("Plan van aanpak"),
            Stap.AFSLUITEN: self.tr("Afsluiten"),
        }
        self._title = label(self.tr("Werkvoorraad"), "titel")
        self._summary = label("", "zacht")
        self._model = WorkListModel(
            session, (self.tr("Inwoner"), self.tr("Stap"), self.tr("Waarom"), self.tr("Termijn")), self
        )
        self.table = ZaakTable(self._model, "werklijst", self.tr("Werkvoorraad"))
        self.table.set_widths(_NAME, _STEP, 0, _TERM)
        self.table.opened.connect(self.opened)
        self._empty = label(
            self.tr("Geen zaken in deze stap. Nieuwe zaken maak je door signalen op te pakken (Ctrl+3)."),
            "zacht",
            wrap=True,
        )
        self._empty.setContentsMargins(10, 10, 10, 10)
        self._empty.hide()
        self._model.modelReset.connect(self.on_reset)
        self._filters: dict[Stap | None, QPushButton] = {}
        self._lay_out()

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 20)
        box.setSpacing(2)
        box.addWidget(self._title)
        box.addWidget(self._summary)
        box.addSpacing(10)
        row = QHBoxLayout()
        row.setSpacing(8)
        group = QButtonGroup(self)
        for stap, text in self._names.items():
            made = QPushButton(text)
            made.setObjectName(f"filter_{stap.value if stap else 'alles'}")
            made.setProperty("filter", "ja")
            made.setCheckable(True)
            made.setAutoDefault(False)
            made.setChecked(stap is None)
            made.clicked.connect(partial(self.choose, stap))
            group.addButton(made)
            row.addWidget(made)
            self._filters[stap] = made
        row.addStretch(1)
        box.addLayout(row)
        box.addSpacing(12)
        card = Card(margin=8)
        card.box.addWidget(self.table, 1)
        card.box.addWidget(self._empty)
        box.addWidget(card, 1)

    def choose(self, stap: Stap | None) -> None:
        """Show the zaken of one step, or all."""
        self._stap = stap
        self._model.show_step(stap)
        self.table.scrollToTop()

    def refresh(self) -> None:
        """Ask the counts and the first page again."""
        settings = self.session.instellingen

        def count(connection: Any) -> dict[Stap, int]:  # noqa: ANN401  # the connection's type belongs to db
            return zaken.steps(connection, pogingen=settings.pogingen, dagdelen=settings.dagdelen)

        self._model.show_step(self._stap)
        self.session.ask(self, count, self._show_counts)

    def _show_counts(self, found: dict[Stap, int]) -> None:
        total = sum(found.values())
        self._summary.setText(
            texts.plural(total, self.tr("{n} open zaak, op termijn"), self.tr("{n} open zaken, op termijn"))
        )
        for stap, made in self._filters.items():
            number = total if stap is None else found.get(stap, 0)
            made.setText(f"{self._names[stap]} {texts.count(number)}")

    def take_focus(self) -> None:
        """The list, at the row where the worker was."""
        self.table.setFocus()

    def help_text(self) -> str:
        return self.tr(
            "De werkvoorraad toont alle open zaken; wiens termijn het eerst afloopt staat bovenaan. Kies een stap om te"
            " filteren, en open een zaak met Enter. Adres en soort schuld zie je pas in de zaak."
        )

    @Slot()
    def on_reset(self) -> None:
        empty = self._model.rowCount() == 0
        self._empty.setVisible(empty)
        self.table.setVisible(not empty)
