"""The one window: locked, with Ontgrendelen in it; or unlocked, with the workbench."""

from __future__ import annotations

import gc
import importlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from db.errors import VoordeurError
from desktop.ui import texts, theme
from desktop.ui.dialogs.gevaar import DangerKey
from desktop.ui.screens.ontgrendelen import Ontgrendelen
from desktop.ui.tasks import NEXT_TURN_MS, Opener, Tasks
from desktop.ui.widgets.scroll import DialogRoom, WholeScroll

if TYPE_CHECKING:
    from db.vault import Vault
    from desktop.ui.autolock import AutoLock
    from desktop.ui.door import Door
    from desktop.ui.firsttime import FirstTime
    from desktop.ui.session import Opened
    from desktop.ui.sessionlock import SessionLock, Watch
    from desktop.ui.workbench import Workbench

_SIZE = QSize(1366, 728)
_SCREENS = (
    "session", "models.vandaag", "widgets.search", "workbench", "autolock", "widgets.dossiercards", "widgets.handover",
    "forms.afsluiten", "forms.bellen", "forms.plan", "forms.situatie", "screens.zaak", "dialogs.brief",
    "screens.werkvoorraad", "screens.signalen", "screens.route",
)  # fmt: skip
"""What is imported while the passphrase is typed, in an order in which each takes little beyond the former."""
_SMALLEST = QSize(480, 320)
_ROOM = QSize(1092, 535)
"""What an unlocked window needs; a smaller one, such as at 200%, scrolls."""


class Window(QMainWindow):
    """Locks and unlocks; everything about residents lives in the workbench and goes with it.

    `unlocked` and `locked` are emitted when the change is complete: after `locked` the key has been overwritten
    and both connections are closed.
    """

    unlocked = Signal()
    locked = Signal()

    def __init__(
        self,
        opener: Opener,
        system_idle: Callable[[], float | None],
        find_session: Callable[[], Watch | None] | None = None,
        door: Door | None = None,
    ) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("Voordeur"))
        self.setMinimumSize(_SMALLEST)
        self.resize(_SIZE)
        theme.dress(self)
        self._opener = opener
        self._system_idle = system_idle
        self._find_session = find_session
        self._session_lock: SessionLock | None = None
        self._tasks: Tasks | None = None
        self._auto: AutoLock | None = None
        self._opened: Opened | None = None
        self._closing = False
        self._leaving = False
        self._prepared = False
        self.prepared = False
        """Whether all that an unlocked window needs has been imported."""
        self._at_table = False
        self._workbench: Workbench | None = None
        self._door = door
        self._first: FirstTime | None = None
        self._screen = self._show_unlock("")
        if door is not None and not door.exists():
            self._show_first_time(door)
        DangerKey(self)
        DialogRoom(self)

    @property
    def workbench(self) -> Workbench | None:
        """The workbench of an unlocked vault, or None."""
        return self._workbench

    def _show_unlock(self, reason: str) -> Ontgrendelen:
        screen = Ontgrendelen(reason, may_recover=self._door is not None)
        screen.submitted.connect(self.on_submitted)
        screen.recovered.connect(self.on_recovered)
        self._explain(screen, "ontgrendelen")
        self._fill(screen)
        screen.field.setFocus()
        return screen

    def _fill(self, screen: QWidget) -> None:
        room = WholeScroll(self)
        room.setWidget(screen)
        self.setCentralWidget(room)

    def _show_first_time(self, door: Door) -> None:
        from desktop.ui.firsttime import FirstTime

        self._first = FirstTime(door, self)
        self._first.ready.connect(self.on_first_ready)
        self._explain(self._first.screen, "eerstekeer")
        self._fill(self._first.screen)

    def _explain(self, screen: QWidget, page: str) -> None:
        """F1 before the vault is open."""

        def show() -> None:
            from desktop.ui.dialogs.help import HelpDialog

            HelpDialog(page, screen).open()

        QShortcut(QKeySequence("F1"), screen, show).setWhatsThis(self.tr("Hulp bij dit scherm"))

    @Slot(str)
    def on_first_ready(self, passphrase: str) -> None:
        self._screen = self._show_unlock("")
        self.unlock(passphrase)

    @Slot(str, str)
    def on_recovered(self, recovery_key: str, passphrase: str) -> None:
        door = self._door
        if door is None or self._tasks is not None:
            return
        self._tasks = tasks = Tasks(self)

        def recovered(_: None) -> None:
            self._tasks = None
            tasks.close(context=self, done=lambda _: None)
            self._screen = self._show_unlock("")
            self.unlock(passphrase)

        tasks.outside(
            lambda: door.recover(recovery_key, passphrase), context=self, done=recovered, failed=self._on_refused
        )

    def unlock(self, passphrase: str) -> None:
        """Open the vault with this passphrase, as if it was typed."""
        self._screen.set_busy(busy=True)
        self.on_submitted(passphrase)

    @Slot(str)
    def on_submitted(self, passphrase: str) -> None:
        if self._tasks is not None:
            return
        opener, first = self._opener, self._first
        self._tasks = Tasks(self)

        def work() -> Vault:
            vault = opener(passphrase)
            from desktop.ui.session import read_opened

            if first is not None:
                first.confirm(vault)
            self._opened = read_opened(vault)
            return vault

        self._tasks.open(work, context=self, done=self._on_opened, failed=self._on_refused)

    def _on_refused(self, error: VoordeurError) -> None:
        if self._tasks is not None:
            self._tasks.close(context=self, done=lambda _: None)
        self._tasks = None
        self._screen.show_error(texts.explain(error))

    def _on_opened(self, _: None) -> None:
        from desktop.ui.session import Session
        from desktop.ui.workbench import Workbench

        if self._tasks is None or self._opened is None or self._closing:
            return
        session = Session(self._tasks, self._opened)
        self._opened = self._first = None
        workbench = Workbench(session)
        session.setParent(workbench)
        QTimer.singleShot(NEXT_TURN_MS, workbench, lambda: self._enter(workbench))

    def _enter(self, workbench: Workbench) -> None:
        from desktop.ui.autolock import AutoLock

        if self._tasks is None or self._closing:  # the session locked just now
            workbench.deleteLater()
            return
        session = workbench.session
        auto = AutoLock(session.instellingen.slot_seconden, self._system_idle, self)
        auto.due.connect(self.on_idle)
        self._auto = auto
        workbench.lock_asked.connect(self.on_lock_asked)
        workbench.first_painted.connect(self.unlocked)
        auto.moved.connect(workbench.on_lock_moved)
        self._workbench = workbench
        workbench.setMinimumSize(_ROOM)
        self._fill(workbench)
        auto.on_tick()
        workbench.start(at_table=self._at_table)

    @Slot()
    def on_lock_asked(self) -> None:
        reason = self.tr("Je hebt de kluis vergrendeld.")
        if self._workbench is not None and self._workbench.day_unseen:
            reason += " " + self.tr(
                "Ga je naar huis? Kijk dan eerst met Dag afsluiten (Ctrl+D) of er niets bleef liggen."
            )
        self.lock(reason)

    @Slot()
    def on_idle(self) -> None:
        self.lock(self.tr("De kluis is vergrendeld omdat er even niets gebeurde. Wat je typte is bewaard."))

    @Slot()
    def on_session_locked(self) -> None:
        if self._workbench is not None:
            self.lock(self.tr("De kluis is vergrendeld, samen met je computer. Wat je typte is bewaard."))
        elif self._tasks is not None and not self._closing:  # it was just opening
            self._closing = True
            self._tasks.close(context=self, done=self._on_closed)
        elif self._tasks is None and self._session_lock is not None:
            self._session_lock.locked()

    def lock(self, reason: str) -> None:
        """Save drafts, destroy every screen, close the vault on its thread, and ask for the passphrase again."""
        workbench, tasks = self.workbench, self._tasks
        if workbench is None or tasks is None or self._closing:
            return
        self._closing, self._workbench = True, None
        drafts = workbench.drafts()
        self._at_table = workbench.at_table  # the screen may still be turned to the resident when it opens again
        if self._auto is not None:
            self._auto.stop()
            self._auto.deleteLater()
            self._auto = None
        clipboard = QGuiApplication.clipboard()
        if clipboard.ownsClipboard():
            clipboard.clear()
        self._screen = self._show_unlock(reason)  # destroys the workbench, and all that stands in it
        self._screen.set_busy(busy=True)
        self._screen.unlock.setText(self.tr("Kluis gaat dicht…"))

        def save(vault: Vault) -> None:
            from db.queries import concepten

            for place, text in drafts:
                concepten.save(vault.connection, place, text, vault.clock())

        if drafts:
            tasks.write(save, context=self)
        tasks.close(context=self, done=self._on_closed)

    def _on_closed(self, _: None) -> None:
        self._tasks = None
        self._closing = False
        self._screen.set_busy(busy=False)
        self._screen.field.setFocus()
        if self._session_lock is not None:
            self._session_lock.locked()
        QTimer.singleShot(0, gc.collect)  # what Python still held of the screens goes now
        self.locked.emit()
        if self._leaving:
            self.close()

    def prepare(self) -> None:
        """Import what an unlocked window needs beside the painted unlock screen.

        On a thread of its own only what makes no class of Qt: the event loop died of a segmentation fault while a
        thread made one. What does is imported here, a module a turn.
        """
        if self._prepared:
            return
        self._prepared = True
        import threading

        from desktop.ui.mailbox import mailbox

        box, screens = mailbox(), iter(_SCREENS)

        def load() -> None:
            _import_the_rest()
            box.leave(self, lambda: self._import_next(screens))

        threading.Thread(target=load, name="voorbereiden", daemon=True).start()
        if self._find_session is not None:
            from desktop.ui.sessionlock import SessionLock

            self._session_lock = SessionLock(self._find_session, self)
            self._session_lock.due.connect(self.on_session_locked)

    def _import_next(self, screens: Iterator[str]) -> None:
        name = next(screens, None)
        if name is None:
            self.prepared = True
            return
        importlib.import_module(f"desktop.ui.{name}")
        QTimer.singleShot(NEXT_TURN_MS, self, lambda: self._import_next(screens))

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._tasks is None:
            if self._session_lock is not None:
                self._session_lock.stop()
            super().closeEvent(event)
            return
        event.ignore()
        if self.workbench is not None and not self._system_stops() and self.workbench.holds(self.on_left):
            return
        self._leaving = True
        if self.workbench is not None:
            self.lock("")
        elif not self._closing:
            self._closing = True
            self._tasks.close(context=self, done=self._on_closed)

    @Slot()
    def on_left(self) -> None:
        """Whoever was asked something before the program closes may go."""
        self._leaving = True
        self.lock("")

    def _system_stops(self) -> bool:
        """Whether the computer signs off, which waits for nobody."""
        application = QGuiApplication.instance()
        return isinstance(application, QGuiApplication) and application.isSavingSession()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        handle = self.windowHandle()
        if not self._prepared and handle is not None:
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Prepare once the window stands on the screen; a paint event never comes, since its content covers it."""
        if event.type() == QEvent.Type.Expose:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self.prepare)
        return False


def _import_the_rest() -> None:
    from desktop.casework.kalender import is_working_day

    is_working_day(datetime.now(UTC).date())  # brings the library of feasts, which loads slowly
    for part in ("casework.dag", "casework.signalen", "casework.situatie", "documents.making", "platform.cups"):
        importlib.import_module(f"desktop.{part}")
