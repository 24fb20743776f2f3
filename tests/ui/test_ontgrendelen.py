"""Unlocking and locking: what opens, what is refused, and what is really gone afterwards."""

from __future__ import annotations

import gc
import socket
import sqlite3
import subprocess
import sys
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from db.vault import DatabaseError
from desktop.ui.autolock import LONGEST, AutoLock
from desktop.ui.screens.ontgrendelen import Ontgrendelen
from desktop.ui.screens.zaak import Zaak
from desktop.ui.window import Window
from desktop.ui.workbench import Workbench
from tests.ui.finding import find
from tests.ui.seeding import PASSPHRASE, Opener


def field(window: Window) -> QLineEdit:
    return find(window, QLineEdit, "wachtwoord")


def test_the_right_passphrase_and_enter_open_the_vault(qtbot: QtBot, locked: Window) -> None:
    QTest.keyClicks(field(locked), PASSPHRASE)
    with qtbot.waitSignal(locked.unlocked):
        QTest.keyClick(field(locked), Qt.Key.Key_Return)
    assert isinstance(locked.workbench, Workbench)


def test_a_wrong_passphrase_says_so_and_lets_one_try_again(qtbot: QtBot, locked: Window) -> None:
    QTest.keyClicks(field(locked), "helemaal verkeerd")
    QTest.keyClick(field(locked), Qt.Key.Key_Return)
    error = find(locked, QLabel, "fout")
    qtbot.waitUntil(error.isVisible)
    assert error.text()
    assert field(locked).text() == ""
    QTest.keyClicks(field(locked), PASSPHRASE)
    with qtbot.waitSignal(locked.unlocked):
        QTest.keyClick(field(locked), Qt.Key.Key_Return)


def test_an_empty_passphrase_is_asked_for(locked: Window) -> None:
    QTest.keyClick(field(locked), Qt.Key.Key_Return)
    assert "wachtwoord" in find(locked, QLabel, "fout").text()


def test_the_title_never_shows_a_name(qtbot: QtBot, window: Window, zaken: dict[str, UUID]) -> None:
    assert window.workbench is not None
    window.workbench.open_zaak(zaken["poging"])
    qtbot.waitUntil(lambda: window.findChild(QLabel, "inwoner_naam") is not None)
    assert window.windowTitle() == "Voordeur"


def test_locking_closes_the_vault_overwrites_the_key_and_clears_the_screens(
    qtbot: QtBot, window: Window, opener: Opener, zaken: dict[str, UUID]
) -> None:
    assert window.workbench is not None
    window.workbench.open_zaak(zaken["poging"])
    qtbot.waitUntil(lambda: window.findChild(QLabel, "inwoner_naam") is not None)
    vault, key = opener.vault, opener.key
    assert vault is not None
    assert key is not None
    with qtbot.waitSignal(window.locked, timeout=2000):
        QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert key == bytearray(len(key))
    with pytest.raises((sqlite3.ProgrammingError, *DatabaseError)):
        vault.connection.execute("SELECT 1")
    assert window.findChildren(Ontgrendelen)
    gc.collect()
    texts = [made.text() for made in window.findChildren(QLabel)]
    assert not any("Meer" in text or "Oosterstraat" in text for text in texts)
    assert not [made for made in gc.get_objects() if isinstance(made, Zaak)]


def test_a_half_typed_note_is_back_after_locking(qtbot: QtBot, window: Window, zaken: dict[str, UUID]) -> None:
    assert window.workbench is not None
    window.workbench.open_zaak(zaken["poging"])
    qtbot.waitUntil(lambda: window.findChild(QLabel, "inwoner_naam") is not None)
    note = window.findChild(QPlainTextEdit, "notitie")
    assert isinstance(note, QPlainTextEdit)
    note.setFocus()
    QTest.keyClicks(note, "Belt liever 's avon")
    with qtbot.waitSignal(window.locked, timeout=2000):
        window.lock("")
    window.on_submitted(PASSPHRASE)
    with qtbot.waitSignal(window.unlocked):
        pass
    assert window.workbench is not None
    window.workbench.open_zaak(zaken["poging"])
    qtbot.waitUntil(
        lambda: any(made.toPlainText() == "Belt liever 's avon" for made in window.findChildren(QPlainTextEdit))
    )


def test_a_lock_during_a_dialog_takes_the_dialog_along(qtbot: QtBot, window: Window, zaken: dict[str, UUID]) -> None:
    assert window.workbench is not None
    window.workbench.open_zaak(zaken["poging"])
    qtbot.waitUntil(lambda: window.findChild(QLabel, "inwoner_naam") is not None)
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    with qtbot.waitSignal(window.locked, timeout=2000):
        window.lock("")
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)


def test_closing_the_window_locks_first(qtbot: QtBot, window: Window, opener: Opener) -> None:
    with qtbot.waitSignal(window.locked, timeout=2000):
        window.close()
    assert opener.key == bytearray(32)
    qtbot.waitUntil(lambda: not window.isVisible())


def test_nobody_at_the_keyboard_locks_the_vault(qtbot: QtBot, locked: Window) -> None:
    watch = AutoLock(0, lambda: None, locked)
    with qtbot.waitSignal(watch.due, timeout=3000):
        watch.on_tick()


def test_input_elsewhere_keeps_the_vault_open(qtbot: QtBot, locked: Window) -> None:
    answers = []

    def busy_elsewhere() -> float:
        answers.append(1)
        return 0.5

    watch = AutoLock(3, busy_elsewhere, locked)
    watch._last -= 10
    with qtbot.assertNotEmitted(watch.due):
        watch.on_tick()
        qtbot.waitUntil(lambda: bool(answers))
        qtbot.waitUntil(lambda: not watch._asked)
    watch.stop()


def test_no_setting_keeps_the_vault_open_longer_than_a_quarter_of_an_hour(locked: Window) -> None:
    watch = AutoLock(86_400, lambda: None, locked)
    assert watch._seconds == LONGEST
    watch.stop()


def test_a_laptop_that_slept_is_locked(qtbot: QtBot, locked: Window) -> None:
    watch = AutoLock(300, lambda: 0.0, locked)
    watch._wall -= 3600
    with qtbot.waitSignal(watch.due):
        watch.on_tick()


class Session:
    """A session that a test can lock: tells over a socket, as the real one does."""

    def __init__(self) -> None:
        self._here, self._there = socket.socketpair()
        self.released = 0

    def tell(self) -> None:
        self._there.send(b"!")

    def fileno(self) -> int:
        return self._here.fileno()

    def reasons(self) -> list[str]:
        self._here.setblocking(False)
        try:
            return ["locked"] if self._here.recv(1) else []
        except BlockingIOError:
            return []

    def release_suspend(self) -> None:
        self.released += 1

    def close(self) -> None:
        self._here.close()
        self._there.close()


def test_the_vault_locks_along_with_the_session_and_then_lets_it_sleep(qtbot: QtBot, opener: Opener) -> None:
    session = Session()
    window = Window(opener, lambda: None, lambda: session)
    qtbot.addWidget(window)
    window.show()
    window.unlock(PASSPHRASE)
    with qtbot.waitSignal(window.unlocked):
        pass
    with qtbot.waitSignal(window.locked, timeout=2000):
        session.tell()
    assert opener.key == bytearray(32)
    assert session.released == 1
    window.close()
    assert session.fileno() == -1


def test_what_is_imported_on_a_thread_makes_no_class_of_qt() -> None:
    told = (
        "import sys; from desktop.ui import window; known = set(sys.modules); window._import_the_rest();"
        "print(*(name for name in set(sys.modules) - known if name.startswith(('PySide6', 'desktop'))))"
    )
    loaded = subprocess.run([sys.executable, "-c", told], check=True, capture_output=True, text=True).stdout.split()
    assert "desktop.documents.making" in loaded
    assert [name for name in loaded if name.startswith(("PySide6", "desktop.ui"))] == []


def test_all_that_an_unlocked_window_needs_is_there_soon_after_it_is_painted(qtbot: QtBot, locked: Window) -> None:
    qtbot.waitUntil(lambda: locked.prepared, timeout=20_000)
    assert "desktop.ui.screens.zaak" in sys.modules
