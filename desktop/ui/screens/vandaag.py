"""Vandaag: what waits, whom to call now and why, and what was promised or has to be visited."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from db.model.codes import Stap
from desktop.casework.kalender import dagdeel
from desktop.ui import texts
from desktop.ui.models import vandaag as model
from desktop.ui.models.rows import RowsModel
from desktop.ui.models.vandaag import Bellijst, Tellingen
from desktop.ui.screens.screen import Screen
from desktop.ui.session import Session
from desktop.ui.widgets.parts import Card, label
from desktop.ui.widgets.table import ZaakTable

_SIDE, _NARROW_SIDE, _NARROW = 360, 240, 1050
_NAME, _TERM = 205, 235
_NARROW_NAME, _NARROW_TERM = 175, 185  # leaves the reason two lines at 1366 pixels and 125%


class CountCard(Card):
    """A number under its meaning."""

    def __init__(self, text: str, name: str) -> None:
        super().__init__(spacing=2)
        self._text = text
        self.box.addWidget(label(text, "zacht"))
        self._number = label("–", "getal")
        self._number.setObjectName(name)
        self.box.addWidget(self._number)

    def show_count(self, shown: str) -> None:
        """Show a count; a screen reader hears what is counted."""
        self._number.setText(shown)
        self._number.setAccessibleName(f"{self._text}: {shown}")


class Vandaag(Screen):
    """`counted` tells the navigation how much waits on a screen; `filled` is true once the call list stands there."""

    counted = Signal(str, int, str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.filled = False
        self._calls = 0
        self._stale = False
        self.refresh()  # the answers are on their way while the widgets below are made
        self._title = label("", "titel")
        self._title.setObjectName("datum")
        self._summary = label("", "zacht", wrap=True)
        self._summary.setObjectName("samenvatting")
        self._cards = {
            "bellen": CountCard(self.tr("Nu bellen"), "aantal_bellen"),
            "bezoeken": CountCard(self.tr("Huisbezoeken te doen"), "aantal_bezoeken"),
            "hulp": CountCard(self.tr("Hulp: aanbod, gesprek of plan"), "aantal_hulp"),
            "terug": CountCard(self.tr("Nog terug te melden"), "aantal_terug"),
        }
        self._model = RowsModel((self.tr("Nu bellen"), self.tr("Waarom nu"), self.tr("Termijn")), self)
        self.table = ZaakTable(self._model, "nu_bellen", self.tr("Nu bellen"))
        self.table.set_widths(_NAME, 0, _TERM)
        self.table.opened.connect(self.opened)
        self._empty = label("", "zacht", wrap=True)
        self._promises, self._promise_list = self._side_list(self.tr("Beloofd deze week"), "beloofd")
        self._visits, self._visit_list = self._side_list(self.tr("Huisbezoeken te doen"), "te_bezoeken")
        self._nothing_planned = label(
            self.tr("Niets beloofd en geen bezoeken. Wat je belooft en wie je moet bezoeken, komt hier te staan."),
            "zacht",
            wrap=True,
        )
        self._lay_out()

    def _side_list(self, title: str, name: str) -> tuple[RowsModel, ZaakTable]:
        rows = RowsModel((title,), self)
        table = ZaakTable(rows, name, title)
        table.set_widths(0)
        table.wait_for_focus()
        table.opened.connect(self.opened)
        return rows, table

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 20)
        outer.setSpacing(0)
        outer.addWidget(self._title)
        outer.addSpacing(2)
        outer.addWidget(self._summary)
        outer.addSpacing(12)
        cards = QGridLayout()
        cards.setSpacing(12)
        for column, card in enumerate(self._cards.values()):
            cards.addWidget(card, 0, column)
            cards.setColumnStretch(column, 1)
        outer.addLayout(cards)
        outer.addSpacing(14)
        left = Card(margin=8)
        left.box.addWidget(self.table, 1)
        self._empty.setContentsMargins(10, 10, 10, 10)
        left.box.addWidget(self._empty, 1)
        self._side = right = Card(margin=8)
        right.box.addWidget(self._promise_list, 1)
        right.box.addWidget(self._visit_list, 2)
        self._nothing_planned.setContentsMargins(10, 10, 10, 10)
        right.box.addWidget(self._nothing_planned)
        self._right_stretch: QLabel = label("")
        right.box.addWidget(self._right_stretch, 1)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(left, 1)
        row.addWidget(right)
        outer.addLayout(row, 1)

    def refresh(self) -> None:
        """Ask whom to call; the counts follow, so that the list stands there at once."""
        settings, now = self.session.instellingen, self.session.now()
        self.session.ask(self, lambda connection: model.to_call(connection, settings, now), self._show_calls)
        self.session.ask(self, lambda connection: model.counts(connection, settings), self._show_counts)

    def _show_calls(self, calls: Bellijst) -> None:
        local = self.session.local_now()
        self._title.setText(
            self.tr("{dag}, {dagdeel}").format(
                dag=texts.weekday(local.date()).capitalize(), dagdeel=dagdeel(local).value.lower()
            )
        )
        rows = model.call_rows(calls.nu, self.session.instellingen, self.session.now())
        self._model.show_rows(rows)
        self._promises.show_rows(model.plan_rows(calls.later, self.session.instellingen, self.session.now()))
        self._promise_list.setVisible(bool(calls.later))
        self.table.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self._empty.setText(
            self.tr("Niemand om nu te bellen. Neem nieuwe signalen op (Ctrl+3) of kijk in de werkvoorraad (Ctrl+2).")
        )
        self._calls = len(rows)
        shown = f"{model.SHOWN}+" if self._calls >= model.SHOWN else str(self._calls)
        self._cards["bellen"].show_count(shown)
        self.counted.emit("vandaag", self._calls, self.tr("om te bellen"))
        self._arrange()
        if not self.filled:
            self.filled = True
            if not self.table.isHidden():
                self.table.setFocus()
            self.window().update()

    def _show_counts(self, found: Tellingen) -> None:
        visits = found.stappen.get(Stap.HUISBEZOEK, 0)
        helping = sum(found.stappen.get(stap, 0) for stap in (Stap.HULPAANBOD, Stap.EERSTE_GESPREK, Stap.PLAN))
        self._cards["bezoeken"].show_count(texts.count(visits))
        self._cards["hulp"].show_count(texts.count(helping))
        self._cards["terug"].show_count(texts.count(found.terug_te_melden))
        self._visits.show_rows(model.plan_rows(found.bezoeken, self.session.instellingen, self.session.now()))
        self._visit_list.setVisible(bool(found.bezoeken))
        self.counted.emit("signalen", found.nieuwe_signalen, self.tr("nieuwe signalen"))
        closing = found.stappen.get(Stap.AFSLUITEN, 0)
        calls = (
            texts.plural(self._calls, self.tr("{n} mens om te bellen"), self.tr("{n} mensen om te bellen"))
            if self._calls < model.SHOWN
            else self.tr("{n} of meer mensen om te bellen").format(n=model.SHOWN)
        )
        rest = texts.plural(visits, self.tr("{n} huisbezoek"), self.tr("{n} huisbezoeken"))
        done = texts.plural(closing, self.tr("{n} zaak om af te sluiten"), self.tr("{n} zaken om af te sluiten"))
        parts = [calls, *([rest] if visits else []), *([done] if closing else [])]
        self._summary.setText(f"{', '.join(parts)}.")
        self._arrange()

    def _arrange(self) -> None:
        empty = not self._promises.rowCount() and not self._visits.rowCount()
        self._nothing_planned.setVisible(empty)
        self._right_stretch.setVisible(empty)

    def take_focus(self) -> None:
        """The call list, when there is one."""
        (self if self.table.isHidden() else self.table).setFocus()

    def help_text(self) -> str:
        return self.tr(
            "Vandaag laat zien wie je nu het best kunt bellen: eerst wat je beloofde, dan wiens termijn het eerst"
            " afloopt en in dit dagdeel nog niet is gebeld. Enter opent een zaak."
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= _NARROW
        self._side.setFixedWidth(_SIDE if wide else _NARROW_SIDE)
        self.table.set_widths(_NAME if wide else _NARROW_NAME, 0, _TERM if wide else _NARROW_TERM)
