"""The unlocked window: navigation, search and lock at the edges, one screen in the middle."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from db.errors import VoordeurError
from desktop.casework.dag import EINDE_DAG, Dagcontrole, dagcontrole
from desktop.ui import texts
from desktop.ui.models import inlezen
from desktop.ui.models.vandaag import PAREN, UITLEG
from desktop.ui.screens.screen import Screen
from desktop.ui.screens.vandaag import Vandaag
from desktop.ui.session import Session
from desktop.ui.status import Soort
from desktop.ui.wekker import wekker
from desktop.ui.widgets.messagebar import MessageBar
from desktop.ui.widgets.navigation import Navigation
from desktop.ui.widgets.parts import KeyButton, label
from desktop.ui.widgets.search import SearchBox

if TYPE_CHECKING:
    from db.queries.terugbellen import Terugbelverzoek
    from desktop.ui.dialogs.terugbellen import CallbackDialog
    from desktop.ui.screens.zaak import Zaak

_PARTS = {UITLEG: "werkvoorraad", PAREN: "signalen"}
"""What may be asked for by name and is a part of a screen."""
_CALM_MS = 250
"""After a zaak was opened, until the screen of the next is put together; what the worker sees comes first."""


class Workbench(QWidget):
    """Owns the screens; shows one of them, and tells them when the vault changed."""

    lock_asked = Signal()
    first_painted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("achtergrond")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.session = session
        self._painted = False
        self.at_table = False
        self._screens: dict[str, Screen] = {}
        self._stack = QStackedWidget()
        today = Vandaag(session)  # first, for it asks the most
        self._day_seen = self._leaving = False
        self._before = "vandaag"
        self._name = ""
        self.navigation = Navigation()
        self._places = {
            "vandaag": (self.tr("&Vandaag"), "Ctrl+1"),
            "werkvoorraad": (self.tr("&Werkvoorraad"), "Ctrl+2"),
            "signalen": (self.tr("Signa&len"), "Ctrl+3"),
            "route": (self.tr("Rou&te"), "Ctrl+4"),
            "terugmelden": (self.tr("Ter&ugmelden"), "Ctrl+5"),
            "beheer": (self.tr("Be&heer"), "Ctrl+8"),
        }
        for name, (text, _) in self._places.items():
            self.navigation.add(name, text)
        instellingen = session.instellingen
        self.navigation.set_footer(
            f"{session.naam} · {session.rol}", instellingen.gemeentenaam, trial=instellingen.proef
        )
        self.navigation.chosen.connect(self.go)
        self.search = SearchBox(session, self)
        self.search.opened.connect(self.on_found)
        self.search.note_asked.connect(self.on_note_asked)
        self.search.settle_asked.connect(self.on_settle_asked)
        self.messages = MessageBar()
        today.counted.connect(self.navigation.set_count)
        today.finish_asked.connect(self.show_day)
        today.settle_asked.connect(self.on_settle_asked)
        self._add("vandaag", today)
        self._lay_out()
        self._add_shortcuts()
        session.changed.connect(self.on_changed)
        session.refused.connect(self.on_refused)
        self._spare: Zaak | None = None
        self._recorded_in: UUID | None = None
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(_CALM_MS)
        self._calm.timeout.connect(self._put_together)
        self._minute = QTimer(self)
        self._minute.setInterval(60_000)
        self._minute.timeout.connect(self.on_minute)
        self._minute.start()

    def _lay_out(self) -> None:
        bar = QFrame()
        bar.setObjectName("bovenbalk")
        top = QHBoxLayout(bar)
        top.setContentsMargins(20, 7, 20, 7)
        self.search.setMaximumWidth(420)
        top.addWidget(self.search, 4)  # before the empty room, or its hint is cut off on a small screen
        self._table_text = label(self.tr("● Aan tafel: alleen deze zaak is te zien"), "vet", wrap=True)
        self._table_text.setObjectName("aan_tafel_melding")
        self._table_text.hide()
        top.addWidget(self._table_text, 4)
        top.addStretch(1)
        self._table = KeyButton(self.tr("Aan tafel"), "aan_tafel", "F8")
        self._table.setMinimumWidth(150)
        self._table.clicked.connect(self.on_table)
        top.addWidget(self._table)
        lock = KeyButton(self.tr("Ver&grendel"), "vergrendel", "Ctrl L", shortcut="Ctrl+L")
        lock.setMinimumWidth(164)
        lock.clicked.connect(self.lock_asked)
        top.addWidget(lock)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(bar)
        messages = QVBoxLayout()
        messages.setContentsMargins(20, 0, 20, 0)
        messages.addWidget(self.messages)
        right.addLayout(messages)
        right.addWidget(self._stack, 1)
        nothing = self.tr("Dit scherm laat nu niets zien. Open met F8 weer je werk, en kies dan een zaak.")
        self._curtain = label(nothing, "zacht", wrap=True)
        self._curtain.setObjectName("gordijn")
        self._curtain.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(self._curtain)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.navigation)
        whole.addLayout(right, 1)

    def _add_shortcuts(self) -> None:
        for name, (text, key) in self._places.items():
            QShortcut(QKeySequence(key), self, partial(self.go, name)).setWhatsThis(text.replace("&", ""))
        actions: dict[str, tuple[str, Callable[[], object]]] = {
            "Ctrl+K": (self.tr("Zoeken"), self.start_search),
            "F4": (self.tr("Iemand belt terug"), partial(self.start_search, incoming=True)),
            "F1": (self.tr("Hulp bij dit scherm"), self.show_help),
            "Ctrl+/": (self.tr("Alle toetsen van dit scherm"), self.show_keys),
            "Esc": (self.tr("Terug"), self.go_back),
            "Ctrl+D": (self.tr("Dag afsluiten: wat ligt er nog?"), self.show_day),
        }
        for key, (meaning, action) in actions.items():
            QShortcut(QKeySequence(key), self, action).setWhatsThis(meaning)

    def start(self, *, at_table: bool = False) -> None:
        """Show the first screen; nothing of it when the resident was reading along as the vault locked."""
        self.go("vandaag")
        self._calm.start()
        if at_table:
            self.set_at_table(on=True)
        else:
            self._ask_import()

    def _ask_import(self) -> None:
        self.session.note(self, inlezen.unseen, self._tell_import)

    def _tell_import(self, word: inlezen.Nawoord | None) -> None:
        """A file was being read in when the vault locked: say what became of it."""
        if word is not None:
            self.messages.say(word.zin, Soort.LET_OP)

    def start_search(self, *, incoming: bool = False) -> None:
        """Put the keyboard in the search box, which names everybody; not while a resident reads along."""
        if not self.at_table:
            self.search.start(incoming=incoming)

    def set_at_table(self, *, on: bool) -> None:
        """Turn the screen to the resident: one zaak stays, every list, name and note goes; or turn it back."""
        self.at_table = on
        self.search.stop()
        self.messages.on_dismissed()
        for part in (self.navigation, self.search):
            part.setVisible(not on)
        self._table_text.setVisible(on)
        self._table.setText(self.tr("Weer werken") if on else self.tr("Aan tafel"))
        screen = self._screens[self._name]
        screen.set_at_table(on=on)
        self._stack.setCurrentWidget(self._curtain if on and self._name != "zaak" else screen)
        if not on:
            screen.take_focus()
            self._ask_import()
        elif (focused := QApplication.focusWidget()) is None or not focused.isVisible():
            self._table.setFocus()

    @Slot()
    def on_table(self) -> None:
        self.set_at_table(on=not self.at_table)

    @property
    def current(self) -> Screen | None:
        """The screen in the middle."""
        return self._screens.get(self._name)

    @Slot(str)
    def go(self, name: str) -> None:
        """Show a screen; it is made the first time. Not while a resident reads along."""
        if self.at_table:
            return
        if name in _PARTS:
            self.go(_PARTS[name])
            self._screens[_PARTS[name]].turn_to(name)
            return
        if name not in self._screens:
            self._add(name, _made(name, self.session))
        self._show(name)

    def open_zaak(self, zaak: UUID, *, incoming: bool = False, form: str = "") -> None:
        """Show a zaak, at a form by its name when the facts allow that; the access is recorded before anything."""
        if self.at_table:
            return
        if self._name != "zaak":
            self._before = self._name
        before = self._take_out("zaak")
        screen, self._spare = self._put_together(), None
        self._add("zaak", screen)
        if zaak != self._recorded_in:
            self.messages.name_previous()
        screen.open(zaak, incoming=incoming, form=form)
        self._show("zaak")
        self._drop(before)  # now that another screen stands there; or Qt would show one of the others meanwhile
        self._calm.start()

    def _put_together(self) -> Zaak:
        """Have the screen of a zaak ready: half of what opening one takes, done while nobody waits."""
        from desktop.ui.screens.zaak import Zaak

        if self._spare is None:
            self._spare = Zaak(self.session)
            self._stack.addWidget(self._spare)
            for part in self._spare.findChildren(QWidget):  # styled now, rather than when it must be shown
                part.ensurePolished()
        return self._spare

    def drafts(self) -> tuple[tuple[str, str], ...]:
        """Half-typed text on any screen, and in the dialogs over it."""
        from desktop.ui.dialogs.terugbellen import CallbackDialog

        dialogs = (dialog.drafts() for dialog in self.findChildren(CallbackDialog))
        return tuple(chain.from_iterable((*(screen.drafts() for screen in self._screens.values()), *dialogs)))

    def _add(self, name: str, screen: Screen) -> None:
        screen.opened.connect(self.on_opened)
        screen.said.connect(self.on_said)
        screen.recorded.connect(self.on_recorded)
        screen.wanted.connect(self.go)
        screen.letters_asked.connect(self.on_letters_asked)
        self._screens[name] = screen
        self._stack.addWidget(screen)

    def _take_out(self, name: str) -> Screen | None:
        """Let go of a screen; what is half typed on it is kept."""
        screen = self._screens.pop(name, None)
        if screen is not None:
            for place, text in screen.drafts():
                self._keep(place, text)
        return screen

    def _drop(self, screen: Screen | None) -> None:
        if screen is not None:
            self._stack.removeWidget(screen)
            screen.deleteLater()

    def _keep(self, place: str, text: str) -> None:
        from db.queries import concepten

        self.session.note(self, lambda vault: concepten.save(vault.connection, place, text, vault.clock()))

    def _show(self, name: str) -> None:
        left = self._take_out("zaak") if self._name == "zaak" and name != "zaak" else None
        self._name = name
        screen = self._screens[name]
        self._stack.setCurrentWidget(screen)
        self._drop(left)  # what is not on screen need not be in memory
        self.navigation.mark("werkvoorraad" if name == "zaak" else name)
        screen.take_focus()

    @Slot(object, str)
    def on_opened(self, zaak: UUID, form: str) -> None:
        self.open_zaak(zaak, form=form)

    @Slot(object, bool)
    def on_found(self, zaak: UUID, incoming: bool) -> None:  # noqa: FBT001  # the arguments of a signal
        self.open_zaak(zaak, incoming=incoming)

    @Slot(object)
    def on_letters_asked(self, zaken: Sequence[UUID]) -> None:
        from desktop.ui.dialogs.brieven import BatchDialog

        dialog = BatchDialog(self.session, zaken, self)
        dialog.said.connect(self.on_said)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    @Slot(str)
    def on_note_asked(self, typed: str) -> None:
        from desktop.ui.dialogs.terugbellen import NoteDialog

        self._open_dialog(NoteDialog(self.session, typed, self))

    @Slot(object)
    def on_settle_asked(self, verzoek: Terugbelverzoek) -> None:
        from desktop.ui.dialogs.terugbellen import SettleDialog

        self._open_dialog(SettleDialog(self.session, verzoek, self))

    def _open_dialog(self, dialog: CallbackDialog) -> None:
        dialog.said.connect(self.on_said)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    @Slot()
    def go_back(self) -> None:
        """Esc: from a zaak back to the list it came from; elsewhere the focus returns to the screen."""
        screen = self.current
        if self.search.hasFocus() and screen is not None:
            self.search.stop()
            screen.take_focus()
            return
        if screen is None or screen.back():
            return
        if self._name == "zaak":
            self.go(self._before)
        else:
            screen.take_focus()

    @Slot()
    def show_help(self) -> None:
        """F1: what this screen or form is for."""
        from desktop.ui.dialogs.help import HelpDialog

        form = self.current.help_page() if self.current else ""
        HelpDialog("aan_tafel" if self.at_table else form or self._name, self).open()

    @Slot()
    def show_keys(self) -> None:
        """Ctrl+/: every key that works now."""
        from desktop.ui.dialogs.help import KeysDialog

        KeysDialog(self).open()

    @Slot()
    def show_day(self) -> None:
        """Ctrl+D: what the day still leaves open; not while a resident reads along."""
        if not self.at_table:
            self._day_seen = self._day_seen or self._towards_evening
            self._open_day(None)

    @property
    def _towards_evening(self) -> bool:
        return self.session.local_now().time() >= EINDE_DAG

    @property
    def day_unseen(self) -> bool:
        """Whether the day ends and nobody looked yet what it leaves open."""
        return self._towards_evening and not self._day_seen

    def holds(self, leave: Callable[[], object]) -> bool:
        """Whether whoever closes the program is asked something first; `leave` is called when they may go.

        Once towards the evening, when something was left; and as long as the alarm of a visit runs, for it stops with
        the program. Not while a resident reads along. Who closes again goes.
        """
        if self.at_table or self._leaving or not (self.day_unseen or wekker().tot is not None):
            return False
        self._day_seen = self._leaving = True
        settings, now = self.session.instellingen, self.session.now()

        def found(left: Dagcontrole) -> None:
            if self.at_table or (left.rond and wekker().tot is None):
                leave()
            else:
                self._open_day(leave)

        self.session.ask(self, lambda connection: dagcontrole(connection, settings, now), found)
        return True

    def _open_day(self, leave: Callable[[], object] | None) -> None:
        from desktop.ui.dialogs.dagafsluiting import DayDialog

        if self.findChild(DayDialog) is not None:
            return
        dialog = DayDialog(self.session, self, leaving=leave is not None)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.opened.connect(self.on_opened)
        dialog.wanted.connect(self.go)
        dialog.settle_asked.connect(self.on_settle_asked)
        dialog.note_asked.connect(partial(self.on_note_asked, ""))
        dialog.finished.connect(self.on_day_shut)
        if leave is not None:
            dialog.left.connect(leave)
        dialog.look()

    @Slot()
    def on_day_shut(self) -> None:
        self._leaving = False

    @Slot(object)
    def on_changed(self, _: object) -> None:
        for screen in tuple(self._screens.values()):
            screen.outdated()

    @Slot(object)
    def on_refused(self, error: VoordeurError) -> None:
        self.messages.say(texts.explain(error), Soort.GEVAAR)

    @Slot(str)
    def on_said(self, text: str) -> None:
        self.messages.say(text)

    @Slot(object, str)
    def on_recorded(self, zaak: UUID, text: str) -> None:
        self._recorded_in = zaak
        self.messages.say(text, undo=partial(self._take_back, zaak, text))

    def _take_back(self, zaak: UUID, text: str) -> None:
        from desktop.casework import ongedaan

        action = partial(ongedaan.undo, zaak=zaak, event_id=self.session.new_id())
        said = self.tr("Ongedaan gemaakt: {wat}").format(wat=text[:1].lower() + text[1:])
        self.session.act(self, action, lambda _: self.messages.say(said))

    @Slot(object)
    def on_lock_moved(self, moment: datetime) -> None:
        self.navigation.on_lock_moved(moment)

    @Slot()
    def on_minute(self) -> None:
        if (screen := self._screens.get("vandaag")) is not None:
            screen.outdated()  # another dagdeel may have begun

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        screen = self.current
        if not self._painted and (self.at_table or (isinstance(screen, Vandaag) and screen.filled)):
            self._painted = True
            QTimer.singleShot(0, self.first_painted.emit)


def _made(name: str, session: Session) -> Screen:
    """A screen by its name: the class `Signalen` of `screens.signalen`, loaded when somebody first goes there."""
    kind: type[Screen] = getattr(importlib.import_module(f"desktop.ui.screens.{name}"), name.capitalize())
    return kind(session)
