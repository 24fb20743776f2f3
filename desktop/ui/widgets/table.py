"""The table of zaken: rows of two lines, opened with Enter or a double click."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop.ui.models.rows import ROW_HEIGHT, Role, RowDelegate


class ZaakTable(QTableView):
    """Emits `opened` with the id of the zaak on the chosen row, and the form that the row is about.

    A row without a zaak is opened only when it names something else to open; the id is then None.
    """

    opened = Signal(object, str)

    def __init__(self, model: QAbstractItemModel, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setModel(model)
        self.setItemDelegate(RowDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.doubleClicked.connect(self.on_double_clicked)
        self._eager = True
        model.modelReset.connect(self.on_reset)

    def wait_for_focus(self) -> None:
        """Select nothing until the focus comes here: for a list beside the main one."""
        self._eager = False

    def choose_many(self) -> None:
        """Let several rows be selected, with Shift, Ctrl or the arrow keys."""
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def selected_zaken(self) -> tuple[UUID, ...]:
        """The zaken on the selected rows, from top to bottom."""
        rows = sorted(self.selectionModel().selectedRows(), key=QModelIndex.row)
        return tuple(zaak for index in rows if isinstance(zaak := index.data(Role.ZAAK), UUID))

    def set_widths(self, *stretches: int) -> None:
        """Columns: 0 takes what is left, any other number is a width in pixels."""
        header = self.horizontalHeader()
        for column, width in enumerate(stretches):
            mode = QHeaderView.ResizeMode.Fixed if width else QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(column, mode)
            if width:
                self.setColumnWidth(column, width)

    def show_or(self, instead: QWidget, *, some: bool) -> None:
        """Show the list, or what stands there when it is empty; the focus goes along, and a screen reader reads it."""
        gone, comes = (instead, self) if some else (self, instead)
        had = gone.hasFocus()
        gone.setVisible(False)
        comes.setVisible(True)
        if had:
            comes.setFocus()

    def current_zaak(self) -> UUID | None:
        """The zaak on the current row."""
        zaak = self.currentIndex().data(Role.ZAAK) if self.currentIndex().isValid() else None
        return zaak if isinstance(zaak, UUID) else None

    def select_first(self) -> None:
        """Put the current row at the top when there is none."""
        if not self.currentIndex().isValid() and self.model().rowCount():
            first = self.model().index(0, 0)
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(first, flags.ClearAndSelect | flags.Rows)

    def _open_current(self) -> None:
        zaak, form = self.current_zaak(), str(self.currentIndex().data(Role.FORMULIER) or "")
        if zaak is not None or form:
            self.opened.emit(zaak, form)

    @Slot(QModelIndex)
    def on_double_clicked(self, index: QModelIndex) -> None:
        self._open_current()

    @Slot()
    def on_reset(self) -> None:
        if self._eager or self.hasFocus():
            self.select_first()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.select_first()
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open_current()
            return
        super().keyPressEvent(event)
