"""The first time on this laptop: makes the vault, and sees its recovery key put on paper before it opens."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from db.errors import VoordeurError
from db.vault import Vault
from desktop.casework import instellingen
from desktop.casework.kalender import lokale_datum
from desktop.ui import texts
from desktop.ui.door import Door, NewVault
from desktop.ui.screens.eerstekeer import EersteKeer
from desktop.ui.tasks import Tasks


class FirstTime(QObject):
    """Owns the screen while there is no vault yet; `ready` carries the passphrase that opens the new one."""

    ready = Signal(str)

    def __init__(self, door: Door, parent: QObject) -> None:
        super().__init__(parent)
        self._door = door
        self._wish: NewVault | None = None
        self._tasks = Tasks(self)
        self.screen = EersteKeer()
        self.screen.made.connect(self.on_made)
        self.screen.opened.connect(self.on_opened)

    def confirm(self, vault: Vault) -> None:
        """Record that the recovery sheet was put away, as two groups of it were typed back; on the vault's thread."""
        if self._wish is not None:
            today = lokale_datum(vault.clock())
            instellingen.change(vault, "herstelblad_bevestigd", f"{self._wish.naam}, {today:%d-%m-%Y}")

    @Slot(object)
    def on_made(self, wish: NewVault) -> None:
        self._wish = wish
        self._tasks.outside(
            lambda: self._door.create(wish), context=self.screen, done=self.screen.show_key, failed=self._refused
        )

    def _refused(self, error: VoordeurError) -> None:
        self._wish = None
        self.screen.show_error(texts.explain(error))

    @Slot()
    def on_opened(self) -> None:
        if self._wish is not None:
            self.screen.forget()
            self._tasks.close(context=self, done=lambda _: None)
            self.ready.emit(self._wish.passphrase)
