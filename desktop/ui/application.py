"""Starts the window: one QApplication in Dutch, in its own look, with a net under every bug."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from desktop.ui import theme
from desktop.ui.collecting import collect_here
from desktop.ui.dialogs.crash import EXIT_CODE, Crash, CrashDialog
from desktop.ui.door import Door
from desktop.ui.singletons import keep_alive
from desktop.ui.window import Window

if TYPE_CHECKING:
    from desktop.ui.sessionlock import Watch

_TURN = 0.0002
"""Seconds after which a thread that computes lets another go on.

Every call into Qt gives the turn away, and painting is thousands of calls: with the interpreter's own 5 ms the window
stood still for 240 ms beside an import, with this for 30."""


def make_application() -> QApplication:
    """The QApplication, Dutch and in its own font and colours; the one that exists already when there is one."""
    keep_alive()
    sys.setswitchinterval(_TURN)
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    collect_here(application)
    application.setApplicationName("Voordeur")
    dutch = QLocale(QLocale.Language.Dutch, QLocale.Country.Netherlands)
    QLocale.setDefault(dutch)
    translator = QTranslator(application)
    if translator.load(dutch, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(translator)
    theme.apply(application)
    return application


def guard(window: Window, crash: Crash, leave: Callable[[int], object]) -> None:
    """At a bug: lock the vault, say so with a number, and leave with the exit code of a bug."""

    def stop(number: str) -> None:
        window.lock("")
        dialog = CrashDialog(number, window)
        dialog.finished.connect(lambda: leave(EXIT_CODE))
        dialog.open()

    crash.happened.connect(stop)


def _platform_idle() -> float | None:
    """What the system says; it loads when first asked, off the UI thread."""
    from desktop.platform.idle import IdleClock

    return IdleClock().seconds()


def _platform_session() -> Watch | None:
    """What the system tells about locking and suspending."""
    from desktop.platform.session import watch_session

    return watch_session()


def run(door: Door, *, system_idle: Callable[[], float | None] | None = None, passphrase: str | None = None) -> int:
    """Show the window until it is closed; the exit code.

    `door` is the vault from outside; its functions run on the vault thread. `system_idle` gives
    the seconds without input anywhere, or None where the system does not tell (by default the platform's answer);
    it is asked off the UI thread. A `passphrase`, which only a demo gives, is tried at once.
    """
    application = make_application()
    window = Window(door.unlock, system_idle or _platform_idle, _platform_session, door)
    crash = Crash(window)
    restore = crash.install()
    guard(window, crash, application.exit)
    window.show()
    window.activateWindow()  # some sessions give the keyboard only to a window that asks for it
    if passphrase is not None:
        window.unlock(passphrase)
    try:
        return application.exec()
    finally:
        restore()
