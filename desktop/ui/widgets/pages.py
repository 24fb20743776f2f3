"""Pages of a form of which one is shown; only that one takes room."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget


class Pages(QWidget):
    """Pages in the order in which they were added; the first is shown."""

    def __init__(self, *pages: QWidget) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self._pages = pages
        self.index = 0
        for page in pages:
            box.addWidget(page)
        self.turn(0)

    @property
    def current(self) -> QWidget:
        """The page that is shown."""
        return self._pages[self.index]

    def turn(self, index: int) -> None:
        """Show another page."""
        self.index = index
        for number, page in enumerate(self._pages):
            page.setVisible(number == index)
