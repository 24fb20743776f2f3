"""Vandaag: whom to call now and why, today's doors, and whatever else comes back to do."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from db.model.codes import Stap
from db.queries.terugbellen import Terugbelverzoek
from desktop.casework.dag import EINDE_DAG
from desktop.casework.kalender import dagdeel
from desktop.ui import texts
from desktop.ui.models import vandaag as model
from desktop.ui.models.rows import ROW_HEIGHT, RowsModel
from desktop.ui.models.vandaag import Bellijst, Tellingen, Werk
from desktop.ui.screens.screen import Screen
from desktop.ui.session import Session
from desktop.ui.widgets.counts import CountCard, CountRow
from desktop.ui.widgets.firststeps import FirstSteps
from desktop.ui.widgets.parts import Card, EmptyList, button, label, restyle
from desktop.ui.widgets.table import ZaakTable

_SIDE, _NARROW_SIDE, _NARROW = 360, 258, 1050
_NAME, _TERM = 205, 235
_NARROW_NAME, _NARROW_TERM = 175, 185  # leaves the reason two lines at 1366 pixels and 125%
_LOW = 600
_DOORS, _LOW_DOORS = 4, 2


class Vandaag(Screen):
    """`counted` tells the navigation how much waits on a screen; `filled` is true once the call list stands there.

    `settle_asked` asks for the dialog of a call-back request, `finish_asked` for that of the end of the day.
    """

    counted = Signal(str, int, str)
    settle_asked = Signal(object)
    finish_asked = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.filled = False
        self._calls = 0
        self._low = False
        self._stale = False
        self._requests: dict[UUID, Terugbelverzoek] = {}
        self.refresh()  # the answers are on their way while the widgets below are made
        self._title = label("", "titel")
        self._title.setObjectName("datum")
        self._summary = label("", "zacht", wrap=True)
        self._summary.setObjectName("samenvatting")
        self._finish = button(self.tr("Dag &afsluiten"), "dag_afsluiten")
        self._finish.setToolTip(self.tr("Kijk of er iets bleef liggen (Ctrl+D)"))
        self._finish.clicked.connect(self.finish_asked)
        self._cards = CountRow(
            {
                "bellen": CountCard(self.tr("Nu bellen"), "aantal_bellen"),
                "bezoeken": CountCard(self.tr("Huisbezoeken vandaag"), "aantal_bezoeken"),
                "wacht": CountCard(self.tr("Wacht op antwoord"), "aantal_wacht"),
                "terug": CountCard(self.tr("Nog terug te melden"), "aantal_terug"),
            }
        )
        self._model = RowsModel((self.tr("Nu bellen"), self.tr("Waarom nu"), self.tr("Termijn")), self)
        self.table = ZaakTable(self._model, "nu_bellen", self.tr("Nu bellen"))
        self.table.set_widths(_NAME, 0, _TERM)
        self.table.opened.connect(self.on_row_opened)
        self._empty = EmptyList(
            self.tr("Nu bellen"),
            self.tr("Niemand om nu te bellen. Pak nieuwe signalen op (Ctrl+3) of kijk in de werkvoorraad (Ctrl+2)."),
            "niemand_te_bellen",
        )
        self._doors, self._door_list = self._side_list(self.tr("Route vandaag"), "route_vandaag")
        self._tasks, self._task_list = self._side_list(self.tr("Te doen"), "te_doen")
        self._to_route = button(self.tr("Naar de route"), "naar_de_route", link=True)
        self._to_route.clicked.connect(lambda: self.wanted.emit("route"))
        self._no_doors = EmptyList(
            self.tr("Route vandaag"),
            self.tr("Geen huisbezoeken vandaag. Plan er een in een zaak (Ctrl+B)."),
            "geen_bezoeken",
        )
        self._no_tasks = EmptyList(
            self.tr("Te doen"), self.tr("Verder niets te doen. Wat terugkomt, komt hier te staan."), "niets_te_doen"
        )
        for made in (self._empty, self._no_doors, self._no_tasks):
            made.hide()  # until the vault has answered
        self._first = FirstSteps()
        self._first.wanted.connect(self.wanted)
        self._lay_out()

    def _side_list(self, title: str, name: str) -> tuple[RowsModel, ZaakTable]:
        rows = RowsModel((title,), self)
        table = ZaakTable(rows, name, title)
        table.set_widths(0)
        table.wait_for_focus()
        table.opened.connect(self.on_row_opened)
        return rows, table

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 20)
        outer.setSpacing(12)
        head = QHBoxLayout()
        outer.addLayout(head)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._summary)
        head.addLayout(words, 1)
        head.addWidget(self._finish)
        left = Card(self, margin=8)
        left.box.addWidget(self.table, 1)
        left.box.addWidget(self._empty, 1)
        self._side = QWidget(self)
        right = QVBoxLayout(self._side)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(12)
        route = Card(self._side, margin=8, spacing=4)
        route.box.addWidget(self._door_list)
        route.box.addWidget(self._no_doors)
        way = QHBoxLayout()
        way.setContentsMargins(6, 0, 0, 0)  # under the text of the rows
        way.addWidget(self._to_route)
        way.addStretch(1)
        route.box.addLayout(way)
        right.addWidget(route)
        tasks = Card(self._side, margin=8, spacing=4)
        tasks.box.addWidget(self._task_list, 1)
        tasks.box.addWidget(self._no_tasks)
        right.addWidget(tasks, 1)
        lists = QHBoxLayout()
        lists.setSpacing(14)
        lists.addWidget(left, 1)
        lists.addWidget(self._side)
        self._day = QWidget(self)
        day = QVBoxLayout(self._day)
        day.setContentsMargins(0, 0, 0, 0)
        day.setSpacing(14)
        day.addWidget(self._cards)
        day.addLayout(lists, 1)
        self._first.hide()
        outer.addWidget(self._day, 1)
        outer.addWidget(self._first, 1, Qt.AlignmentFlag.AlignTop)

    def refresh(self) -> None:
        """Ask whom to call; the rest follows, so that the list stands there at once."""
        settings, now = self.session.instellingen, self.session.now()
        self.session.ask(self, lambda connection: model.to_call(connection, settings, now), self._show_calls)
        self.session.ask(self, lambda connection: model.counts(connection, settings, now), self._show_counts)
        self.session.ask(self, lambda connection: model.to_do(connection, settings, now), self._show_tasks)

    def _show_calls(self, calls: Bellijst) -> None:
        local = self.session.local_now()
        self._title.setText(
            self.tr("{dag}, {dagdeel}").format(
                dag=texts.weekday(local.date()).capitalize(), dagdeel=dagdeel(local).value.lower()
            )
        )
        self._requests = {verzoek.id: verzoek for verzoek in calls.verzoeken}
        rows = model.call_rows(calls, self.session.instellingen, self.session.now())
        self._model.show_rows(rows)
        self.table.show_or(self._empty, some=bool(rows))
        turns = self._first.isHidden() != calls.zaken and self.isAncestorOf(QApplication.focusWidget() or self)
        self._first.setVisible(not calls.zaken)
        self._first.show_state(signalen=calls.signalen)
        self._day.setVisible(calls.zaken)
        self._finish.setVisible(calls.zaken)
        restyle(self._finish, "hoofd", "ja" if local.time() >= EINDE_DAG else "")
        self._calls = len(rows)
        shown = f"{model.SHOWN}+" if self._calls >= model.SHOWN else str(self._calls)
        self._cards.show_count("bellen", shown)
        self.counted.emit("vandaag", self._calls, self.tr("om te bellen"))
        if turns or not self.filled:
            self.take_focus()  # the first steps came or went, and the focus with them
        if not self.filled:
            self.filled = True
            self.window().update()

    def _show_counts(self, found: Tellingen) -> None:
        visits = len(found.route)
        self._cards.show_count("bezoeken", texts.count(visits))
        self._doors.show_rows(model.route_rows(found.route))
        self._door_list.setVisible(visits > 0)
        self._no_doors.setVisible(not visits)
        self._fit_doors()
        self.counted.emit("signalen", found.nieuwe_signalen, self.tr("nieuwe signalen"))
        self.counted.emit("route", visits, self.tr("huisbezoeken vandaag"))
        closing = found.stappen.get(Stap.AFSLUITEN, 0)
        calls = texts.plural(self._calls, self.tr("{n} mens om te bellen"), self.tr("{n} mensen om te bellen"))
        if not self._calls:
            calls = self.tr("Niemand om te bellen")
        elif self._calls >= model.SHOWN:
            calls = self.tr("{n} of meer mensen om te bellen").format(n=model.SHOWN)
        rest = texts.plural(visits, self.tr("{n} huisbezoek"), self.tr("{n} huisbezoeken"))
        self._summary.setVisible(not self._day.isHidden())
        done = texts.plural(closing, self.tr("{n} zaak om af te sluiten"), self.tr("{n} zaken om af te sluiten"))
        parts = [calls, *([rest] if visits else []), *([done] if closing else [])]
        self._summary.setText(f"{', '.join(parts)}.")

    def _show_tasks(self, found: Werk) -> None:
        rows = model.task_rows(found, self.session.instellingen, self.session.now())
        self._tasks.show_rows(rows)
        shown = f"{len(rows)}+" if found.meer else str(len(rows))
        self._tasks.name_columns(self.tr("Te doen: {n}").format(n=shown))
        self._task_list.setVisible(bool(rows))
        self._no_tasks.setVisible(not rows)
        self._cards.show_count("wacht", texts.count(found.wacht))
        self._cards.show_count("terug", texts.count(found.terug_te_melden))
        self.counted.emit("terugmelden", found.terug_te_melden + found.haperend, self.tr("terug te melden"))

    def _fit_doors(self) -> None:
        """The route takes the room of its rows, and leaves the rest to what there is to do.

        On a low screen the way to the route is in the navigation alone.
        """
        self._to_route.setVisible(self._doors.rowCount() > 0 and not self._low)
        shown = min(self._doors.rowCount(), _LOW_DOORS if self._low else _DOORS)
        header = self._door_list.horizontalHeader().sizeHint().height()
        self._door_list.setFixedHeight(header + shown * ROW_HEIGHT + 2)

    @Slot(object, str)
    def on_row_opened(self, subject: UUID | None, form: str) -> None:
        """A zaak at its form, a call-back request, or a screen when the row is about no zaak."""
        if subject is None:
            self.wanted.emit(form)
        elif form != model.TERUGBELVERZOEK:
            self.opened.emit(subject, form)
        elif (verzoek := self._requests.get(subject)) is not None:
            self.settle_asked.emit(verzoek)

    def take_focus(self) -> None:
        """The call list, when there is one."""
        if self._first.isVisibleTo(self):
            self._first.go.setFocus()
        else:
            (self._empty if self.table.isHidden() else self.table).setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= _NARROW
        self._side.setFixedWidth(_SIDE if wide else _NARROW_SIDE)
        self.table.set_widths(_NAME if wide else _NARROW_NAME, 0, _TERM if wide else _NARROW_TERM)
        self._low = self.height() < _LOW
        self._cards.set_low(low=self._low)
        self._fit_doors()
