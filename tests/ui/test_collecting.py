"""Reference cycles with a widget in them are collected on the UI thread, never on the thread of the vault."""

from __future__ import annotations

import gc
import threading
import weakref

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot


class Knot(QWidget):
    """A widget that only the cyclic collection can free."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


def _allocate(kept: list[list[object]]) -> None:
    """Enough that the interpreter, left to itself, would collect on this thread."""
    kept.extend([] for _ in range(200_000))


def test_a_widget_in_a_cycle_is_destroyed_on_the_ui_thread(qtbot: QtBot) -> None:
    died: list[int] = []
    weakref.finalize(Knot(), lambda: died.append(threading.get_ident()))
    kept: list[list[object]] = []
    worker = threading.Thread(target=_allocate, args=(kept,))
    worker.start()
    worker.join()
    assert died == []
    qtbot.waitUntil(lambda: died != [], timeout=10_000)
    assert died == [threading.get_ident()]


def test_the_interpreter_itself_does_not_collect_beside_the_window(qtbot: QtBot) -> None:
    assert not gc.isenabled()
