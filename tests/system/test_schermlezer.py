"""The program as a screen reader meets it: a real process, asked and worked through a real accessibility bus."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from db.model.codes import Rol
from desktop import app
from tests.system.atspi import ENABLED, FOCUSABLE, FOCUSED, SHOWING, GoneError, accessibility_bus, reader
from tests.ui.seeding import NOW, PASSPHRASE, MovingClock, fill

if TYPE_CHECKING:
    from tests.system.atspi import Node, Reader
    from tests.system.conftest import Bus

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="AT-SPI is of Linux")

TAB, RETURN = 0xFF09, 0xFF0D
PARTS = {"cell", "list item", "page tab"}
SAYS_NOTHING = {"", "filler", "invalid", "panel", "unknown"}


class Worker:
    """Somebody who works by ear: knows the tree of the program, and has a keyboard."""

    def __init__(self, ear: Reader, program: Node) -> None:
        self.ear, self.program = ear, program

    def showing(self, identity: str) -> Node:
        """The control of that name, as soon as it is on screen."""
        return self.ear.wait_for(
            lambda: next(
                (node for node in self.program.walk() if node.identity == identity and node.has(SHOWING)), None
            )
        )

    def press(self, identity: str) -> None:
        self.showing(identity).act()

    def controls(self) -> list[Node]:
        """What can take the focus now."""
        return [node for node in self.program.walk() if node.has(SHOWING) and node.has(FOCUSABLE)]

    def focus(self) -> Node:
        """Where the keyboard is; the current part of every list and row of tabs also says so, and does not count."""

        def find() -> Node | None:
            focused = (node for node in self.program.walk() if node.has(FOCUSED))
            return next((node for node in focused if node.role not in PARTS and node.has(SHOWING)), None)

        return self.ear.wait_for(find)

    def unlock(self) -> None:
        assert self.showing("wachtwoord").ask("EditableText", "SetTextContents", "s", PASSPHRASE)
        self.press("ontgrendelen")
        self.showing("nu_bellen")

    def open_first(self) -> None:
        """Open the zaak at the top of the call list, with the keyboard."""
        self.ear.wait_until(lambda: self.focus().identity == "nu_bellen")
        self.ear.press(RETURN)
        self.showing("resultaat_geen-gehoor")


@pytest.fixture
def worker(tmp_path: Path, bus: Bus) -> Iterator[Worker]:
    clock = MovingClock()
    made = app.create_vault(
        tmp_path / "kluis", PASSPHRASE, gemeente="0014", naam="F. Yıldız", rol=Rol.UITVOERDER, proef=True,
        use_keyring=False, clock=clock,
    )  # fmt: skip
    with made.vault as vault:
        fill(vault, clock)
    environment = {**os.environ, **bus.environment, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
    command = [sys.executable, "-m", "desktop", "--vault", str(tmp_path / "kluis"), "--now", f"{NOW:%Y-%m-%dT%H:%M}"]
    with (
        accessibility_bus(bus.address, environment) as address,
        reader(address) as ear,
        subprocess.Popen(command, env=environment) as process,
    ):
        try:
            yield Worker(ear, ear.program(process.pid))
        finally:
            process.terminate()


def unclear(worker: Worker) -> list[tuple[str, str, str]]:
    """The controls on screen of which a screen reader could not say what they are."""
    found = []
    for node in worker.controls():
        try:
            if not node.name.strip() or node.role in SAYS_NOTHING:
                found.append((node.identity, node.role, node.name))
        except GoneError:
            continue  # it left the screen while it was being asked
    return found


def test_every_control_of_every_screen_says_what_it_is(worker: Worker) -> None:
    assert unclear(worker) == []
    worker.unlock()
    screens = [node.identity for node in worker.controls() if node.identity.startswith("naar_")]
    assert len(screens) >= 3
    for screen in screens:
        worker.press(screen)
        worker.ear.wait_until(lambda: worker.showing(screen).checked)  # noqa: B023  # waited for here
        assert (screen, unclear(worker)) == (screen, [])
    worker.press("naar_vandaag")
    worker.showing("nu_bellen").ask("Component", "GrabFocus")
    worker.open_first()
    for step in [node.identity for node in worker.controls() if node.identity.startswith("stap_")]:
        if worker.showing(step).has(ENABLED):
            worker.press(step)
            assert (step, unclear(worker)) == (step, [])


def test_row_of_a_list_reads_as_a_sentence(worker: Worker) -> None:
    worker.unlock()
    table = worker.showing("nu_bellen")
    rows = int(table.value("Table", "NRows"))
    assert rows == 7
    first = table.at(0, 0).name
    assert first == "Yıldız, F., afspraak 14:00. Jij beloofde vandaag te bellen. beloofd vandaag"
    for row in range(rows):
        sentence = table.at(row, 0).name
        assert all(table.at(row, column).name in sentence for column in (1, 2))


def test_tab_goes_through_every_control_once_and_comes_round(worker: Worker) -> None:
    worker.unlock()
    worker.open_first()
    expected = {
        node.identity for node in worker.controls() if node.has(ENABLED) and node.role not in PARTS | {"radio button"}
    }
    start = worker.focus().identity
    passed = [start]
    while True:
        before = passed[-1]
        worker.ear.press(TAB)
        worker.ear.wait_until(lambda: worker.focus().identity != before)  # noqa: B023  # waited for here
        now = worker.focus().identity
        if now == start or len(passed) > 60:
            break
        passed.append(now)
    assert len(set(passed)) == len(passed)
    assert expected <= set(passed), expected - set(passed)
    wanted = ["bel", "resultaat_gesproken", "resultaat_geen-gehoor", "notitie", "brief", "inzage"]
    assert [name for name in rotated(passed, "bel") if name in wanted] == wanted


def rotated(names: list[str], first: str) -> list[str]:
    start = names.index(first)
    return names[start:] + names[:start]


def test_call_is_recorded_by_name_alone_and_shows_up_in_the_timeline(worker: Worker) -> None:
    worker.unlock()
    worker.open_first()
    timeline = worker.showing("tijdlijn")
    before = [node.name for node in timeline.walk() if node.role == "list item"]
    worker.press("resultaat_geen-gehoor")

    def told() -> bool:
        now = [node.name for node in worker.showing("tijdlijn").walk() if node.role == "list item"]
        return len(now) == len(before) + 1 and now[0].startswith("Gebeld · geen gehoor.")

    worker.ear.wait_until(told)
    assert "geen gehoor" in worker.showing("meldingtekst").name
