"""The search box at the top: answers while typing, by name, phone, address, klantnummer or zaak number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any
from uuid import UUID

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from db.queries import zoeken
from db.queries.terugbellen import Terugbelverzoek, waiting
from db.queries.zoeken import Vindplaats, Vondst
from desktop.casework.instellingen import Instellingen
from desktop.casework.kalender import AMSTERDAM, lokale_datum
from desktop.casework.workflow import stap
from desktop.documents.woorden import woord
from desktop.ui import texts
from desktop.ui.models.rows import Index, Role, RowDelegate, paint_tag
from desktop.ui.models.vandaag import urgency
from desktop.ui.session import Session
from desktop.ui.status import Soort
from desktop.ui.widgets.parts import label

_SHOWN = 12
_WIDTH = 560
_TAG = 150
_INVALID = QModelIndex()


class _Extra(IntEnum):
    """What the list asks of a line beside what other lists ask."""

    LINE = Qt.ItemDataRole.UserRole + 20
    TAG = Qt.ItemDataRole.UserRole + 21


@dataclass(frozen=True)
class Line:
    """One line of the list: a zaak, a terugbelverzoek that waits, or (neither) the offer to note one."""

    kop: str
    onder: str
    tag: str = ""
    soort: Soort = Soort.RUSTIG
    zaak: UUID | None = None
    verzoek: Terugbelverzoek | None = None


@dataclass(frozen=True)
class _Found:
    text: str
    incoming: bool
    lines: tuple[Line, ...]
    precies: bool


class Results(QAbstractListModel):
    """What was found, one line each; name, date of birth and step, no address and no kind of debt."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Replace the results."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = _INVALID) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line.kop
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(filter(None, (line.kop, line.onder, line.tag)))
            case Role.TWEEDE_REGEL:
                return line.onder
            case Role.ZAAK:
                return line.zaak
            case _Extra.LINE:
                return line
            case _:
                return None


class LineDelegate(RowDelegate):
    """Name and details as in other lists, and at the right where the zaak stands."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        line = index.data(_Extra.LINE)
        if isinstance(line, Line) and line.tag:
            painter.save()
            right = QRect(option.rect)
            right.setLeft(right.right() - _TAG)
            paint_tag(painter, right.adjusted(0, 4, -8, -5), line.tag, line.soort, option.font)
            painter.restore()

    def text_rect(self, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> QRect:
        """The text ends before the tag."""
        line = index.data(_Extra.LINE)
        return rect.adjusted(0, 0, -_TAG, 0) if isinstance(line, Line) and line.tag else rect


class SearchBox(QLineEdit):
    """Emits `opened` with the id of a zaak, and whether it is for somebody who calls back.

    `note_asked` carries what was typed when nobody is found, `settle_asked` a terugbelverzoek that waits.
    """

    opened = Signal(object, bool)
    note_asked = Signal(str)
    settle_asked = Signal(object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._incoming = False
        self._asking = False
        self._shown: tuple[str, bool] | None = None
        self._enter = False
        self.setObjectName("zoeken")
        self.setAccessibleName(self.tr("Zoeken"))
        self.setAccessibleDescription(self.tr("Ctrl+K. Typ een deel van een naam, nummer of adres; pijl omlaag kiest."))
        self.setClearButtonEnabled(True)
        self._name_clear_button()
        self.setMaxLength(200)
        self.textChanged.connect(self.on_text_changed)
        self._results = Results(self)
        self._ground = parent
        self._popup = QFrame(parent)
        self._popup.setObjectName("zoekresultaten")
        box = QVBoxLayout(self._popup)
        box.setContentsMargins(1, 1, 1, 1)
        box.setSpacing(0)
        self._said = label("", "zacht", wrap=True)
        self._said.setContentsMargins(12, 10, 12, 10)
        box.addWidget(self._said)
        self._list = QListView()
        self._list.setObjectName("gevonden")
        self._list.setAccessibleName(self.tr("Gevonden zaken"))
        self._list.setModel(self._results)
        self._list.setItemDelegate(LineDelegate(self._list))
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.clicked.connect(self.on_clicked)
        box.addWidget(self._list)
        self._popup.hide()
        self._cap = QLabel("Ctrl K", self)
        self._cap.setProperty("toets", "ja")
        self._cap.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._hint()

    def _name_clear_button(self) -> None:
        if (clear := self.findChild(QAbstractButton)) is not None:
            clear.setAccessibleName(self.tr("Zoekveld leegmaken"))

    def start(self, *, incoming: bool = False) -> None:
        """Take the focus; `incoming` when somebody is on the line now."""
        self._incoming = incoming
        self._hint()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self._renew()

    def stop(self) -> None:
        """Esc: what was typed goes, and the list with it."""
        self._incoming = False
        self._hint()
        self.clear()
        self._hide()

    def _hint(self) -> None:
        self.setPlaceholderText(
            self.tr("Wie belt er terug? Naam, telefoon, adres…")
            if self._incoming
            else self.tr("Zoek naam, adres, klantnummer of zaak…")
        )

    @Slot(str)
    def on_text_changed(self, text: str) -> None:
        self._enter = False
        self._cap.setVisible(not text)
        self._renew()

    @property
    def _wanted(self) -> tuple[str, bool]:
        """What an answer must be about to be shown."""
        return self.text(), self._incoming

    @property
    def answered(self) -> bool:
        """Whether the list is the answer to what stands in the box now."""
        return self._shown == self._wanted

    def _renew(self) -> None:
        if not self.text().strip() and not self._incoming:
            self._hide()
        elif not self._asking:
            self._ask()

    def _hide(self) -> None:
        self._shown = None
        self._popup.hide()

    def _ask(self) -> None:
        self._asking = True
        text, incoming = self._wanted
        settings, now = self._session.instellingen, self._session.now()

        def search(connection: Any) -> _Found:  # noqa: ANN401  # the connection's type belongs to db
            if not text.strip():
                return _Found(text, incoming, tuple(map(_verzoek_line, waiting(connection))), precies=False)
            found = zoeken.search(connection, text, limiet=_SHOWN)
            lines = tuple(_zaak_line(vondst, settings, now) for vondst in found)
            return _Found(text, incoming, lines, precies=bool(found) and found[0].precies)

        self._session.ask(self, search, self._show)

    def _show(self, found: _Found) -> None:
        self._asking = False
        latest = (found.text, found.incoming) == self._wanted
        if not latest:
            self._renew()  # typed on meanwhile: only the latest text is asked
        if self.window().focusWidget() is not self or (not self.text().strip() and not latest):
            return
        self._shown = (found.text, found.incoming)
        self._results.show_lines((*found.lines, *self._offer(found)))
        said = self._words(found)
        self._said.setText(said)
        self._said.setVisible(bool(said))
        self._list.setVisible(self._results.rowCount() > 0)
        if found.text.strip() and (found.lines or found.incoming):
            self._list.setCurrentIndex(self._results.index(0))
        self._place()
        if self._enter and latest:
            self._enter = False
            if found.precies:  # who only resembles what was typed is opened by one who saw the name
                self._open(self._list.currentIndex())

    def _offer(self, found: _Found) -> tuple[Line, ...]:
        """The offer to note a terugbelverzoek: to whoever has somebody on the line, or found nobody."""
        asks = self.tr("Voor wie hier niet te vinden is. Alleen naam, nummer en wanneer.")
        if not found.text.strip():
            return (Line(self.tr("Noteer een terugbelverzoek"), asks),)
        if not found.lines:
            return (Line(self.tr("Niet gevonden: noteer terugbelverzoek"), asks),)
        return (Line(self.tr("Staat de beller er niet bij? Noteer terugbelverzoek"), asks),) if found.incoming else ()

    def _words(self, found: _Found) -> str:
        if not found.text.strip():
            return self.tr("Wie bellen we nog terug?") if found.lines else ""
        if found.lines:
            return "" if found.precies else self.tr("Niemand heet of woont precies zo. Dit lijkt erop:")
        return self.tr("Niets gevonden. Probeer een deel van de naam, of de laatste cijfers van een nummer.")

    def _place(self) -> None:
        parent = self._ground
        corner = self.mapTo(parent, QPoint(0, self.height() + 4))
        width = min(max(self.width(), _WIDTH), parent.width() - corner.x() - 12)
        said = self._said.heightForWidth(width - 2) if self._said.isVisibleTo(self._popup) else 0
        rows = self._results.rowCount() * self._list.sizeHintForRow(0) + 6
        self._popup.setGeometry(corner.x(), corner.y(), width, min(said + rows, parent.height() - corner.y() - 12))
        self._popup.raise_()
        self._popup.show()

    def _open(self, index: QModelIndex) -> None:
        line = index.data(_Extra.LINE)
        if not isinstance(line, Line):
            return
        typed, incoming = self.text().strip(), self._incoming
        self.stop()
        if line.zaak is not None:
            self.opened.emit(line.zaak, incoming)
        elif line.verzoek is not None:
            self.settle_asked.emit(line.verzoek)
        else:
            self.note_asked.emit(typed)

    @Slot(QModelIndex)
    def on_clicked(self, index: QModelIndex) -> None:
        self._open(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cap.adjustSize()
        self._cap.move(self.width() - self._cap.width() - 12, (self.height() - self._cap.height()) // 2)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in {Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason}:
            self._hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.answered:
                self._open(self._list.currentIndex())
            else:
                self._enter = True  # the answer to what was typed is not here yet: never open another's zaak
        elif event.key() in moves and self._popup.isVisible():
            row = self._list.currentIndex().row() + moves[Qt.Key(event.key())]
            self._list.setCurrentIndex(self._results.index(max(0, min(row, self._results.rowCount() - 1))))
        elif event.key() in moves:
            self._renew()
        else:
            super().keyPressEvent(event)


def _zaak_line(vondst: Vondst, settings: Instellingen, now: datetime) -> Line:
    regel = vondst.regel
    step = woord(stap(regel.stand, settings))
    parts = (regel.nummer, texts.full_day(regel.geboortedatum), _matched(vondst))
    return Line(
        kop=regel.lijstnaam,
        onder=" · ".join(filter(None, parts)),
        tag=step[:1].upper() + step[1:],
        soort=urgency(regel.stand.termijn, lokale_datum(now)),
        zaak=regel.id,
    )


def _matched(vondst: Vondst) -> str:
    """Where it was found, as far as the list does not show it; the address itself stays behind the zaak."""
    if not vondst.precies:
        return _tr("lijkt erop")
    match vondst.plaats:
        case Vindplaats.ADRES:
            return _tr("op adres gevonden")
        case Vindplaats.TELEFOON:
            return _tr("telefoon eindigt op {einde}").format(einde=vondst.einde)
        case Vindplaats.KLANTNUMMER:
            return _tr("klantnummer eindigt op {einde}").format(einde=vondst.einde)
        case _:
            return ""


def _verzoek_line(verzoek: Terugbelverzoek) -> Line:
    noted = texts.short_moment(verzoek.genoteerd_op.astimezone(AMSTERDAM))
    parts = (texts.phone(verzoek.telefoonnummer), verzoek.wanneer, _tr("genoteerd {moment}").format(moment=noted))
    return Line(
        kop=verzoek.naam or _tr("Naam onbekend"),
        onder=" · ".join(filter(None, parts)),
        tag=_tr("Terugbellen"),
        soort=Soort.LET_OP,
        verzoek=verzoek,
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("SearchBox", text)
