"""The timeline of a zaak as a list that wraps its lines."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from desktop.ui.models.tijdlijn import Moment, TimelineDelegate, TimelineModel

_BATCH = 40


class Timeline(QListView):
    """Shows entries newest first; read only, and walked through with the arrow keys."""

    chosen = Signal()

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._entries = TimelineModel(self)
        self.setModel(self._entries)
        self.setItemDelegate(TimelineDelegate(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)  # thousands of entries of their own height each
        self.setBatchSize(_BATCH)

    def show_moments(self, found: Sequence[Moment]) -> None:
        """Replace the entries."""
        self._entries.show_moments(found)

    def allow_choice(self) -> None:
        """Let one entry be chosen; Enter or a double click emits `chosen`."""
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.doubleClicked.connect(lambda _: self.chosen.emit())

    def viewport_width(self) -> int:
        """The width in which an entry must fit."""
        return self.viewport().width()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.chosen.emit()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
