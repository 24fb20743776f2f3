"""A PDF on screen as it will be on paper: out of memory, never out of a file."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtPdf import QPdfDocument, QPdfPageRenderer
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QWidget

from desktop.ui import theme

_READ = 3
"""Pages whose words a screen reader gets; more than a letter with its reverse has."""


class Preview(QPdfView):
    """Pages below each other, as wide as there is room; what it shows is gone with it.

    `empty` says what stands there while there is no page.
    """

    def __init__(self, name: str, title: str, parent: QWidget, empty: str = "") -> None:
        super().__init__(parent)
        self._empty = empty
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setPageMode(QPdfView.PageMode.MultiPage)
        self.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        # Of the parent: Qt must destroy the view, which draws in a thread of its own, before what it draws.
        self._shown = QPdfDocument(parent)
        self._source: QBuffer | None = None
        self.setDocument(self._shown)
        self.drawn = False
        for renderer in self.findChildren(QPdfPageRenderer):
            renderer.pageRendered.connect(self.on_drawn)
        self.pdf = b""

    def show_pdf(self, pdf: bytes) -> None:
        """Show these bytes instead; nothing when they are empty."""
        self.pdf = pdf
        self.drawn = False
        self._shown.close()
        before, self._source = self._source, QBuffer(self._shown)
        if before is not None:
            before.deleteLater()
        self._source.setData(QByteArray(pdf))
        self._source.open(QBuffer.OpenModeFlag.ReadOnly)
        if pdf:
            self._shown.load(self._source)
        pages = range(min(_READ, self._shown.pageCount()))
        self.setAccessibleDescription("\n".join(self._shown.getAllText(page).text() for page in pages))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The pages; without one, what is to come instead of an empty dark field."""
        if self.page_count:
            super().paintEvent(event)
            return
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.colour("surface"))
        painter.setPen(theme.colour("secondary"))
        place = self.viewport().rect().adjusted(24, 24, -24, -24)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._empty)

    @Slot()
    def on_drawn(self) -> None:
        """A page stands on the screen as a picture; `drawn` says so until something else is shown."""
        self.drawn = True

    @property
    def page_count(self) -> int:
        """How many pages are shown."""
        return self._shown.pageCount()
