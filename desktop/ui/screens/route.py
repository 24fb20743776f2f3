"""Route: the doors of a day in walking order, what to mind at each, and an alarm for whoever stands there."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from PySide6.QtCore import QDate, QModelIndex, Qt, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from db.queries.zaken import ZaakRegel
from desktop.casework import route
from desktop.casework.kalender import AMSTERDAM, lokale_datum
from desktop.casework.route import Route as Doors
from desktop.ui import texts
from desktop.ui.forms.form import captioned, day_field
from desktop.ui.models import route as model
from desktop.ui.screens.screen import Screen
from desktop.ui.session import Session
from desktop.ui.status import Soort
from desktop.ui.wekker import wekker
from desktop.ui.widgets.parts import Card, button, clear, label, tab_after, tag
from desktop.ui.widgets.scroll import TallScroll
from desktop.ui.widgets.table import ZaakTable

_SIDE, _NARROW_SIDE, _NARROW = 330, 290, 1050
_WHO, _MIND = 230, 160
_NARROW_WHO, _NARROW_MIND = 190, 145
_MINUTES, _USUAL = (15, 30, 45, 60, 90, 120), 45


class Route(Screen):
    """The one list that shows addresses: only those of the chosen day, and each as a recorded look."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._seen: set[tuple[date, UUID]] = set()
        self._doors: tuple[ZaakRegel, ...] = ()
        self._chosen: UUID | None = None
        self._filled = self._wants_focus = False
        self._day_shown = lokale_datum(session.now())
        self._title = label("", "titel")
        self._title.setObjectName("route_titel")
        self._summary = label("", "zacht", wrap=True)
        self._summary.setObjectName("route_samenvatting")
        self._day = day_field(session.local_now())
        self._day.dateChanged.connect(self.on_day)
        self._restore = button(self.tr("Loopvolgorde herstellen"), "loopvolgorde")
        self._restore.clicked.connect(self.on_restore)
        self._restore.hide()
        self._model = model.RouteModel((self.tr("Adres"), self.tr("Wie en wanneer"), self.tr("Let op")), self)
        self._model.dropped.connect(self.on_moved_to)
        self.table = ZaakTable(self._model, "route", self.tr("Route"))
        self.table.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.table.setDragDropOverwriteMode(False)
        self.table.setDropIndicatorShown(True)
        self.table.opened.connect(self.opened)
        self.table.selectionModel().currentRowChanged.connect(self.on_row)
        for key, meaning, step in (
            ("Alt+Up", self.tr("Adres eerder"), -1),
            ("Alt+Down", self.tr("Adres later"), 1),
        ):
            shortcut = QShortcut(QKeySequence(key), self.table, partial(self._step, step))
            shortcut.setWhatsThis(meaning)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        self._hint = label(
            self.tr("Andere volgorde? Sleep een adres, of gebruik Alt en de pijltjes omhoog en omlaag."),
            "zacht",
            wrap=True,
        )
        self._empty = label(
            self.tr("Geen huisbezoeken op deze dag. Plan er een in een zaak, met “Huisbezoek plannen” (Ctrl+B)."),
            "zacht",
            wrap=True,
        )
        for made in (self._hint, self._empty):
            made.hide()
        self._door = Card(spacing=6)
        self._door.hide()
        self._alarm = AlarmCard(session)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._summary)
        head.addLayout(words, 1)
        head.addWidget(self._restore)
        head.addSpacing(8)
        head.addWidget(captioned(self.tr("&Dag"), self._day, "route_dag"))
        head.addWidget(self._day)
        left = Card(margin=8)
        left.box.addWidget(self.table, 1)
        self._empty.setContentsMargins(10, 10, 10, 10)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        left.box.addWidget(self._empty, 1)
        self._hint.setContentsMargins(10, 0, 10, 4)
        left.box.addWidget(self._hint)
        left.box.addLayout(self._paper_row())
        inside = QWidget()
        inside.setObjectName("inhoud")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._door)
        column.addWidget(self._alarm)
        column.addStretch(1)
        self._side = TallScroll(inside)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(left, 1)
        row.addWidget(self._side)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 20)
        outer.setSpacing(14)
        outer.addLayout(head)
        outer.addLayout(row, 1)

    def _paper_row(self) -> QHBoxLayout:
        self._print = button(self.tr("Bezoekmap &printen…"), "bezoekmap_printen")
        self._print.clicked.connect(self.on_print)
        self._out = tag(self.tr("bezoekmap is mee"), Soort.LET_OP)
        self._out.setObjectName("bezoekmap_mee")
        self._back = button(self.tr("Te&rug en vernietigd"), "bezoekmap_terug")
        self._back.clicked.connect(self.on_back)
        row = QHBoxLayout()
        row.setContentsMargins(10, 0, 10, 4)
        row.setSpacing(8)
        for made in (self._print, self._out, self._back):
            made.hide()
            row.addWidget(made)
        row.addStretch(1)
        return row

    def refresh(self) -> None:
        """Ask the day's doors again; what is shown for the first time is recorded before it is shown."""
        seen, day = self._seen, self._day_shown
        self.session.open(self, lambda vault: route.walk(vault, day, scherm="Route", gezien=seen), self._show)

    def _show(self, found: Doors) -> None:
        if found.dag != self._day_shown:
            return
        self._doors = found.deuren
        self._title.setText(self.tr("Route van {dag}").format(dag=texts.weekday(found.dag)))
        count = len(found.deuren)
        order = self.tr("in jouw eigen volgorde") if found.eigen else self.tr("in loopvolgorde")
        addresses = texts.plural(count, self.tr("{n} adres"), self.tr("{n} adressen"))
        self._summary.setText(f"{addresses}, {order}." if count else self.tr("Geen bezoeken gepland."))
        self._restore.setVisible(found.eigen and count > 1)
        self._hint.setVisible(count > 1)
        self._print.setVisible(bool(count))
        for made in (self._out, self._back):
            made.setVisible(found.mee)
        self.table.setVisible(bool(count))
        self._empty.setVisible(not count)
        chosen = self._chosen
        self._model.show_rows(model.rows(found.deuren))
        if count:
            place = next((number for number, door in enumerate(found.deuren) if door.id == chosen), 0)
            self.table.selectRow(place)
        self._show_door()
        self._filled = True
        if self._wants_focus:
            self.take_focus()

    @Slot(QModelIndex, QModelIndex)
    def on_row(self, _: QModelIndex, __: QModelIndex) -> None:
        self._show_door()

    def _current(self) -> ZaakRegel | None:
        row = self.table.currentIndex().row()
        return self._doors[row] if 0 <= row < len(self._doors) else None

    def _show_door(self) -> None:
        regel = self._current()
        self._door.setVisible(regel is not None)
        if regel is None:
            return
        self._chosen = regel.id
        box = self._door.box
        clear(box)
        door, place = model.address(regel)
        box.addWidget(label(door, "kop", wrap=True))
        box.addWidget(label(place, "zacht", wrap=True))
        box.addWidget(label(regel.naam, "vet", wrap=True))
        number = regel.stand.ander_nummer or regel.telefoonnummer
        if number:
            box.addWidget(label(texts.phone(number)))
        planned = regel.stand.bezoek
        if planned is not None:
            announced = self.tr("aangekondigd") if planned.aangekondigd else self.tr("niet aangekondigd")
            company = self.tr("met {naam}").format(naam=planned.met) if planned.met else self.tr("alleen")
            facts = ", ".join((model.when(planned), announced, company))
            box.addWidget(label(facts[:1].upper() + facts[1:], "zacht", wrap=True))
        flag = model.mind(regel)
        if flag is not None:
            box.addWidget(tag(*flag))
        review = regel.stand.niet_bezoeken or regel.stand.niet_alleen
        if review is not None:
            box.addWidget(label(self.tr("Opnieuw bekijken op {dag}.").format(dag=texts.day(review)), "zacht"))
        result = button(self.tr("U&itslag"), "route_uitslag", main=True)
        result.setAccessibleName(self.tr("Uitslag vastleggen"))
        result.clicked.connect(partial(self._open, regel.id, "huisbezoek"))
        change = button(self.tr("Wijzigen"), "route_wijzigen")
        change.setAccessibleName(self.tr("Bezoek wijzigen of afzeggen"))
        change.clicked.connect(partial(self._open, regel.id, "bezoek_plannen"))
        row = QHBoxLayout()
        row.addWidget(result)
        row.addWidget(change)
        row.addStretch(1)
        box.addLayout(row)
        tab_after(self.table, result, change)

    def _open(self, zaak: UUID, form: str) -> None:
        self.opened.emit(zaak, form)

    def _step(self, step: int) -> None:
        row = self.table.currentIndex().row()
        if 0 <= row + step < len(self._doors):
            self.on_moved_to(row, row + step)

    @Slot(int, int)
    def on_moved_to(self, source: int, place: int) -> None:
        """Put one door at another place in the order of this day, and keep that order."""
        if not 0 <= source < len(self._doors) or source == place:
            return
        order = [door.id for door in self._doors]
        self._chosen = order[source]
        order.insert(place, order.pop(source))
        self._keep(order)

    @Slot()
    def on_print(self) -> None:
        from desktop.ui.dialogs.bezoekmap import VisitsDialog

        dialog = VisitsDialog(self.session, self._day_shown, self)
        dialog.said.connect(self.said)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    @Slot()
    def on_back(self) -> None:
        self.session.note(self, partial(route.bring_back, dag=self._day_shown), self._brought)

    def _brought(self, _: None) -> None:
        self.said.emit(self.tr("De bezoekmap is terug en vernietigd."))
        self.refresh()
        self.table.setFocus()

    @Slot()
    def on_restore(self) -> None:
        self._keep([])
        self.table.setFocus()

    def _keep(self, order: list[UUID]) -> None:
        day = self._day_shown
        self.session.note(self, lambda vault: route.keep_order(vault, day, order), lambda _: self.refresh())

    @Slot(QDate)
    def on_day(self, day: QDate) -> None:
        self._day_shown = date(day.year(), day.month(), day.day())
        self._chosen = None
        self.refresh()

    def take_focus(self) -> None:
        """The list, or the day when there is none."""
        self._wants_focus = not self._filled
        if self._filled:
            (self._day if self.table.isHidden() else self.table).setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= _NARROW
        self._side.setFixedWidth(_SIDE if wide else _NARROW_SIDE)
        self.table.set_widths(0, _WHO if wide else _NARROW_WHO, _MIND if wide else _NARROW_MIND)


class AlarmCard(Card):
    """Sets the alarm when the worker stands at a door, and stops it when the worker is back."""

    def __init__(self, session: Session) -> None:
        super().__init__(spacing=6)
        self._session = session
        self._alarm = wekker()
        self._alarm.moved.connect(self.on_moved)
        self.box.addWidget(label(self.tr("Ik sta voor de deur"), "kop"))
        self._status = label("", "vet", wrap=True)
        self._status.setObjectName("wekker_stand")
        self.box.addWidget(self._status)
        self._buddy = QLineEdit()
        self._buddy.setMaxLength(100)
        self._minutes = QComboBox()
        for minutes in _MINUTES:
            self._minutes.addItem(self.tr("{n} minuten").format(n=minutes), minutes)
        self._minutes.setCurrentIndex(self._minutes.findData(_USUAL))
        self._fields = (
            captioned(self.tr("&Naam van je buddy"), self._buddy, "wekker_buddy"),
            self._buddy,
            captioned(self.tr("Wekker n&a"), self._minutes, "wekker_minuten"),
            self._minutes,
        )
        for made in self._fields:
            self.box.addWidget(made)
        self._error = label("", "fout", wrap=True)
        self._error.setObjectName("wekker_fout")
        self._error.hide()
        self.box.addWidget(self._error)
        self._start = button(self.tr("&Zet de wekker"), "wekker_zetten")
        self._start.clicked.connect(self.on_start)
        self._buddy.returnPressed.connect(self.on_start)
        self._stop = button(self.tr("Ik ben &klaar"), "wekker_stoppen", main=True)
        self._stop.clicked.connect(self._alarm.stop)
        row = QHBoxLayout()
        row.addWidget(self._start)
        row.addWidget(self._stop)
        row.addStretch(1)
        self.box.addLayout(row)
        self.box.addWidget(
            label(
                self.tr(
                    "Deze wekker waarschuwt alleen jou. Spreek met je buddy af dat die jou belt, en hulp haalt als je"
                    " niet opneemt. De wekker loopt door als de kluis op slot gaat, niet als de laptop slaapt of"
                    " Voordeur uit staat."
                ),
                "zacht",
                wrap=True,
            )
        )
        self.on_moved()

    @Slot()
    def on_start(self) -> None:
        buddy = self._buddy.text().strip()
        self._error.setVisible(not buddy)
        if not buddy:
            self._error.setText(self.tr("Vul in wie weet dat je hier bent."))
            self._buddy.setFocus()
            return
        until = self._session.now() + timedelta(minutes=self._minutes.currentData())
        self._alarm.start(until, buddy, self._session.clock)
        self._stop.setFocus()

    @Slot()
    def on_moved(self) -> None:
        until = self._alarm.tot
        set_now = until is not None
        for made in self._fields:
            made.setVisible(not set_now)
        self._start.setVisible(not set_now)
        self._stop.setVisible(set_now)
        self._status.setVisible(set_now)
        if until is not None:
            self._status.setText(self._words(until))

    def _words(self, until: datetime) -> str:
        return self.tr("● De wekker gaat om {tijd}. {buddy} weet dat je hier bent.").format(
            tijd=f"{until.astimezone(AMSTERDAM):%H:%M}", buddy=self._alarm.buddy
        )
