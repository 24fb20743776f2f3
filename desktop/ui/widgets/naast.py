"""Two versions of something side by side, in a table whose rows say what differs in a word."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, QTimer
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from desktop.documents.verschillen import Regel
from desktop.ui.models.rows import Index

_INVALID = QModelIndex()
_WHAT, _WAS, _BECAME = range(3)


class SideBySideTable(QTableView):
    """Rows as high as their words need; without a version before there is one column less."""

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = SideBySide(self)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setModel(self._lines)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)

    def show_rules(self, found: tuple[Regel, ...], before: str, now: str, *, anders: str = "") -> None:
        """Replace the rows; `before` and `now` name the versions, and nothing differs without one before.

        For two things that are no versions of one, `anders` is the word for whatever differs.
        """
        self._lines.show_rules(found, before, now, anders)
        self.setColumnHidden(_WAS, not before)
        self._fit()

    def _fit(self) -> None:
        """Rows as high as their words need, once the columns have their width."""
        QTimer.singleShot(0, self, self.resizeRowsToContents)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._lines.rowCount():
            self._fit()


class SideBySide(QAbstractTableModel):
    """What stands in a version and in the one before it; a row that differs says so in a word."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rules: tuple[Regel, ...] = ()
        self._headers = ("", "", "")
        self._anders = ""

    def show_rules(self, found: tuple[Regel, ...], before: str, now: str, anders: str = "") -> None:
        """Replace the rows; without a version before nothing counts as a difference."""
        self.beginResetModel()
        self._rules, self._headers, self._anders = found, ("", before, now), anders
        self.endResetModel()

    def rowCount(self, parent: Index = _INVALID) -> int:
        return 0 if parent.isValid() else len(self._rules)

    def columnCount(self, parent: Index = _INVALID) -> int:
        return 0 if parent.isValid() else len(self._headers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        rule = self._rules[index.row()]
        change = self._change(rule)
        if role == Qt.ItemDataRole.DisplayRole:
            return (f"{rule.wat}\n● {change}" if change else rule.wat, rule.was or "–", rule.wordt or "–")[
                index.column()
            ]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._sentence(rule, change) if index.column() == _WHAT else rule[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        if role == Qt.ItemDataRole.FontRole and change and index.column() == _BECAME:
            font = QFont()
            font.setBold(True)
            return font
        return None

    def _change(self, rule: Regel) -> str:
        if not self._headers[_WAS] or not rule.anders:
            return ""
        if self._anders:
            return self._anders
        return self.tr("nieuw") if not rule.was else self.tr("vervallen") if not rule.wordt else self.tr("gewijzigd")

    def _sentence(self, rule: Regel, change: str) -> str:
        if not change:
            return f"{rule.wat}: {rule.wordt}"
        if self._anders:
            return self.tr("{wat}, {hoe}: {was} en {wordt}").format(
                wat=rule.wat, hoe=change, was=rule.was or self.tr("niets"), wordt=rule.wordt or self.tr("niets")
            )
        return self.tr("{wat}, {hoe}: was {was}, is nu {wordt}").format(
            wat=rule.wat, hoe=change, was=rule.was or self.tr("niets"), wordt=rule.wordt or self.tr("niets")
        )

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headers[section]
        return None
