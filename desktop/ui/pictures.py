"""Pictures of every state of the window, made by the program itself; works without a screen too."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QDialog

from desktop.ui import states, theme
from desktop.ui.application import make_application
from desktop.ui.door import Door
from desktop.ui.states import State
from desktop.ui.window import Window
from resources.styles import Variant

if TYPE_CHECKING:
    from db.vault import Vault

_SIZE = QSize(1366, 768)
"""The laptop this is made for, in pixels."""
_SETTLE_MS = 40
_BAR = 30
_PATIENCE_MS = 20_000


@dataclass(frozen=True)
class Beeld:
    """How the window is looked at: what the system enlarges by, and the colours."""

    scale: float = 1.0
    variant: Variant = Variant.LICHT


def take(
    opener: Callable[[], Vault], folder: Path, beeld: Beeld | None = None, *, only: Collection[str] = ()
) -> tuple[Path, ...]:
    """Write `<state>.png` for each state of the window, locked and open, into an existing folder.

    Opening a zaak is recorded in its log like any other look. `opener` opens the vault, on the vault thread; `only`
    names the states that are wanted, all of them when it is empty.

    Raises:
        TimeoutError: when a screen does not fill within 20 seconds.
    """
    if sys.platform == "linux" and not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = make_application()
    beeld = beeld or Beeld()
    theme.fix(application, beeld.variant)
    try:
        return tuple(_Photographer(opener, folder, beeld, only).take())
    finally:
        theme.fix(application, None)


class _Photographer:
    """Walks through the states; waits in a loop of its own, for no user is waiting meanwhile."""

    def __init__(self, opener: Callable[[], Vault], folder: Path, beeld: Beeld, only: Collection[str]) -> None:
        self._opener, self._folder, self._beeld, self._only = opener, folder, beeld, only

    def take(self) -> Iterator[Path]:
        """All pictures that are wanted, in the order in which they are made."""
        left = set(self._only)
        for state, window in self._states():
            if not self._only or state.name in left:
                left.discard(state.name)
                yield self._grab(state, window)
                if self._only and not left:
                    break

    def _states(self) -> Iterator[tuple[State, Window]]:
        fresh = self._window(exists=False)
        try:
            for state in states.first_time(fresh):
                yield state, fresh
        finally:
            fresh.deleteLater()
        window = self._window(exists=True)
        try:
            for state in chain(states.before(window), self._open_states(window)):
                yield state, window
        finally:
            if window.workbench is not None:
                gone: list[bool] = []
                window.locked.connect(lambda: gone.append(True))
                window.lock("")
                self._until(partial(bool, gone))
            window.deleteLater()

    def _open_states(self, window: Window) -> Iterator[State]:
        opened: list[bool] = []
        window.unlocked.connect(lambda: opened.append(True))
        window.unlock("")
        self._until(partial(bool, opened))
        if window.workbench is None:
            raise RuntimeError("the vault is not open")
        yield from states.walk(window.workbench, self._until)

    def _window(self, *, exists: bool) -> Window:
        door = Door(unlock=self._open, exists=lambda: exists, create=lambda _: "", recover=lambda *_: None)
        window = Window(self._open, lambda: None, None, door)
        window.setMinimumSize(QSize(400, 300))
        window.resize(_SIZE / self._beeld.scale)
        window.show()
        return window

    def _open(self, _: str) -> Vault:
        return self._opener()

    def _grab(self, state: State, window: Window) -> Path:
        """A dialog is shown over its window, as the worker sees it."""
        self._settle()
        picture = QPixmap(_SIZE)
        picture.setDevicePixelRatio(self._beeld.scale)
        painter = QPainter(picture)
        window.render(painter, QPoint())
        if isinstance(state.widget, QDialog):
            _draw_dialog(painter, state.widget, window)
        painter.end()
        path = self._folder / f"{state.name.replace('_', '-')}.png"
        if not picture.save(str(path)):
            raise OSError(f"no picture written: {path.name}")
        return path

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


def _draw_dialog(painter: QPainter, dialog: QDialog, window: Window) -> None:
    """In the middle, under a bar with its title such as the system puts there."""
    place = dialog.rect()
    place.moveCenter(window.rect().center())
    dialog.render(painter, place.topLeft())
    bar = QRect(place.left(), place.top() - _BAR, place.width(), _BAR)
    painter.fillRect(bar, theme.colour("card"))
    painter.setPen(theme.colour("ink"))
    painter.drawText(bar.adjusted(_BAR // 2, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, dialog.windowTitle())
    painter.setPen(theme.colour("field_line"))
    painter.drawRect(bar.united(place))
