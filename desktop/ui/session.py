"""What the screens of an unlocked vault share: asking, acting, the settings, and word of every change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

import shiboken6
from PySide6.QtCore import QObject, Signal

from db.errors import VoordeurError
from db.journal import Changes
from db.model.codes import Rol
from db.model.gebeurtenis import InstellingGewijzigd
from db.model.ids import Clock, uuid7
from db.queries import instellingen as people
from db.vault import Vault
from desktop.casework import instellingen as settings
from desktop.casework.instellingen import Instellingen
from desktop.casework.kalender import AMSTERDAM
from desktop.ui.tasks import Draw, Failed, Read, Tasks, Write

T = TypeVar("T")
_SETTING = InstellingGewijzigd.__name__


@dataclass(frozen=True)
class Opened:
    """What is read once when the vault opens."""

    instellingen: Instellingen
    clock: Clock
    namen: dict[UUID, str]
    naam: str
    rol: Rol


def read_opened(vault: Vault) -> Opened:
    """Settings and people; runs on the vault thread."""
    found = people.medewerkers(vault.connection)
    me = found[vault.door]
    return Opened(
        instellingen=settings.load(vault.connection),
        clock=vault.clock,
        namen={key: person.naam for key, person in found.items()},
        naam=me.naam,
        rol=me.rol,
    )


class Session(QObject):
    """One unlocked vault as the screens see it: no connection, only questions and actions."""

    changed = Signal(object)
    refused = Signal(object)

    def __init__(self, tasks: Tasks, opened: Opened, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self.instellingen = opened.instellingen
        self.namen = opened.namen
        self.naam = opened.naam
        self.rol = opened.rol
        self.clock = opened.clock
        self.printer = ""  # the one that was chosen last; forgotten with the lock
        tasks.refused.connect(self.refused)

    def now(self) -> datetime:
        """The moment, aware and in UTC, by the vault's clock."""
        return self.clock()

    def local_now(self) -> datetime:
        """The moment in the Netherlands."""
        return self.clock().astimezone(AMSTERDAM)

    def new_id(self) -> UUID:
        """An event id, made when a form opens."""
        return uuid7(self.clock)

    def ask(self, context: QObject, question: Read[T], done: Callable[[T], None], failed: Failed | None = None) -> None:
        """Ask the reading connection; `done` gets the frozen answer on the UI thread."""
        self._tasks.read(question, context=context, done=done, failed=failed)

    def act(
        self,
        context: QObject,
        action: Write[T],
        done: Callable[[T], None] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Act on the vault: `done` gets the result, and every screen hears of it, even when the asker is gone."""

        def recorded(result: T) -> None:
            if done is not None and shiboken6.isValid(context):
                done(result)
            if isinstance(result, Changes) and _SETTING in result.soorten:
                self.ask(self, settings.load, self._use)
            self.changed.emit(result if isinstance(result, Changes) else None)

        def refused(error: VoordeurError) -> None:
            if failed is not None and shiboken6.isValid(context):
                failed(error)
            else:
                self.refused.emit(error)

        self._tasks.write(action, context=self, done=recorded, failed=refused)

    def draw(self, context: QObject, work: Draw[T], done: Callable[[T], None], failed: Failed | None = None) -> None:
        """Do long work without the vault, such as drawing or printing; it is handed whether to stop."""
        self._tasks.draw(work, context=context, done=done, failed=failed)

    def note(
        self,
        context: QObject,
        action: Write[T],
        done: Callable[[T], None] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Write something beside the log, such as a draft; no screen needs to hear of it."""
        self._tasks.write(action, context=context, done=done, failed=failed)

    def _use(self, found: Instellingen) -> None:
        self.instellingen = found
        self.changed.emit(None)

    def open(self, context: QObject, action: Write[T], done: Callable[[T], None]) -> None:
        """Read through the writing connection, for what records the access first."""
        self._tasks.write(action, context=context, done=done)

    def show_error(self, error: VoordeurError) -> None:
        """Put an error in the message bar."""
        self.refused.emit(error)
