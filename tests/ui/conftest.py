"""The window as tests use it: on a real vault, with a clock that stands still, and keys that are really pressed."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop.ui.application import make_application
from desktop.ui.window import Window
from desktop.ui.workbench import Workbench
from tests.ui.seeding import PASSPHRASE, MovingClock, Opener, fill, make_vault

if sys.platform == "linux" and not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a screen, Qt says of every dialog that it cannot hand on its sizes; that says nothing about us."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints"))


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    return make_application()


@pytest.fixture(scope="package", autouse=True)
def collection_back() -> Iterator[None]:
    """The tests after these have no event loop to collect for them."""
    yield
    gc.enable()


@pytest.fixture
def clock() -> MovingClock:
    return MovingClock()


@pytest.fixture
def zaken(tmp_path: Path, clock: MovingClock) -> dict[str, UUID]:
    with make_vault(tmp_path, clock) as vault:
        return fill(vault, clock)


@pytest.fixture
def opener(tmp_path: Path, clock: MovingClock, zaken: dict[str, UUID]) -> Opener:
    return Opener(tmp_path, clock)


def put_away(qtbot: QtBot, window: Window) -> None:
    """Lock a window that is still open, and wait until its vault is shut.

    pytest-qt closes windows of its own accord before a fixture ends, so the lock may be on its way already.
    """
    if isValid(window):
        window.lock("")
    qtbot.waitUntil(lambda: not isValid(window) or window._tasks is None)


@pytest.fixture
def locked(qtbot: QtBot, opener: Opener) -> Iterator[Window]:
    window = Window(opener, lambda: None)
    qtbot.addWidget(window)
    window.resize(1366, 728)
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    yield window
    put_away(qtbot, window)


@pytest.fixture
def window(qtbot: QtBot, locked: Window) -> Window:
    locked.on_submitted(PASSPHRASE)
    with qtbot.waitSignal(locked.unlocked):
        pass
    return locked


@pytest.fixture
def workbench(window: Window) -> Workbench:
    assert window.workbench is not None
    return window.workbench
