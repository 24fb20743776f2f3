"""Somebody at work in the window, in a process of its own: keys really pressed, timed until the answer is painted.

A timer of one millisecond watches. What the window must show is there when it held for three ticks in a row, for the
event loop paints between two ticks; and the longest time between two ticks is how long the UI thread was blocked.
A step lasts until what it waits for holds.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Generator
from datetime import timedelta
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import TypeVar

import msgspec
from PySide6.QtCore import QModelIndex, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QTableView, QWidget

from db.model.zoektekst import fold
from db.vault import Vault, open_vault
from desktop.bench.measuring import DELIVERING, Gewerkt
from desktop.bench.residents import inwoner
from desktop.intake.importing import import_file
from desktop.intake.rapport import ImportReport
from desktop.ui.application import make_application
from desktop.ui.screens.werkvoorraad import Werkvoorraad
from desktop.ui.screens.zaak import Zaak
from desktop.ui.window import Window
from desktop.ui.workbench import Workbench

_HELD = 3
"""Ticks for which something must stand on the screen."""
_LOOK = 0.5
"""Seconds."""
_PATIENCE = 20.0
"""Seconds after which something that does not come is a fault."""
_SCHEDSTAT = Path("/proc/thread-self/schedstat")
_SIZE = (1366, 728)
_NOTE = "Voicemail ingesproken; belt liever na vier uur terug."
_ROUNDS = 12
_PAGES = 200
_SETTLE = 700
"""Milliseconds in which a window that was painted finishes what it still had in hand."""
_PLACES = (Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5, Qt.Key.Key_1, Qt.Key.Key_2)
_CONTROL = Qt.KeyboardModifier.ControlModifier

Key = Qt.Key | str
Holds = Callable[[], bool]
Script = Generator[Holds, None, None]
Found = TypeVar("Found", bound=QWidget)


def own_time() -> float:
    """Seconds, without those in which this thread waited for a processor that did other work.

    Linux tells that per thread (`schedstat`: nanoseconds on the run queue); elsewhere it is the wall clock.
    """
    try:
        waited = int(_SCHEDSTAT.read_bytes().split()[1])
    except OSError:
        waited = 0
    return time.perf_counter() - waited / 1e9


class Hands(QObject):
    """Does what a script says; the script waits by yielding what must hold before it goes on."""

    def __init__(self, window: Window, delivery: Path) -> None:
        super().__init__(window)
        self.window = window
        self._delivery = delivery
        self.found = Gewerkt({}, {})
        self.doing = "begin"
        self._script: Script | None = None
        self._holds: Holds = lambda: True
        self._held = 0
        self._since = self._last = self._longest = self._blocked = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(1)
        self._timer.timeout.connect(self.on_tick)

    def follow(self, script: Script) -> None:
        """Begin."""
        self._script = script
        self._since = self._last = own_time()
        self._timer.start()

    def press(self, key: Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key, or what it types, where the focus is."""
        where = QApplication.focusWidget() or self.window
        if isinstance(key, str):
            QTest.keyClicks(where, key, modifier)
        else:
            QTest.keyClick(where, key, modifier)

    def until(
        self, holds: Holds, key: Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> Generator[Holds, None, float]:
        """Press a key and wait for what it brings; milliseconds."""
        start = own_time()
        self.press(key, modifier)
        yield holds
        return 1000 * (own_time() - start)

    def frame(
        self, key: Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> Generator[Holds, None, float]:
        """Press a key and let it be painted; how long nothing else could happen, in milliseconds."""
        self._longest = 0.0
        self.press(key, modifier)
        yield lambda: True
        return self._longest

    def look(self) -> Script:
        """Take in what stands there; the shortest that anybody does."""
        until = own_time() + _LOOK
        yield lambda: own_time() > until

    def note(self, what: str, took: float) -> None:
        """Keep a measurement."""
        self.found.duur.setdefault(what, []).append(took)

    def on_tick(self) -> None:
        """Note how long nothing happened; go on when what the script waits for stands there."""
        now = own_time()
        gap = 1000 * (now - self._last)
        self._last, self._longest, self._blocked = now, max(gap, self._longest), max(gap, self._blocked)
        if now - self._since > _PATIENCE:
            raise TimeoutError(self.doing)
        self._held = self._held + 1 if self._holds() else 0
        if self._held < _HELD:
            return
        self._held, self._since = 0, now
        self.found.stilstand.setdefault(self.doing, []).append(self._blocked)
        self._blocked = 0.0
        if self._script is None:
            return
        try:
            self._holds = next(self._script)
        except StopIteration:
            sys.stdout.buffer.write(msgspec.json.encode(self.found))
            sys.stdout.flush()
            os._exit(0)  # nothing is worth tidying up

    @property
    def workbench(self) -> Workbench:
        """The unlocked window."""
        if self.window.workbench is None:
            raise RuntimeError("the vault locked while it was measured")
        return self.window.workbench

    def take_in(self, done: Callable[[ImportReport], None]) -> None:
        """Import the delivery on the thread of the vault."""
        path = self._delivery
        self.workbench.session.act(self, lambda vault: import_file(vault, path), done)

    def part(self, kind: type[Found], name: str) -> Found:
        """A visible widget by name."""
        for made in self.workbench.findChildren(kind, name):
            if made.isVisible():
                return made
        raise LookupError(name)

    def shows_zaak(self, before: object) -> bool:
        """Whether another zaak than before stands there, with its form ready for the next key."""
        screen = self.workbench.current
        return isinstance(screen, Zaak) and screen is not before and screen.filled and self.focused("")

    @property
    def shows_letter(self) -> bool:
        """Whether a letter stands there, its first page drawn."""
        # By name: the program loads what shows letters by itself, and in its own time.
        preview = self.workbench.findChild(QWidget, "brief_voorbeeld")
        return preview is not None and bool(getattr(preview, "drawn", False))

    def focused(self, name: str) -> bool:
        """Whether the focus is on a widget whose name begins so."""
        widget = QApplication.focusWidget()
        return widget is not None and widget.objectName().startswith(name)


def hour(hands: Hands) -> Script:
    """Calls, searches, a list scrolled through and every screen looked at."""
    yield lambda: hands.window.prepared  # a worker types meanwhile
    hands.doing = "ontgrendelen"
    hands.window.on_submitted("-")
    yield lambda: hands.window.workbench is not None and hands.focused("nu_bellen")
    yield from hands.look()
    hands.doing = "bellen"
    hands.press(Qt.Key.Key_Return)
    yield lambda: hands.shows_zaak(None)
    for _ in range(_ROUNDS):
        yield from call(hands)
    for number in range(_ROUNDS):
        yield from search(hands, inwoner(7 + 101 * number).achternaam)
    yield from scroll(hands)
    hands.doing = "schermen"
    yield from look_around(hands)
    yield from meanwhile(hands)


def look_around(hands: Hands) -> Script:
    """Every screen, twice."""
    for key in _PLACES * 2:
        before = hands.workbench.current
        hands.press(key, _CONTROL)
        yield lambda: hands.workbench.current is not before and hands.workbench.isVisible()  # noqa: B023  # waited for here


def meanwhile(hands: Hands) -> Script:
    """Search and look around while a delivery is read, compared and recorded, until that is done."""
    hands.doing = DELIVERING
    reports: list[ImportReport] = []
    hands.take_in(reports.append)
    for number in count():
        if reports:
            break
        yield from type_name(hands, inwoner(7 + 101 * number).achternaam, "zoeken-inlezen")
        hands.press(Qt.Key.Key_Escape)
        yield from look_around(hands)


def call(hands: Hands) -> Script:
    """A note, nobody answers, and on to whoever is next."""
    yield from hands.look()
    hands.doing = "notitie"
    hands.part(QPlainTextEdit, "notitie").setFocus()
    for letter in _NOTE:
        hands.press(letter)
        yield lambda: True
    hands.press(Qt.Key.Key_Escape)
    yield lambda: hands.focused("resultaat_")
    hands.doing = "bellen"
    before = hands.workbench.current
    recorded = yield from hands.until(lambda: hands.focused("volgende_bellen"), Qt.Key.Key_2)
    opened = yield from hands.until(lambda: hands.shows_zaak(before), Qt.Key.Key_Return)
    hands.note("bellen", recorded + opened)


def search(hands: Hands, achternaam: str) -> Script:
    """Find a resident letter by letter, and open the first who is found."""
    hands.doing = "zoeken"
    yield from type_name(hands, achternaam, "zoeken")
    hands.doing = "zaak"
    before = hands.workbench.current
    hands.note("zaak", (yield from hands.until(lambda: hands.shows_zaak(before), Qt.Key.Key_Return)))
    yield from letter(hands)


def letter(hands: Hands) -> Script:
    """The letter that fits, until its first page is drawn, and away again."""
    yield from hands.look()
    hands.doing = "brief"
    hands.note("brief", (yield from hands.until(lambda: hands.shows_letter, Qt.Key.Key_P, _CONTROL)))
    hands.press(Qt.Key.Key_Escape)
    yield lambda: hands.workbench.findChild(QWidget, "brief_voorbeeld") is None
    hands.window.activateWindow()  # which a screen without a window manager leaves to the program
    yield hands.window.isActiveWindow


def type_name(hands: Hands, achternaam: str, what: str) -> Script:
    """Search letter by letter."""
    yield from hands.look()
    hands.press(Qt.Key.Key_K, _CONTROL)
    yield lambda: hands.focused("zoeken")
    box = hands.workbench.search
    for letter in fold(achternaam):  # the keyboard of a test has no other letters
        hands.note(what, (yield from hands.until(lambda: box.answered, letter)))


def scroll(hands: Hands) -> Script:
    """Every open zaak past the eye, a page at a time, back and forth."""
    hands.doing = "lijst"
    hands.press(Qt.Key.Key_2, _CONTROL)
    yield lambda: isinstance(hands.workbench.current, Werkvoorraad)
    table = hands.part(QTableView, "werklijst")
    yield lambda: table.model().rowCount() > 0
    table.setFocus()
    hands.doing = "scrollen"
    for _ in range(_PAGES):
        hands.note("scrollen", (yield from hands.frame(Qt.Key.Key_PageDown)))
    rows = 0
    while table.model().rowCount() > rows:
        rows = table.model().rowCount()
        hands.note("scrollen", (yield from hands.frame(Qt.Key.Key_End, _CONTROL)))
        yield lambda: table.model().rowCount() > rows or not table.model().canFetchMore(QModelIndex())  # noqa: B023  # waited for here


def main(directory: Path, delivery: Path, key: bytearray) -> None:
    """Work in a window on this vault, an hour after its last event; towards the end a delivery comes in."""
    make_application()

    def opener(_: str) -> Vault:
        vault = open_vault(directory, key)
        last = vault.journal.latest
        vault.clock = (lambda: last + timedelta(hours=1)) if last else vault.clock
        return vault

    window = Window(opener, lambda: 0.0)  # the keys of a test pass by the window, which would lock
    window.resize(*_SIZE)
    window.show()
    window.activateWindow()
    hands = Hands(window, delivery)
    QTimer.singleShot(_SETTLE, lambda: hands.follow(hour(hands)))
    QApplication.exec()


def _fail(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
    # A slot that fails would leave the window waiting for ever.
    sys.__excepthook__(kind, error, where)
    sys.stderr.flush()
    os._exit(1)


if __name__ == "__main__":
    sys.excepthook = _fail
    main(Path(sys.argv[1]), Path(sys.argv[2]), bytearray(sys.stdin.buffer.read()))
