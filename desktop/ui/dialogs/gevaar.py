"""The danger sheet: whom to call; nothing about anybody, so that it opens while the vault is locked too."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QGridLayout, QVBoxLayout, QWidget

from desktop.ui.widgets.parts import label
from resources.nummers import gevaar

_KEY = "F6"


class DangerKey(QObject):
    """Opens the danger sheet under one key: over the window, locked or not, and over every dialog of it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        key = QShortcut(QKeySequence(_KEY), window, self.show_danger)
        key.setWhatsThis(self.tr("Gevaar: wie bel je? Ook als de kluis op slot is"))
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self.on_focus_changed)

    @Slot(QWidget, QWidget)
    def on_focus_changed(self, _: QWidget | None, now: QWidget | None) -> None:
        """A dialog shuts out the keys of the window behind it, so it gets this one of its own."""
        top = now.window() if now is not None else None
        if isinstance(top, QDialog) and top.findChild(QShortcut, "gevaar") is None:
            QShortcut(QKeySequence(_KEY), top, self.show_danger).setObjectName("gevaar")

    @Slot()
    def show_danger(self) -> None:
        top = QApplication.activeModalWidget() or self._window
        if not isinstance(top, DangerDialog):
            DangerDialog(top).open()


class DangerDialog(QDialog):
    """F6. Large numbers first; nothing to fill in."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName("gevarenblad")
        self.setWindowTitle(self.tr("Gevaar: wie bel je?"))
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 16)
        box.setSpacing(12)
        first = label(
            self.tr("Is het niet veilig? Ga eerst weg en bel dan. Vertel het daarna je teamleider."), "titel", wrap=True
        )
        first.setMinimumWidth(560)
        box.addWidget(first)
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(2)
        spoken = []
        for number, line in enumerate(gevaar()):
            grid.addWidget(label(line.nummer, "getal"), 2 * number, 0, 2, 1)
            grid.addWidget(label(line.wie, "kop"), 2 * number, 1)
            when = label(line.wanneer, wrap=True)
            when.setMinimumWidth(360)
            grid.addWidget(when, 2 * number + 1, 1)
            when.setContentsMargins(0, 0, 0, 10)
            spoken.append(f"{line.nummer} {line.wie}: {line.wanneer}".strip())
        grid.setColumnStretch(1, 1)
        box.addLayout(grid)
        self.setAccessibleDescription(" ".join(spoken))
        buttons = QDialogButtonBox()
        close = buttons.addButton(self.tr("&Sluiten"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setObjectName("gevarenblad_sluiten")
        buttons.rejected.connect(self.reject)
        box.addWidget(buttons)
