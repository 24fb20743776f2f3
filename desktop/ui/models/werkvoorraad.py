"""The work list as a model over pages: asked by key when they come into sight, and only a few kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, Qt, QTimer

from db.queries import werklijst
from db.queries.werklijst import Keuze
from db.queries.zaken import START, Cursor, ZaakRegel
from desktop.casework.instellingen import Instellingen
from desktop.casework.kalender import lokale_datum
from desktop.casework.privacytekst import uiterlijk
from desktop.casework.workflow import advies, term_text
from desktop.documents.woorden import woord
from desktop.ui import texts
from desktop.ui.models.rows import Cell, Index, Row, cell_value
from desktop.ui.models.vandaag import urgency
from desktop.ui.session import Session
from desktop.ui.status import Soort

PAGE = 100
_KEPT = 12
_AHEAD = 30
_INVALID = QModelIndex()


@dataclass(frozen=True)
class _Page:
    number: int
    rows: tuple[Row, ...]
    end: Cursor


class WorkListModel(QAbstractTableModel):
    """All zaken of one filter. Rows of pages that are not here yet are empty, and fill themselves."""

    def __init__(self, session: Session, headers: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._headers = tuple(headers)
        self._keuze = Keuze()
        self._generation = QObject(self)
        self._pages: OrderedDict[int, tuple[Row, ...]] = OrderedDict()
        self._cursors: list[Cursor] = []
        self._count = 0
        self._complete = False
        self._asked: set[int] = set()

    def show(self, keuze: Keuze) -> None:
        """Start anew with another filter or order."""
        self._keuze = keuze
        self.reload()

    def reload(self) -> None:
        """Ask the first page again; what is on screen stays until the answer comes."""
        self._generation.deleteLater()
        self._generation = QObject(self)  # answers to earlier questions die with the old one
        self._asked = set()
        self._ask(0, START, self._show_first)

    def _ask(self, number: int, start: Cursor, done: Callable[[_Page], None]) -> None:
        if number in self._asked:
            return
        self._asked.add(number)
        keuze, settings, now = self._keuze, self._session.instellingen, self._session.now()

        def question(connection: Any) -> _Page:  # noqa: ANN401  # the connection's type belongs to db
            found, end = werklijst.page(
                connection, keuze, pogingen=settings.pogingen, dagdelen=settings.dagdelen, na=start, limiet=PAGE
            )
            return _Page(number, tuple(_row(regel, keuze, settings, now) for regel in found), end)

        self._session.ask(self._generation, question, done)

    def _show_first(self, page: _Page) -> None:
        self._asked.discard(0)
        self.beginResetModel()
        self._pages = OrderedDict({0: page.rows})
        self._cursors = [START, page.end]
        self._count = len(page.rows)
        self._complete = len(page.rows) < PAGE
        self.endResetModel()

    def _show_next(self, page: _Page) -> None:
        self._asked.discard(page.number)
        first = page.number * PAGE
        if page.number == len(self._cursors) - 1:
            self._complete = len(page.rows) < PAGE
            if not page.rows:
                return
            self._cursors.append(page.end)
            self.beginInsertRows(_INVALID, first, first + len(page.rows) - 1)
            self._keep(page)
            self._count = first + len(page.rows)
            self.endInsertRows()
        else:
            self._keep(page)
            self.dataChanged.emit(self.index(first, 0), self.index(first + len(page.rows) - 1, len(self._headers) - 1))

    def _keep(self, page: _Page) -> None:
        self._pages[page.number] = page.rows
        self._pages.move_to_end(page.number)
        while len(self._pages) > _KEPT:
            self._pages.popitem(last=False)

    def _found(self, row: int) -> Row | None:
        number, place = divmod(row, PAGE)
        rows = self._pages.get(number)
        if rows is None:
            # Never from within a paint: ask when the view is done.
            QTimer.singleShot(0, self, lambda: self._want(number))
            return None
        if not self._complete and row >= self._count - _AHEAD and self._count // PAGE not in self._asked:
            QTimer.singleShot(0, self, lambda: self._want(self._count // PAGE))
        return rows[place] if place < len(rows) else None

    def _want(self, number: int) -> None:
        if number not in self._pages and number < len(self._cursors):
            self._ask(number, self._cursors[number], self._show_next)

    def rowCount(self, parent: Index = _INVALID) -> int:
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = _INVALID) -> int:
        return 0 if parent.isValid() else len(self._headers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._found(index.row())
        if row is None:
            return "…" if role == Qt.ItemDataRole.DisplayRole and index.column() == 0 else None
        return cell_value(row, index.column(), role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return self._headers[section] if role == Qt.ItemDataRole.DisplayRole else None

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._complete

    def fetchMore(self, parent: Index) -> None:
        self._want(self._count // PAGE)


def _row(regel: ZaakRegel, keuze: Keuze, settings: Instellingen, now: datetime) -> Row:
    today = lokale_datum(now)
    found = advies(regel.naam, regel.stand, settings, now)
    step = woord(found.stap)
    term = term_text(regel.stand, settings)
    reason = found.reden[:1].upper() + found.reden[1:]
    cells = (
        Cell(regel.lijstnaam, regel.nummer),
        Cell(step[:1].upper() + step[1:]),
        Cell(reason),
        _untold(regel, today)
        if keuze.zonder_uitleg
        else Cell(term, soort=urgency(regel.stand.termijn, today) if term else Soort.RUSTIG),
    )
    none = QCoreApplication.translate("Werkvoorraad", "geen termijn")
    return Row(
        zaak=regel.id,
        cellen=cells,
        zin=f"{regel.lijstnaam}, {regel.nummer}. {step}. {reason}. {cells[-1].tekst or none}",
    )


def _untold(regel: ZaakRegel, today: date) -> Cell:
    """The last day to send the text of AVG 14, or how many days too late it is."""
    last = uiterlijk(regel.stand.ontvangen_op)
    left = (last - today).days
    if left < 0:
        late = QCoreApplication.translate("Werkvoorraad", "uitleg {n} dag te laat")
        many = QCoreApplication.translate("Werkvoorraad", "uitleg {n} dagen te laat")
        return Cell(texts.plural(-left, late, many), soort=Soort.GEVAAR)
    words = QCoreApplication.translate("Werkvoorraad", "uitleg uiterlijk {dag}")
    return Cell(words.format(dag=texts.short_day(last)), soort=urgency(last, today))
