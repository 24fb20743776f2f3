"""Roles and rows of the lists, and the delegate that paints two lines or a status in a cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.ui import theme
from desktop.ui.status import ICONS, Soort

Index = QModelIndex | QPersistentModelIndex
_INVALID = QModelIndex()
_WRAPPED = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
ROW_HEIGHT = 53
_PADDING = 10


class Role(IntEnum):
    """What the delegate asks beside the text itself."""

    TWEEDE_REGEL = Qt.ItemDataRole.UserRole + 1
    SOORT = Qt.ItemDataRole.UserRole + 2
    ZAAK = Qt.ItemDataRole.UserRole + 3
    FORMULIER = Qt.ItemDataRole.UserRole + 4


@dataclass(frozen=True)
class Cell:
    """One cell: its text, a quieter second line (then the first is bold), or a status.

    With both, the second line is the status, as icon, word and colour.
    """

    tekst: str
    tweede: str = ""
    soort: Soort | None = None


@dataclass(frozen=True)
class Row:
    """One line of a list: the zaak behind it if any, its cells, and the sentence a screen reader reads.

    `formulier` is the form of the zaak that the line is about; its next action when empty.
    """

    zaak: UUID | None
    cellen: tuple[Cell, ...]
    zin: str
    formulier: str = ""


def cell_value(row: Row, column: int, role: int) -> object:
    """What a model answers for one cell of a row."""
    cell = row.cellen[column]
    match role:
        case Qt.ItemDataRole.DisplayRole:
            return cell.tekst
        case Qt.ItemDataRole.AccessibleTextRole:
            return row.zin if column == 0 else cell.tekst
        case Role.TWEEDE_REGEL:
            return cell.tweede
        case Role.SOORT:
            return cell.soort
        case Role.ZAAK:
            return row.zaak
        case Role.FORMULIER:
            return row.formulier
        case _:
            return None


class RowsModel(QAbstractTableModel):
    """A short list that is replaced as a whole."""

    def __init__(self, headers: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headers = tuple(headers)
        self._rows: tuple[Row, ...] = ()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Replace the list; nothing happens when it is the same, so that the selection stays."""
        if tuple(rows) == self._rows:
            return
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def name_columns(self, *headers: str) -> None:
        """Replace the words above the columns, of which there are as many."""
        if headers != self._headers:
            self._headers = headers
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(headers) - 1)

    def rowCount(self, parent: Index = _INVALID) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _INVALID) -> int:
        return 0 if parent.isValid() else len(self._headers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return cell_value(self._rows[index.row()], index.column(), role) if index.isValid() else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        horizontal = orientation == Qt.Orientation.Horizontal
        if horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headers[section]
        if horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class RowDelegate(QStyledItemDelegate):
    """Paints a cell as the drawings have it: a bold name above a quiet line, or a status with icon and word."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        rect: QRect = option.rect
        painter.fillRect(rect, theme.colour("selected" if selected else "card"))
        if selected and index.column() == 0:  # not by the ground alone, which high contrast leaves as it is
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), theme.colour("primary"))
        painter.setPen(theme.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = self.text_rect(rect.adjusted(_PADDING, 4, -_PADDING, -5), index)
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        soort = index.data(Role.SOORT)  # Qt gives a StrEnum back as plain text
        second = index.data(Role.TWEEDE_REGEL)
        font = QFont(option.font)
        if soort and second:
            _paint_two_lines(painter, inner, (text, f"{ICONS[Soort(soort)]} {second}"), font, f"{soort}_text")
        elif soort and text:
            paint_tag(painter, inner, text, Soort(soort), font)
        elif second:
            _paint_two_lines(painter, inner, (text, str(second)), font)
        else:
            painter.setPen(theme.colour("ink"))
            painter.setFont(font)
            painter.drawText(inner, _WRAPPED, _fitting(text, inner, QFontMetrics(font)))
        painter.restore()

    def text_rect(self, rect: QRect, index: Index) -> QRect:
        """The part of a cell in which the text stands; smaller for a delegate that paints more beside it."""
        return rect

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), ROW_HEIGHT)


def _fitting(text: str, rect: QRect, metrics: QFontMetrics) -> str:
    """As many whole words as the cell has lines for; what is left out says so."""
    words = text.split(" ")
    shown = text
    while len(words) > 1 and metrics.boundingRect(rect, _WRAPPED, shown).height() > rect.height():
        words.pop()
        shown = " ".join(words) + "…"
    return shown


def _paint_two_lines(
    painter: QPainter, rect: QRect, lines: tuple[str, str], font: QFont, colour: str = "secondary"
) -> None:
    first, second = lines
    bold = QFont(font)
    bold.setBold(True)
    half = rect.height() // 2
    painter.setPen(theme.colour("ink"))
    painter.setFont(bold)
    upper = QRect(rect.left(), rect.top(), rect.width(), half)
    shown = QFontMetrics(bold).elidedText(first, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(upper, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, shown)
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() - 0.75)
    painter.setPen(theme.colour(colour))
    painter.setFont(small)
    lower = QRect(rect.left(), rect.top() + half, rect.width(), half)
    shown = QFontMetrics(small).elidedText(second, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(lower, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, shown)


def paint_tag(painter: QPainter, rect: QRect, text: str, soort: Soort, font: QFont) -> None:
    """A status as icon, word and colour, at the left of a rectangle."""
    bold = QFont(font)
    bold.setBold(True)
    bold.setPointSizeF(font.pointSizeF() - 1.5)
    metrics = QFontMetrics(bold)
    shown = metrics.elidedText(f"{ICONS[soort]} {text}", Qt.TextElideMode.ElideRight, rect.width() - 18)
    pill = QRect(0, 0, metrics.horizontalAdvance(shown) + 18, metrics.height() + 4)
    pill.moveTo(rect.left(), rect.center().y() - pill.height() // 2)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(soort.value))
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
    painter.setPen(theme.colour(f"{soort.value}_text"))
    painter.setFont(bold)
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, shown)
