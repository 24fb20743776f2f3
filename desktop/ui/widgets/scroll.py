"""Scroll areas: one for a column of wrapped text, and one for whatever is larger than the screen it stands on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog, QFrame, QScrollArea, QVBoxLayout, QWidget


class TallScroll(QScrollArea):
    """Scrolls up and down only; QScrollArea itself would take the height that text has at its narrowest."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self.setWidget(content)
        content.setAutoFillBackground(False)  # which becoming the content switched on
        content.installEventFilter(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self.on_focus_changed)

    def _fit(self) -> None:
        content = self.widget()
        layout = content.layout() if content is not None else None
        if content is None or layout is None:
            return
        width = self.viewport().width()
        wanted = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
        content.resize(width, max(wanted, self.viewport().height()))

    @Slot(QWidget, QWidget)
    def on_focus_changed(self, _: QWidget | None, now: QWidget | None) -> None:
        content = self.widget()
        if now is not None and content is not None and content.isAncestorOf(now):
            self.ensureWidgetVisible(now, 8, 28)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


def bring_into_view(widget: QWidget) -> None:
    """Scroll to a part that has just come, as soon as it has its place."""

    def scroll() -> None:
        parent = widget.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea):
                parent.ensureWidgetVisible(widget, 8, 8)
            parent = parent.parentWidget()

    QTimer.singleShot(0, widget, scroll)


class WholeScroll(QScrollArea):
    """Gives what it holds all the room there is; where that is less than it needs, such as at 200%, it scrolls.

    What it needs is its own minimum where that was set. QScrollArea itself would take the height that all texts would
    like to have, and scroll on every laptop.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("achtergrond")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self.on_focus_changed)

    def setWidget(self, content: QWidget) -> None:
        super().setWidget(content)
        self._fit()

    def _fit(self) -> None:
        content, room = self.widget(), self.maximumViewportSize()
        if content is None:
            return
        if _needed(content, room.width()).expandedTo(room) != room:
            room = self.viewport().size()  # what the scroll bars leave
        content.resize(_needed(content, room.width()).expandedTo(room))

    @Slot(QWidget, QWidget)
    def on_focus_changed(self, _: QWidget | None, now: QWidget | None) -> None:
        content = self.widget()
        if now is not None and content is not None and content.isAncestorOf(now):
            QTimer.singleShot(0, now, lambda: self._follow(now))  # a new page is laid out first

    def _follow(self, now: QWidget) -> None:
        content = self.widget()
        if content is None or not content.isAncestorOf(now):
            return
        if isinstance(now, QAbstractItemView):  # where its row begins, and not to the far end of a long list
            row = now.visualRect(now.currentIndex())
            place = now.viewport().mapTo(content, row.center())
            self.ensureVisible(place.x(), place.y(), row.width() // 2 + 16, row.height() // 2 + 8)
        else:
            self.ensureWidgetVisible(now, 16, 40)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():  # QScrollArea watches what it holds
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


def _needed(content: QWidget, width: int) -> QSize:
    """The least that shows everything: the minimum that was set, else that of the layout at this width."""
    layout, least = content.layout(), content.minimumSize()
    if least.width() and least.height():
        return least
    hint = content.minimumSizeHint().expandedTo(least)
    if layout is None or not layout.hasHeightForWidth():
        return hint
    return QSize(hint.width(), max(least.height(), layout.minimumHeightForWidth(max(hint.width(), width))))


class DialogRoom(QObject):
    """Lets a dialog scroll that is larger than the window it stands before; looks when it first gets the focus."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self.on_focus_changed)

    @Slot(QWidget, QWidget)
    def on_focus_changed(self, _: QWidget | None, now: QWidget | None) -> None:
        top = now.window() if now is not None else None
        if isinstance(top, QDialog) and self._window.isAncestorOf(top):
            self._fit(top)

    def _fit(self, dialog: QDialog) -> None:
        room, needed, layout = self._window.size(), dialog.sizeHint(), dialog.layout()
        if layout is None or dialog.findChild(WholeScroll) is not None:
            return
        if needed.width() <= room.width() and needed.height() <= room.height():
            return
        focused = QApplication.focusWidget()
        content = QWidget()
        content.setLayout(layout)  # takes along everything that the layout holds
        content.setMinimumSize(dialog.minimumSize().expandedTo(layout.sizeHint()))
        dialog.setMinimumSize(0, 0)
        outer = QVBoxLayout(dialog)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = WholeScroll(dialog)
        scroll.setWidget(content)
        outer.addWidget(scroll)
        dialog.resize(needed.boundedTo(room))
        if focused is not None:
            focused.setFocus()
