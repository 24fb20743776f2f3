"""A bug ends the program in order: a number, no personal data, the vault closed."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.ui.application import guard
from desktop.ui.dialogs.crash import EXIT_CODE, Crash, trace_of
from desktop.ui.window import Window
from tests.ui.finding import find
from tests.ui.seeding import Opener

NAME = "Łukaszewicz"


def fail() -> None:
    secret = NAME
    raise ValueError(f"onverwacht: {secret}")


def test_a_trace_tells_where_and_never_what() -> None:
    with pytest.raises(ValueError, match=NAME) as raised:
        fail()
    told = trace_of(raised.value)
    assert "test_storing.py" in told
    assert "fail" in told
    assert NAME not in told


@pytest.mark.log_expected("CRITICAL")
def test_a_bug_shows_a_number_and_locks_the_vault(
    qtbot: QtBot, window: Window, opener: Opener, caplog: pytest.LogCaptureFixture
) -> None:
    exits: list[int] = []
    crash = Crash(window)
    guard(window, crash, exits.append)
    restore = crash.install()
    with caplog.at_level(logging.INFO), qtbot.waitSignal(window.locked):
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
    restore()
    assert opener.key == bytearray(32)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QDialog)
    number = find(dialog, QLabel, "storingsnummer").text()
    assert number in caplog.text
    assert NAME not in caplog.text
    find(dialog, QPushButton, "storing_sluiten").click()
    assert exits == [EXIT_CODE]


def test_the_hooks_are_given_back() -> None:
    before = sys.excepthook
    restore = Crash().install()
    assert sys.excepthook is not before
    restore()
    assert sys.excepthook is before


def test_a_long_day_of_calls_into_qt_does_not_end_the_process() -> None:
    program = (
        "from desktop.ui.singletons import keep_alive\n"
        "from PySide6.QtCore import QObject, Signal\n"
        "class Bell(QObject):\n"
        "    rang = Signal()\n"
        "keep_alive()\n"
        "bell = Bell()\n"
        "for _ in range(200_000):\n"
        "    bell.rang.emit()\n"
        "    bell.parent()\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
