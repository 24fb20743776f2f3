"""The search box at the top: answers while typing, by name, phone, address, klantnummer or zaak number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from db.queries import zaken
from db.queries.zaken import ZaakRegel
from desktop.ui import texts
from desktop.ui.models.rows import Cell, Index, Role, Row, RowDelegate, cell_value
from desktop.ui.session import Session
from desktop.ui.widgets.parts import label

_SHOWN = 12
_INVALID = QModelIndex()


@dataclass(frozen=True)
class _Found:
    text: str
    rows: tuple[Row, ...]


class Results(QAbstractListModel):
    """What was found, one zaak per row; name and year of birth, no address."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Replace the results."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _INVALID) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return cell_value(self._rows[index.row()], 0, role) if index.isValid() else None


class SearchBox(QLineEdit):
    """Emits `opened` with the id of a zaak, and whether it is for somebody who calls back."""

    opened = Signal(object, bool)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._incoming = False
        self._asking = False
        self._shown = ""
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
        self._list = QListView()
        self._list.setObjectName("gevonden")
        self._list.setAccessibleName(self.tr("Gevonden zaken"))
        self._list.setModel(self._results)
        self._list.setItemDelegate(RowDelegate(self._list))
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.clicked.connect(self.on_clicked)
        box.addWidget(self._list)
        self._nothing = label("", "zacht", wrap=True)
        self._nothing.setContentsMargins(12, 10, 12, 10)
        box.addWidget(self._nothing)
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

    def stop(self) -> None:
        """Esc: what was typed goes, and the list with it."""
        self._incoming = False
        self._hint()
        self.clear()
        self._popup.hide()

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
        if not text.strip():
            self._popup.hide()
        elif not self._asking:
            self._ask(text)

    def _ask(self, text: str) -> None:
        self._asking = True

        def search(connection: Any) -> _Found:  # noqa: ANN401  # the connection's type belongs to db
            return _Found(text, tuple(map(_row, zaken.search(connection, text, limiet=_SHOWN))))

        self._session.ask(self, search, self._show)

    def _show(self, found: _Found) -> None:
        self._asking = False
        if self.text() != found.text and self.text().strip():
            self._ask(self.text())  # typed on meanwhile: only the latest text is asked
        if not self.text().strip():
            return
        self._shown = found.text
        self._results.show_rows(found.rows)
        self._list.setVisible(bool(found.rows))
        self._nothing.setVisible(not found.rows)
        self._nothing.setText(
            self.tr("Niets gevonden. Probeer een deel van de naam, of de laatste cijfers van een nummer.")
        )
        if found.rows:
            self._list.setCurrentIndex(self._results.index(0))
        self._place(len(found.rows))
        if self._enter and found.text == self.text():
            self._enter = False
            self._open(self._list.currentIndex())

    def _place(self, rows: int) -> None:
        parent = self._ground
        corner = self.mapTo(parent, QPoint(0, self.height() + 4))
        room = parent.height() - corner.y() - 12
        height = min(rows * self._list.sizeHintForRow(0) + 6, room) if rows else self._nothing.sizeHint().height() + 20
        self._popup.setGeometry(corner.x(), corner.y(), max(self.width(), 420), height)
        self._popup.raise_()
        self._popup.show()

    def _open(self, index: QModelIndex) -> None:
        zaak = index.data(Role.ZAAK)
        if isinstance(zaak, UUID):
            self._shown = ""
            incoming, self._incoming = self._incoming, False
            self.clear()
            self._popup.hide()
            self._hint()
            self.opened.emit(zaak, incoming)

    @Slot(QModelIndex)
    def on_clicked(self, index: QModelIndex) -> None:
        self._open(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cap.adjustSize()
        self._cap.move(self.width() - self._cap.width() - 12, (self.height() - self._cap.height()) // 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self._shown == self.text():
                self._open(self._list.currentIndex())
            else:
                self._enter = True  # the answer to what was typed is not here yet: never open another's zaak
        elif event.key() in moves and self._popup.isVisible():
            row = self._list.currentIndex().row() + moves[Qt.Key(event.key())]
            self._list.setCurrentIndex(self._results.index(max(0, min(row, self._results.rowCount() - 1))))
        else:
            super().keyPressEvent(event)


def _row(regel: ZaakRegel) -> Row:
    second = f"{regel.nummer} · {texts.full_day(regel.geboortedatum)}"
    return Row(zaak=regel.id, cellen=(Cell(regel.lijstnaam, second),), zin=f"{regel.lijstnaam}, {regel.nummer}")
