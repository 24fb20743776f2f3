"""Numbers under their meaning; on a low screen they stand beside it, so that the lists keep their room."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QGridLayout, QWidget

from desktop.ui.widgets.parts import Card, label


class CountCard(Card):
    """A number under its meaning, or beside it."""

    def __init__(self, text: str, name: str) -> None:
        super().__init__(spacing=2)
        self._text = text
        self.box.addWidget(label(text, "zacht"), 1)
        self._number = label("–", "getal")
        self._number.setObjectName(name)
        self.box.addWidget(self._number)

    def show_count(self, shown: str) -> None:
        """Show a count; a screen reader hears what is counted."""
        self._number.setText(shown)
        self._number.setAccessibleName(f"{self._text}: {shown}")

    def set_low(self, *, low: bool) -> None:
        """Put the number beside its meaning, or under it."""
        self.box.setDirection(QBoxLayout.Direction.LeftToRight if low else QBoxLayout.Direction.TopToBottom)
        margin = 4 if low else 16
        self.box.setContentsMargins(14 if low else 16, margin, 14 if low else 16, margin)


class CountRow(QWidget):
    """Cards of the same width beside each other, by name."""

    def __init__(self, cards: dict[str, CountCard]) -> None:
        super().__init__()
        self._cards = cards
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(12)
        for column, card in enumerate(cards.values()):
            grid.addWidget(card, 0, column)
            grid.setColumnStretch(column, 1)

    def show_count(self, name: str, shown: str) -> None:
        """Show a count on one of the cards."""
        self._cards[name].show_count(shown)

    def set_low(self, *, low: bool) -> None:
        """Make the row low, or as high as the drawings have it."""
        for card in self._cards.values():
            card.set_low(low=low)
