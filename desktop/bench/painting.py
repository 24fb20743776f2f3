"""A window in a process of its own, which says on stdout when it has been painted; `windows` starts and times it."""

from __future__ import annotations

import gc
import os
import runpy
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QTableView, QWidget

_SIZE = (1366, 728)
_ROWS, _COLUMNS = 50, 5
_SETTLE = 700
"""Milliseconds in which a window that was painted finishes what it still had in hand."""


class FirstPaint(QObject):
    """Calls back once, after the first top-level window was painted."""

    def __init__(self, application: QApplication, done: Callable[[], None]) -> None:
        super().__init__(application)
        self._application, self._done = application, done
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """See every event; the first paint of anything in the window is the one waited for.

        All of a window is painted in one turn, and what is covered (the window itself, often) gets no event at all.
        """
        window = watched.window() if isinstance(watched, QWidget) else None
        if isinstance(window, QMainWindow) and event.type() == QEvent.Type.Paint:
            self._application.removeEventFilter(self)
            QTimer.singleShot(0, self._done)
        return False


def bare() -> None:
    """The counterpart: a main window with a table of fifty rows, and nothing else."""
    application = QApplication([])
    FirstPaint(application, lambda: _painted(leave=False))
    model = QStandardItemModel(_ROWS, _COLUMNS)
    for row in range(_ROWS):
        for column in range(_COLUMNS):
            model.setItem(row, column, QStandardItem(f"{row}, {column}"))
    table = QTableView()
    table.setModel(model)
    window = QMainWindow()
    window.setCentralWidget(table)
    window.resize(*_SIZE)
    window.show()
    QTimer.singleShot(_SETTLE, _say_memory)
    application.exec()


def unlock() -> None:
    """The program as a worker starts it, until the unlock window stands there."""
    from desktop.platform.folders import default_vault_folder

    place = default_vault_folder()
    place.mkdir(parents=True, exist_ok=True)
    (place / "kluis.db").touch()  # with nothing there it would be somebody's first time: another, larger screen
    application = QApplication([])
    FirstPaint(application, lambda: _painted(leave=True))
    sys.argv[1:] = []
    runpy.run_module("desktop", run_name="__main__")


def today(directory: Path, key: bytearray, *, memory: bool) -> None:
    """The window on a filled vault: from the key to a painted Vandaag; or its memory once the lists were shown."""
    from db.vault import Vault, open_vault
    from desktop.ui.application import make_application
    from desktop.ui.window import Window

    application = make_application()

    def opener(_: str) -> Vault:
        vault = open_vault(directory, key)
        last = vault.journal.latest
        vault.clock = (lambda: last + timedelta(hours=1)) if last else vault.clock
        return vault

    window = Window(opener, lambda: None)
    started: list[float] = []

    def start() -> None:
        # A worker types a passphrase meanwhile; what the window imports beside that is there by then.
        if not window.prepared:
            QTimer.singleShot(10, start)
            return
        gc.collect()
        started.append(time.perf_counter())
        window.on_submitted("-")

    def until_counted() -> None:
        summary = window.findChild(QLabel, "samenvatting")
        if not isinstance(summary, QLabel) or not summary.text():
            QTimer.singleShot(1, until_counted)
            return
        QTimer.singleShot(0, stands)

    def stands() -> None:
        _say("vandaag", 1000 * (time.perf_counter() - started[0]))
        if memory:
            visit(["werkvoorraad", "vandaag", "werkvoorraad", "vandaag"])
        else:
            _leave()

    def visit(screens: list[str]) -> None:
        if window.workbench is None:
            raise RuntimeError("the vault locked while it was measured")
        if screens:
            window.workbench.go(screens[0])
            QTimer.singleShot(_SETTLE, lambda: visit(screens[1:]))
        else:
            _say_memory()

    window.unlocked.connect(lambda: _say("lijst", 1000 * (time.perf_counter() - started[0])))
    window.unlocked.connect(until_counted)
    FirstPaint(application, lambda: QTimer.singleShot(_SETTLE, start))
    window.show()
    application.exec()


def _painted(*, leave: bool) -> None:
    _say("geschilderd", 0)
    if leave:
        _leave()


def _say_memory() -> None:
    _say("geheugen", resident_bytes())
    _leave()


def resident_bytes() -> int:
    """Memory this process holds now; where the system does not tell, the most it ever held."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except FileNotFoundError:
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return pages * os.sysconf("SC_PAGE_SIZE")


def _say(what: str, value: float) -> None:
    sys.stdout.write(f"{what} {value}\n")
    sys.stdout.flush()


def _leave() -> None:
    # Nothing is worth tidying up, and a thread may still be importing.
    os._exit(0)


def _fail(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
    # A slot that fails would leave the window waiting for ever.
    sys.__excepthook__(kind, error, where)
    sys.stderr.flush()
    os._exit(1)


if __name__ == "__main__":
    sys.excepthook = _fail
    match sys.argv[1:]:
        case ["bare"]:
            bare()
        case ["unlock"]:
            unlock()
        case ["today" | "memory" as what, folder]:
            today(Path(folder), bytearray(sys.stdin.buffer.read()), memory=what == "memory")
