"""The steps of a zaak in a row: done, now, still to come; each opens its form."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from db.model.codes import Stap
from desktop.ui.status import Soort as TagSoort
from desktop.ui.widgets.parts import label, restyle, tag

_GAP = 3
_ORDER = (Stap.BELLEN, Stap.HUISBEZOEK, Stap.HULPAANBOD, Stap.PLAN, Stap.AFSLUITEN)


class StepBar(QWidget):
    """Emits `chosen` with the step whose form is wanted."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        signal = tag(self.tr("Signaal"), TagSoort.GOED)
        signal.setObjectName("stap_signaal")
        row.addWidget(signal)
        self._texts = {
            Stap.BELLEN: self.tr("&1 Bellen"),
            Stap.HUISBEZOEK: self.tr("&2 Huisbezoek"),
            Stap.HULPAANBOD: self.tr("&3 Hulpaanbod"),
            Stap.EERSTE_GESPREK: self.tr("&4 Eerste gesprek"),
            Stap.PLAN: self.tr("&4 Plan van aanpak"),
            Stap.AFSLUITEN: self.tr("&Afsluiten"),
            Stap.AFGESLOTEN: self.tr("&Afgesloten"),
        }
        self._buttons: dict[Stap, QPushButton] = {}
        self._arrows: list[QLabel] = []
        for stap in _ORDER:
            arrow: QLabel = label("›", "zacht")
            row.addWidget(arrow)
            self._arrows.append(arrow)
            made = QPushButton(self._texts[stap])
            made.setObjectName(f"stap_{stap.value}")
            made.setAutoDefault(False)
            made.setProperty("stap", "straks")
            made.clicked.connect(self._choose(stap))
            row.addWidget(made)
            self._buttons[stap] = made
        row.addStretch(1)
        self._current = Stap.BELLEN

    def _choose(self, stap: Stap) -> Callable[[], None]:
        def choose() -> None:
            in_talk = stap is Stap.PLAN and self._current is Stap.EERSTE_GESPREK
            self.chosen.emit(Stap.EERSTE_GESPREK if in_talk else stap)

        return choose

    def show_step(self, current: Stap, allowed: frozenset[Stap], done: frozenset[Stap]) -> None:
        """Mark the current step, those that are done, and those whose form may be opened now."""
        self._current = current
        place = {Stap.EERSTE_GESPREK: Stap.PLAN, Stap.AFGESLOTEN: Stap.AFSLUITEN}.get(current, current)
        words = {"nu": self.tr("huidige stap"), "klaar": self.tr("gedaan"), "straks": self.tr("nog niet")}
        for stap, made in self._buttons.items():
            state = "nu" if stap is place else "klaar" if stap in done else "straks"
            if current is Stap.AFGESLOTEN and stap is Stap.AFSLUITEN:
                state = "klaar"
            text = self._texts[current if stap is place else stap]
            made.setText(f"✓ {text}" if state == "klaar" else text)
            made.setAccessibleName(f"{text.replace('&', '')}, {words[state]}")
            made.setEnabled(stap in allowed or stap is place)
            restyle(made, "stap", state)
        self._fit()

    def _fit(self) -> None:
        """Leave the arrows out where a wide font or a narrow window has no room for them."""
        wanted = sum(part.sizeHint().width() + _GAP for part in self.findChildren(QWidget))
        for arrow in self._arrows:
            arrow.setVisible(self.width() >= wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
