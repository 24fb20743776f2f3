"""Werkvoorraad: every open zaak, filtered and sorted as somebody likes, with the chosen one in short beside it."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from db.model.codes import Stap
from db.queries import zaken
from db.queries.werklijst import Keuze, Volgorde
from desktop.casework.rulebook import regelboek
from desktop.ui import texts
from desktop.ui.dialogs.naam import NameDialog
from desktop.ui.models import keuzes
from desktop.ui.models.keuzes import Bewaard, Lijststand
from desktop.ui.models.vandaag import UITLEG
from desktop.ui.models.werkvoorraad import WorkListModel
from desktop.ui.screens.screen import Screen
from desktop.ui.session import Session
from desktop.ui.widgets.parts import Card, button, label
from desktop.ui.widgets.table import ZaakTable
from desktop.ui.widgets.zaakdetail import ZaakDetail

_NAME, _STEP, _TERM = 210, 130, 236
_SIDE, _WIDE = 268, 1080
_ANY, _UNTOLD = -1, -2


class Werkvoorraad(Screen):
    """A filter per step with its count, and the list itself; address and debt stay hidden until a zaak opens."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._stap: Stap | None = None
        self._stand = Lijststand()
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
        self._summary.setObjectName("werk_samenvatting")
        self._headers = (self.tr("Inwoner"), self.tr("Stap"), self.tr("Waarom"), self.tr("Termijn"))
        self._model = WorkListModel(session, self._headers, self)
        self.table = ZaakTable(self._model, "werklijst", self.tr("Werkvoorraad"))
        self.table.choose_many()
        self.table.set_widths(_NAME, _STEP, 0, _TERM)
        self.table.opened.connect(self.opened)
        self.table.selectionModel().currentRowChanged.connect(self.on_row)
        self.table.selectionModel().selectionChanged.connect(self.on_selection)
        self.detail = ZaakDetail(session)
        self.detail.setFixedWidth(_SIDE)
        self.detail.opened.connect(self.opened)
        self._empty = label(
            self.tr("Geen zaken bij deze keuze. Nieuwe zaken maak je door signalen op te pakken (Ctrl+3)."),
            "zacht",
            wrap=True,
        )
        self._empty.setContentsMargins(10, 10, 10, 10)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._empty.hide()
        self._model.modelReset.connect(self.on_reset)
        self._filters: dict[Stap | None, QPushButton] = {}
        self._lay_out()
        session.note(self, keuzes.load, self._use)

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 20)
        box.setSpacing(2)
        box.addWidget(self._title)
        box.addWidget(self._summary)
        box.addSpacing(10)
        box.addLayout(self._steps())
        box.addSpacing(8)
        box.addLayout(self._narrowing())
        box.addSpacing(10)
        card = Card(margin=8)
        card.box.addWidget(self.table, 1)
        card.box.addWidget(self._empty)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(card, 1)
        right = QVBoxLayout()
        right.addWidget(self.detail)
        right.addStretch(1)
        row.addLayout(right)
        box.addLayout(row, 1)

    def _steps(self) -> QHBoxLayout:
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
        return row

    def _narrowing(self) -> QHBoxLayout:
        self._term = self._combo("kies_termijn", self.tr("Termijn"))
        for text, days in (
            (self.tr("Alle termijnen"), _ANY),
            (self.tr("Termijn voorbij of vandaag"), 0),
            (self.tr("Termijn binnen 3 dagen"), 3),
            (self.tr("Termijn binnen 7 dagen"), 7),
            (self.tr("Uitleg over gegevens nog sturen"), _UNTOLD),
        ):
            self._term.addItem(text, days)
        self._kind = self._combo("kies_soort", self.tr("Soort rekening"))
        self._kind.addItem(self.tr("Alle soorten"), "")
        for regel in regelboek().regels:
            if regel.intake:
                self._kind.addItem(regel.omschrijving, regel.soort)
        self._order = self._combo("kies_volgorde", self.tr("Volgorde"))
        for text, order in (
            (self.tr("Op termijn"), Volgorde.TERMIJN),
            (self.tr("Op naam"), Volgorde.NAAM),
            (self.tr("Op oppakken"), Volgorde.OPGEPAKT),
        ):
            self._order.addItem(text, order.value)
        self._more = button(self.tr("L&ijst…"), "lijst_meer")
        self._menu = QMenu(self._more)
        self._menu.aboutToShow.connect(self.on_menu)
        self._more.setMenu(self._menu)
        self._chosen = label("", "zacht")
        self._chosen.setObjectName("gekozen")
        self.letters = button(self.tr("Brieven &maken…"), "brieven_maken")
        self.letters.clicked.connect(self.on_letters)
        self.letters.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        for field in (self._term, self._kind, self._order, self._more):
            row.addWidget(field)
        row.addStretch(1)
        row.addWidget(self._chosen)
        row.addWidget(self.letters)
        return row

    def _combo(self, name: str, title: str) -> QComboBox:
        made = QComboBox()
        made.setObjectName(name)
        made.setAccessibleName(title)
        made.activated.connect(self.on_narrowed)
        return made

    @property
    def keuze(self) -> Keuze:
        """What the fields say now."""
        days = self._term.currentData()
        until = None if days < 0 else self._today() + timedelta(days=days)
        return Keuze(
            stap=self._stap,
            soort=self._kind.currentData(),
            termijn_tot=until,
            volgorde=Volgorde(self._order.currentData()),
            zonder_uitleg=days == _UNTOLD,
        )

    def chosen(self) -> tuple[UUID, ...]:
        """The zaken that are selected, in the order of the list."""
        return self.table.selected_zaken()

    def choose(self, stap: Stap | None) -> None:
        """Show the zaken of one step, or all."""
        self._stap = stap
        self._filters[stap].setChecked(True)
        self._show_list()

    def turn_to(self, part: str) -> None:
        """Show who did not get the text of AVG 14 yet, in the order in which it is due."""
        if part == UITLEG:
            self._kind.setCurrentIndex(0)
            self._term.setCurrentIndex(self._term.findData(_UNTOLD))
            self.choose(None)

    @Slot()
    def on_narrowed(self) -> None:
        self._show_list()

    def _show_list(self) -> None:
        self.table.clearSelection()
        self._order.setEnabled(not self.keuze.zonder_uitleg)
        self._model.show(self.keuze)
        self.table.scrollToTop()

    def _today(self) -> date:
        return self.session.local_now().date()

    # --- what a worker saved ------------------------------------------------------------------------------

    def _use(self, stand: Lijststand) -> None:
        self._stand = stand
        for column in range(1, len(self._headers)):
            self.table.setColumnHidden(column, column in stand.verborgen)

    @Slot()
    def on_menu(self) -> None:
        self._menu.clear()
        for bewaard in self._stand.bewaard:
            self._menu.addAction(bewaard.naam, partial(self.use, bewaard))
        if self._stand.bewaard:
            self._menu.addSeparator()
        self._menu.addAction(self.tr("Deze keuze bewaren…"), self.on_keep)
        if self._stand.bewaard:
            gone = self._menu.addMenu(self.tr("Bewaarde keuze weghalen"))
            for bewaard in self._stand.bewaard:
                gone.addAction(bewaard.naam, partial(self._remove, bewaard))
        columns = self._menu.addMenu(self.tr("Kolommen"))
        for column, text in enumerate(self._headers[1:], start=1):
            made = QAction(text, columns)
            made.setCheckable(True)
            made.setChecked(not self.table.isColumnHidden(column))
            made.toggled.connect(partial(self._show_column, column))
            columns.addAction(made)

    def use(self, bewaard: Bewaard) -> None:
        """Show the list as it was saved; a term counts from today."""
        keuze = bewaard.keuze
        days = _ANY if bewaard.binnen_dagen is None else bewaard.binnen_dagen
        self._term.setCurrentIndex(max(0, self._term.findData(_UNTOLD if keuze.zonder_uitleg else days)))
        self._kind.setCurrentIndex(max(0, self._kind.findData(keuze.soort)))
        self._order.setCurrentIndex(max(0, self._order.findData(keuze.volgorde.value)))
        self.choose(keuze.stap)

    @Slot()
    def on_keep(self) -> None:
        dialog = NameDialog(self.tr("Deze keuze bewaren"), self.tr("&Naam van deze keuze"), self)
        dialog.named.connect(self.keep)
        dialog.open()

    @Slot(str)
    def keep(self, naam: str) -> None:
        """Save what the fields say under a name; the same name again replaces it."""
        days = self._term.currentData()
        made = Bewaard(
            naam=naam,
            keuze=Keuze(
                stap=self._stap,
                soort=self._kind.currentData(),
                volgorde=Volgorde(self._order.currentData()),
                zonder_uitleg=days == _UNTOLD,
            ),
            binnen_dagen=None if days < 0 else days,
        )
        others = tuple(bewaard for bewaard in self._stand.bewaard if bewaard.naam != naam)
        self._keep(Lijststand(bewaard=(*others, made), verborgen=self._stand.verborgen))
        self.said.emit(self.tr("Bewaard. Je vindt de keuze terug onder Lijst."))

    def _remove(self, gone: Bewaard) -> None:
        left = tuple(bewaard for bewaard in self._stand.bewaard if bewaard != gone)
        self._keep(Lijststand(bewaard=left, verborgen=self._stand.verborgen))

    def _show_column(self, column: int, shown: bool) -> None:  # noqa: FBT001  # the argument of a signal
        self.table.setColumnHidden(column, not shown)
        hidden = tuple(number for number in range(1, len(self._headers)) if self.table.isColumnHidden(number))
        self._keep(Lijststand(bewaard=self._stand.bewaard, verborgen=hidden))

    def _keep(self, stand: Lijststand) -> None:
        self._stand = stand
        self.session.note(self, lambda vault: keuzes.save(vault, stand))

    # --- what changes -------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Ask the counts and the first page again."""
        settings = self.session.instellingen

        def count(connection: Any) -> dict[Stap, int]:  # noqa: ANN401  # the connection's type belongs to db
            return zaken.steps(connection, pogingen=settings.pogingen, dagdelen=settings.dagdelen)

        self._model.show(self.keuze)
        self.session.ask(self, count, self._show_counts)

    def _show_counts(self, found: dict[Stap, int]) -> None:
        total = sum(found.values())
        self._summary.setText(texts.plural(total, self.tr("{n} open zaak"), self.tr("{n} open zaken")))
        for stap, made in self._filters.items():
            number = total if stap is None else found.get(stap, 0)
            made.setText(f"{self._names[stap]} {texts.count(number)}")

    @Slot(QModelIndex, QModelIndex)
    def on_row(self, _: QModelIndex, __: QModelIndex) -> None:
        if self.detail.isVisible():
            self.detail.show_zaak(self.table.current_zaak())

    @Slot()
    def on_selection(self) -> None:
        count = len(self.table.selectionModel().selectedRows())
        many = count > 1
        self._chosen.setText(self.tr("{n} gekozen").format(n=texts.count(count)) if many else "")
        self.letters.setVisible(many)

    @Slot()
    def on_letters(self) -> None:
        self.letters_asked.emit(self.chosen())

    @Slot()
    def on_reset(self) -> None:
        empty = self._model.rowCount() == 0
        self.table.show_or(self._empty, some=not empty)
        self.detail.show_zaak(self.table.current_zaak())
        self.detail.setVisible(not empty and self.width() >= _WIDE)

    def take_focus(self) -> None:
        """The list, at the row where the worker was."""
        (self._empty if self.table.isHidden() else self.table).setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.detail.setVisible(self.width() >= _WIDE and self._model.rowCount() > 0)
