"""The dark column at the left: which screens there are, who is working, and when the vault locks."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.ui.widgets.parts import label, line

WIDTH = 172
_EDGE = 6
"""Pixels right of a counter: the longest name stands beside three figures, also when it is bold."""


class NavButton(QPushButton):
    """A screen in the navigation, with a counter when something waits there."""

    def __init__(self, text: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setObjectName(f"naar_{name}")
        self.setCheckable(True)
        self.setAutoExclusive(True)  # one of several, also to a screen reader
        self._counter = QLabel(self)
        self._counter.setProperty("teller", "ja")
        self._counter.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._counter.hide()

    def set_count(self, count: int, meaning: str) -> None:
        """Show how much waits behind this button; nothing for zero."""
        self._counter.setText(str(count) if count < 1000 else "999+")
        self._counter.setVisible(count > 0)
        self.setAccessibleDescription(f"{count} {meaning}" if count else "")
        self._place()

    def _place(self) -> None:
        self._counter.adjustSize()
        self._counter.move(self.width() - self._counter.width() - _EDGE, (self.height() - self._counter.height()) // 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()


class Navigation(QFrame):
    """Emits `chosen` with the name of a screen."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigatie")
        self.setFixedWidth(WIDTH)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(10, 16, 10, 16)
        self._box.setSpacing(4)
        name = label(self.tr("Voordeur"), "naam")
        name.setContentsMargins(10, 0, 0, 10)
        self._box.addWidget(name)
        self._screens = QVBoxLayout()
        self._screens.setSpacing(4)
        self._box.addLayout(self._screens)
        self._box.addStretch(1)
        self._buttons: dict[str, NavButton] = {}
        self._box.addWidget(line())
        self._foot = QVBoxLayout()
        self._foot.setContentsMargins(10, 8, 6, 0)
        self._foot.setSpacing(2)
        self._box.addLayout(self._foot)
        self._lock = label("", "slot", wrap=True)
        self._lock.setObjectName("slottijd")

    @property
    def names(self) -> tuple[str, ...]:
        """The screens, in their order."""
        return tuple(self._buttons)

    def add(self, name: str, text: str) -> None:
        """Add a screen at the end of the list."""
        made = NavButton(text, name, self)
        made.clicked.connect(lambda: self.chosen.emit(name))
        self._screens.addWidget(made)
        self._buttons[name] = made

    def set_footer(self, worker: str, municipality: str, *, trial: bool) -> None:
        """Who works here, for whom, and whether this is a trial vault."""
        self._foot.addWidget(label(worker, "voet", wrap=True))
        self._foot.addWidget(label(municipality, "voet", wrap=True))
        self._foot.addWidget(self._lock)
        if trial:
            mark = label(self.tr("▲ Proefkluis"), "proef")
            mark.setObjectName("proefkluis")
            mark.setToolTip(self.tr("Een kluis om te oefenen, met verzonnen mensen."))
            self._foot.addSpacing(4)
            self._foot.addWidget(mark, 0, Qt.AlignmentFlag.AlignLeft)

    def mark(self, name: str) -> None:
        """Show which screen is open; a zaak belongs to the Werkvoorraad."""
        if (found := self._buttons.get(name)) is not None:
            found.setChecked(True)

    def set_count(self, name: str, count: int, meaning: str) -> None:
        """Put a counter behind a screen."""
        if (found := self._buttons.get(name)) is not None:
            found.set_count(count, meaning)

    @Slot(object)
    def on_lock_moved(self, moment: datetime) -> None:
        self._lock.setText(self.tr("● Kluis open · slot om {tijd}").format(tijd=f"{moment:%H:%M}"))
