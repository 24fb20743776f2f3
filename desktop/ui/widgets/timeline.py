"""The timeline of a zaak as a list that wraps its lines."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from desktop.ui.models.tijdlijn import Moment, TimelineDelegate, TimelineModel


class Timeline(QListView):
    """Shows entries newest first; read only, and walked through with the arrow keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tijdlijn")
        self.setAccessibleName(self.tr("Tijdlijn"))
        self._entries = TimelineModel(self)
        self.setModel(self._entries)
        self.setItemDelegate(TimelineDelegate(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)

    def show_moments(self, found: tuple[Moment, ...]) -> None:
        """Replace the entries."""
        self._entries.show_moments(found)

    def viewport_width(self) -> int:
        """The width in which an entry must fit."""
        return self.viewport().width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
