"""What every screen of an unlocked vault can do: ask its query again, and take the focus."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.session import Session


class Screen(QWidget):
    """A screen; `said` puts a confirmation in the message bar, `recorded` one of what can be taken back in a zaak.

    `letters_asked` carries zaken for letters to all of them at once.
    `opened` asks the workbench for a zaak by id, at a form by name or at its next action when that is empty;
    `wanted` asks for another screen.
    """

    opened = Signal(object, str)
    wanted = Signal(str)
    letters_asked = Signal(object)
    said = Signal(str)
    recorded = Signal(object, str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._stale = True

    def refresh(self) -> None:
        """Ask the query of this screen again."""

    def outdated(self) -> None:
        """The vault changed: ask again now when visible, else when shown."""
        self._stale = True
        if self.isVisible():
            self._stale = False
            self.refresh()

    def turn_to(self, part: str) -> None:
        """Show a part by its name, where a screen has one that others ask for."""

    def take_focus(self) -> None:
        """Put the focus where the work starts."""
        self.setFocus()

    def drafts(self) -> tuple[tuple[str, str], ...]:
        """Half-typed text that is not saved yet: place and text."""
        return ()

    def back(self) -> bool:
        """Esc: one step back within this screen; False when there is nothing to go back to."""
        return False

    def set_at_table(self, *, on: bool) -> None:
        """The resident reads along, or no longer; only a zaak can be shown then."""

    def help_page(self) -> str:
        """The name of the page that F1 shows; empty for the one of the screen itself."""
        return ""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.refresh()
