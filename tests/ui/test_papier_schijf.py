"""Paper that cannot be saved: a clear word, what stood there is whole, and the log tells of nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from db.model import gebeurtenis as g
from desktop.ui.dialogs.brieven import BatchDialog
from desktop.ui.widgets.handover import Handover
from desktop.ui.widgets.preview import Preview
from desktop.ui.workbench import Workbench
from tests import disks
from tests.ui.finding import find
from tests.ui.test_dag import CTRL, Worker, dossier_of, open_zaak
from tests.ui.test_papier import shown, worker
from tests.ui.test_vastleggen import ask_inzage

__all__ = ["worker"]
OLD = b"what the worker saved before"


@dataclass(frozen=True)
class Paper:
    """Paper on screen that is ready to be saved; `files` is how many that makes."""

    worker: Worker
    workbench: Workbench
    zaak: UUID
    dialog: QDialog
    files: int
    naam = "papier.pdf"

    @property
    def size(self) -> int:
        return len(self.dialog.findChildren(Preview)[0].pdf)

    def save(self, path: Path) -> None:
        self.dialog.findChildren(Handover)[0].save(path)

    def is_refused(self, words: str) -> None:
        self.worker.waits(lambda: words in find(self.dialog, QLabel, "papier_fout").text())
        assert find(self.dialog, QPushButton, "papier_opslaan").isEnabled(), "another place can be tried"

    def told(self) -> int:
        """How often the log says that paper was made or given."""
        events = dossier_of(self.worker.qtbot, self.workbench, self.zaak).gebeurtenissen
        return sum(isinstance(event.inhoud, g.BriefGemaakt | g.InzageVerstrekt) for event in events)


def letter(worker: Worker, workbench: Workbench, zaak: UUID, _: UUID) -> Paper:
    open_zaak(worker, workbench, zaak, "Bel ")
    worker.press(Qt.Key.Key_P, CTRL)
    return Paper(worker, workbench, zaak, shown(worker), 1)


def pile(worker: Worker, workbench: Workbench, zaak: UUID, other: UUID) -> Paper:
    workbench.on_letters_asked((zaak, other))
    dialog = find(workbench, BatchDialog, "brieven_maken_voor_veel")
    worker.waits(find(dialog, QPushButton, "stapel_maken").isEnabled)
    find(dialog, QPushButton, "stapel_maken").click()
    worker.waits(find(dialog, QLabel, "stapel_klaar").isVisible)
    return Paper(worker, workbench, zaak, dialog, 2)


def inzage(worker: Worker, workbench: Workbench, zaak: UUID, _: UUID) -> Paper:
    dialog = ask_inzage(worker, workbench, zaak)
    find(dialog, QComboBox, "identiteit").setCurrentIndex(0)
    find(dialog, QPushButton, "inzage_tonen").click()
    worker.waits(find(dialog, QPushButton, "papier_opslaan").isEnabled)
    return Paper(worker, workbench, zaak, dialog, 2)


@pytest.fixture(params=[letter, pile, inzage])
def paper(request: pytest.FixtureRequest, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]) -> Paper:
    made = request.param(worker, workbench, zaken["poging"], zaken["aanbod"])
    assert isinstance(made, Paper)
    return made


@dataclass(frozen=True)
class Place:
    """A folder, and a while in which there is no more room than so many bytes."""

    folder: Path
    room: Callable[[int], AbstractContextManager[None]]


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@contextmanager
def ballast(folder: Path, left: int) -> Iterator[None]:
    """All of a small disk filled, but for the pages that so many bytes take."""
    disk, heavy = os.statvfs(folder), folder / "ballast"
    heavy.write_bytes(bytes((disk.f_bavail - -(-left // disk.f_frsize)) * disk.f_frsize))
    yield
    heavy.unlink()


@pytest.fixture(params=["disk", "limit"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    folder = tmp_path / "uit"
    if request.param == "limit":
        folder.mkdir()
        yield Place(folder, disks.limited)
        return
    with disks.small_disk(folder):
        yield Place(folder, lambda left: ballast(folder, left))


def test_on_a_full_disk_nothing_is_written_lost_or_recorded_and_later_it_is(paper: Paper, place: Place) -> None:
    path = place.folder / paper.naam
    path.write_bytes(OLD)
    with place.room(paper.size // 2):
        paper.save(path)
        paper.is_refused("De schijf is vol; er is niets opgeslagen.")
    assert files(place.folder) == {paper.naam: OLD}
    assert paper.told() == 0
    paper.save(path)
    paper.worker.sees("meldingtekst", f"Opgeslagen: {paper.naam}")
    assert path.read_bytes().startswith(b"%PDF")
    assert (paper.told(), len(files(place.folder))) == (1, paper.files)


@pytest.mark.parametrize("paper", [pile, inzage], indirect=True)
@pytest.mark.parametrize("place", ["disk"], indirect=True)
def test_where_only_the_first_of_two_files_has_room_neither_is_written(paper: Paper, place: Place) -> None:
    with place.room(paper.size):
        paper.save(place.folder / paper.naam)
        paper.is_refused("De schijf is vol; er is niets opgeslagen.")
    assert files(place.folder) == {}
    assert paper.told() == 0
    paper.dialog.reject()


def test_what_is_open_elsewhere_or_may_not_be_written_is_said_and_changes_nothing(paper: Paper, tmp_path: Path) -> None:
    held, other, closed = tmp_path / "uit" / paper.naam, tmp_path / "inhoud", tmp_path / "dicht"
    for folder in (held.parent, closed):
        folder.mkdir()
    for path in (held, other):
        path.write_bytes(OLD)
    with disks.mounted(held, "--bind", str(other)):
        paper.save(held)
        paper.is_refused("nog open in een ander programma")
    assert files(held.parent) == {paper.naam: OLD}
    with disks.mounted(closed, "-t", "tmpfs", "-o", "ro", "tmpfs"):
        paper.save(closed / paper.naam)
        paper.is_refused("mag in deze map niet schrijven")
        assert files(closed) == {}
    assert paper.told() == 0
    paper.dialog.reject()


def test_what_cannot_be_recorded_is_taken_back_and_what_stood_there_is_whole(
    qtbot: QtBot, paper: Paper, tmp_path: Path
) -> None:
    path = tmp_path / "uit" / paper.naam
    path.parent.mkdir()
    path.write_bytes(OLD)
    done: list[object] = []
    session = paper.workbench.session
    session.note(paper.workbench, lambda vault: vault.connection.execute("PRAGMA query_only = ON"), done.append)
    qtbot.waitUntil(lambda: bool(done))
    paper.save(path)
    paper.is_refused("Het vastleggen is niet gelukt")
    assert files(path.parent) == {paper.naam: OLD}
    assert paper.told() == 0
    paper.dialog.reject()
