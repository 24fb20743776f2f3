"""Pictures of every screen of an unlocked vault, made by the program itself; works without a screen too."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QEventLoop, QSize, QTimer

from db.model.codes import Stap
from db.queries import zaken
from desktop.casework import instellingen
from desktop.ui import theme
from desktop.ui.application import make_application
from desktop.ui.screens.zaak import Zaak
from desktop.ui.window import Window
from resources.styles import Variant

if TYPE_CHECKING:
    from db.vault import Vault

SIZE = QSize(1366, 768)
"""The laptop this is made for."""
_SETTLE_MS = 350
_PATIENCE_MS = 20_000
_STEPS = {
    Stap.BELLEN: "zaak-bellen",
    Stap.HUISBEZOEK: "zaak-huisbezoek",
    Stap.HULPAANBOD: "zaak-hulpaanbod",
    Stap.EERSTE_GESPREK: "zaak-eerste-gesprek",
    Stap.PLAN: "zaak-plan",
    Stap.AFSLUITEN: "zaak-afsluiten",
}


def take(
    opener: Callable[[], Vault], folder: Path, *, variant: Variant = Variant.LICHT, size: QSize = SIZE
) -> tuple[Path, ...]:
    """Write `<screen>.png` for each screen, and for a zaak in each step, into an existing folder.

    Opening a zaak is recorded in its log like any other look. `opener` opens the vault, on the vault thread.

    Raises:
        TimeoutError: when a screen does not fill within 20 seconds.
    """
    if sys.platform == "linux" and not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = make_application()
    theme.fix(application, variant)
    window = Window(lambda _: opener(), lambda: None)
    try:
        return _Photographer(window, folder, size).take()
    finally:
        theme.fix(application, None)
        window.deleteLater()


class _Photographer:
    """Walks through the screens; waits in a loop of its own, for no user is waiting meanwhile."""

    def __init__(self, window: Window, folder: Path, size: QSize) -> None:
        self._window, self._folder = window, folder
        self._made: list[Path] = []
        window.setMinimumSize(QSize(400, 300))
        window.resize(size)
        window.show()

    def take(self) -> tuple[Path, ...]:
        """All pictures, in the order in which they were made."""
        self._settle()
        self._grab("ontgrendelen")
        opened: list[bool] = []
        self._window.unlocked.connect(lambda: opened.append(True))
        self._window.unlock("")
        self._until(lambda: bool(opened))
        workbench = self._window.workbench
        if workbench is None:
            raise RuntimeError("the vault is not open")
        for name in ("vandaag", "werkvoorraad", "signalen"):
            workbench.go(name)
            self._answered(workbench)
            self._settle()
            self._grab(name)
        found: list[dict[Stap, UUID]] = []
        workbench.session.ask(workbench, _first_of_each_step, found.append)
        self._until(lambda: bool(found))
        for stap, zaak in found[0].items():
            workbench.open_zaak(zaak)
            self._until(partial(_filled, workbench))
            self._settle()
            self._grab(_STEPS[stap])
        gone: list[bool] = []
        self._window.locked.connect(lambda: gone.append(True))
        self._window.lock("")
        self._until(lambda: bool(gone))
        return tuple(self._made)

    def _grab(self, name: str) -> None:
        path = self._folder / f"{name}.png"
        if not self._window.grab().save(str(path)):
            raise OSError(f"no picture written: {name}")
        self._made.append(path)

    def _answered(self, workbench: Any) -> None:  # noqa: ANN401  # a Workbench, which loads when the vault opens
        """Wait until everything that was asked of the reader before has been answered and shown."""
        for _ in range(2):  # an answer may ask again
            answered: list[None] = []
            workbench.session.ask(workbench, lambda _: None, answered.append)
            self._until(partial(bool, answered))

    def _settle(self) -> None:
        loop = QEventLoop()
        QTimer.singleShot(_SETTLE_MS, loop.quit)
        loop.exec()

    def _until(self, condition: Callable[[], bool]) -> None:
        loop, waited = QEventLoop(), 0
        while not condition():
            if waited > _PATIENCE_MS:
                raise TimeoutError
            QTimer.singleShot(20, loop.quit)
            loop.exec()
            waited += 20


def _filled(workbench: Any) -> bool:  # noqa: ANN401  # a Workbench, which loads when the vault opens
    return isinstance(workbench.current, Zaak) and workbench.current.filled


def _first_of_each_step(connection: Any) -> dict[Stap, UUID]:  # noqa: ANN401  # the connection's type belongs to db
    settings = instellingen.load(connection)
    found: dict[Stap, UUID] = {}
    for stap in _STEPS:
        regels, _ = zaken.step_page(connection, stap, pogingen=settings.pogingen, dagdelen=settings.dagdelen, limiet=1)
        if regels:
            found[stap] = regels[0].id
    return found
