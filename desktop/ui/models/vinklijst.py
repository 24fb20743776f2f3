"""Lines to tick, each with its words; one that cannot be ticked says why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, Signal

from desktop.ui.models.rows import Index

_INVALID = QModelIndex()


@dataclass(frozen=True)
class Vinkregel:
    """One line: whom it is about, what it says, and whether it is ticked at first and can be."""

    sleutel: UUID
    tekst: str
    aan: bool = True
    kan: bool = True


class TickModel(QAbstractListModel):
    """Emits `ticked` whenever what is ticked changes."""

    ticked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Vinkregel, ...] = ()
        self._on: set[UUID] = set()

    def show_rows(self, rows: Sequence[Vinkregel]) -> None:
        """Replace the lines, ticked as they say."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self._on = {row.sleutel for row in rows if row.aan and row.kan}
        self.endResetModel()
        self.ticked.emit()

    def chosen(self) -> tuple[UUID, ...]:
        """What is ticked, in the order of the lines."""
        return tuple(row.sleutel for row in self._rows if row.sleutel in self._on)

    def tick_all(self, *, on: bool) -> None:
        """Tick every line that can be, or none."""
        self._on = {row.sleutel for row in self._rows if row.kan} if on else set()
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))
        self.ticked.emit()

    def rowCount(self, parent: Index = _INVALID) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return row.tekst
        if role == Qt.ItemDataRole.CheckStateRole and row.kan:
            return Qt.CheckState.Checked if row.sleutel in self._on else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        row = self._rows[index.row()]
        if not row.kan:
            return False
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self._on.add(row.sleutel)
        else:
            self._on.discard(row.sleutel)
        self.dataChanged.emit(index, index)
        self.ticked.emit()
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self._rows[index.row()] if index.isValid() else None
        if row is None or not row.kan:
            return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable
