"""A PDF on screen as it will be on paper: out of memory, never out of a file."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, Qt
from PySide6.QtGui import QPalette
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QWidget

_READ = 3
"""Pages whose words a screen reader gets; more than a letter with its reverse has."""


class Preview(QPdfView):
    """Pages below each other, as wide as there is room; what it shows is gone with it."""

    def __init__(self, name: str, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setPageMode(QPdfView.PageMode.MultiPage)
        self.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self._shown: QPdfDocument | None = None
        self.pdf = b""

    def show_pdf(self, pdf: bytes) -> None:
        """Show these bytes instead; nothing when they are empty."""
        before, self._shown, self.pdf = self._shown, None, pdf
        document = QPdfDocument(self)
        source = QBuffer(document)  # goes after the document that reads it
        source.setData(QByteArray(pdf))
        source.open(QBuffer.OpenModeFlag.ReadOnly)
        if pdf:
            document.load(source)
        self.setDocument(document)
        self._shown = document
        if before is not None:
            before.close()
            before.deleteLater()
        pages = range(min(_READ, document.pageCount()))
        self.setAccessibleDescription("\n".join(document.getAllText(page).text() for page in pages))

    @property
    def page_count(self) -> int:
        """How many pages are shown."""
        return self._shown.pageCount() if self._shown is not None else 0

    def set_plain(self) -> None:
        """Let the ground around the pages be that of the window."""
        palette = self.palette()
        palette.setBrush(QPalette.ColorRole.Dark, palette.brush(QPalette.ColorRole.Window))
        self.setPalette(palette)
