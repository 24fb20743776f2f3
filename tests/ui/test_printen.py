"""A real print service: what it takes is recorded, what it refuses is not, and nothing stays behind on the disk."""

from __future__ import annotations

import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from db.errors import KnownError
from db.model import gebeurtenis as g
from desktop.platform import cups
from desktop.ui.dialogs.brief import LetterDialog
from desktop.ui.dialogs.brieven import BatchDialog
from desktop.ui.dialogs.verzonden import SentDialog
from desktop.ui.workbench import Workbench
from tests.ui.finding import find
from tests.ui.test_dag import CTRL, Worker, open_zaak
from tests.ui.test_papier import contents, shown, worker

__all__ = ["worker"]
NAME = "proef"
_CONF = """
Listen {folder}/cups.sock
DefaultAuthType None
MaxJobsPerPrinter {most}
DirtyCleanInterval 0
<Location />
  Allow all
</Location>
<Policy default>
  <Limit All>
    Allow all
  </Limit>
</Policy>
"""
_FILES = """
ServerRoot {folder}/root
RequestRoot {folder}/spool
CacheDir {folder}/root
StateDir {folder}/root
TempDir {folder}/spool/tmp
ErrorLog {folder}/log
AccessLog {folder}/log
PageLog {folder}/log
FileDevice Yes
"""


class Printservice:
    """CUPS with one printer that keeps what it is given; `most` is how many jobs it keeps at once."""

    def __init__(self, folder: Path, most: int) -> None:
        self.folder = folder
        for name in ("root/ppd", "spool/tmp"):
            (folder / name).mkdir(parents=True)
        (folder / "cupsd.conf").write_text(_CONF.format(folder=folder, most=most))
        (folder / "files.conf").write_text(_FILES.format(folder=folder))
        self._process = subprocess.Popen(
            [str(shutil.which("cupsd")), "-f", "-c", str(folder / "cupsd.conf"), "-s", str(folder / "files.conf")],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def answers(self) -> bool:
        if self._process.poll() is not None:
            pytest.skip("no print service can run here")
        with socket.socket(socket.AF_UNIX) as client:
            return client.connect_ex(str(self.folder / "cups.sock")) == 0

    def do(self, *command: str) -> None:
        """Run one of its own commands."""
        subprocess.run(command, check=True, capture_output=True)

    def taken(self) -> list[bytes]:
        """What it was given to print, in that order."""
        return [path.read_bytes() for path in sorted((self.folder / "spool").glob("d0*"))]

    def known(self) -> bytes:
        """What it knows of the jobs beside their content."""
        return b"".join(path.read_bytes() for path in sorted((self.folder / "spool").glob("c0*")))

    def end(self) -> None:
        self._process.terminate()
        self._process.wait(10)


@pytest.fixture
def most() -> int:
    return 10


@pytest.fixture
def service(
    qtbot: QtBot, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, most: int
) -> Iterator[Printservice]:
    if not (cups.SERVES and cups.can_print() and shutil.which("cupsd")):
        pytest.skip("there is no CUPS here")
    found = Printservice(tmp_path_factory.mktemp("cups"), most)
    monkeypatch.setenv("CUPS_SERVER", str(found.folder / "cups.sock"))
    try:
        qtbot.waitUntil(found.answers)
        found.do("lpadmin", "-p", NAME, "-v", f"file://{found.folder}/uit", "-m", "raw")
        found.do("cupsaccept", NAME)  # it takes jobs and keeps them: nothing is printed
        yield found
    finally:
        found.end()


class Letter:
    """A letter on screen, and the printer chosen."""

    def __init__(self, worker: Worker, workbench: Workbench, zaak: UUID) -> None:
        self._worker, self._workbench, self._zaak = worker, workbench, zaak
        open_zaak(worker, workbench, zaak, "Bel ")
        worker.press(Qt.Key.Key_P, CTRL)
        self.dialog = shown(worker)
        worker.waits(find(self.dialog, QPushButton, "papier_print").isEnabled)
        assert find(self.dialog, QComboBox, "papier_printer").currentText() == NAME

    def print(self) -> None:
        find(self.dialog, QPushButton, "papier_print").click()

    def is_printed(self) -> None:
        self._worker.sees("meldingtekst", "Naar printer proef gestuurd.")

    def is_refused(self) -> None:
        self._worker.waits(lambda: "De printer antwoordt niet" in find(self.dialog, QLabel, "papier_fout").text())

    def close(self) -> None:
        self.dialog.reject()
        self._worker.waits(lambda: self._worker.window.findChild(LetterDialog) is None)

    def drawn(self) -> None:
        """Wait for all that the thread that prints had in hand."""
        drawn: list[bool] = []
        self._workbench.session.draw(self._workbench, lambda _: True, drawn.append)
        self._worker.waits(lambda: bool(drawn))

    def recorded(self) -> int:
        return made(self._worker.qtbot, self._workbench, self._zaak)


@pytest.fixture
def letter(service: Printservice, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]) -> Letter:
    assert service.taken() == []
    return Letter(worker, workbench, zaken["poging"])


def made(qtbot: QtBot, workbench: Workbench, zaak: UUID) -> int:
    return sum(isinstance(found, g.BriefGemaakt) for found in contents(qtbot, workbench, zaak))


def test_a_letter_reaches_the_printer_byte_for_byte_and_leaves_nothing_on_the_disk(
    qtbot: QtBot, service: Printservice, letter: Letter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    between = tmp_path / "tijdelijk"
    between.mkdir()
    monkeypatch.setenv("TMPDIR", str(between))
    pdf = letter.dialog.preview.pdf
    letter.print()
    letter.is_printed()
    assert service.taken() == [pdf]
    assert letter.recorded() == 1
    qtbot.waitUntil(lambda: b"Voordeur" in service.known())
    assert b"two-sided-long-edge" in service.known()
    assert "Göçer".encode() not in service.known()
    assert list(between.iterdir()) == []


def test_what_the_printer_refuses_is_not_recorded_and_can_be_printed_again(
    service: Printservice, letter: Letter
) -> None:
    service.do("cupsreject", NAME)
    letter.print()
    letter.is_refused()
    assert letter.recorded() == 0
    service.do("cupsaccept", NAME)
    letter.print()
    letter.is_printed()
    assert (letter.recorded(), len(service.taken())) == (1, 1)


def test_a_print_service_that_is_gone_has_a_clear_word(service: Printservice, letter: Letter) -> None:
    service.end()
    letter.print()
    letter.is_refused()
    assert letter.recorded() == 0
    with pytest.raises(KnownError, match="PRINTER_WEG"):
        cups.hand_over(b"", NAME, two_sided=False)


def test_what_came_out_is_recorded_even_when_the_window_was_closed_meanwhile(
    qtbot: QtBot, service: Printservice, letter: Letter
) -> None:
    letter.print()
    letter.close()
    letter.drawn()
    qtbot.waitUntil(lambda: letter.recorded() == len(service.taken()))


def pile(qtbot: QtBot, workbench: Workbench, zaken: dict[str, UUID]) -> BatchDialog:
    workbench.on_letters_asked((zaken["poging"], zaken["aanbod"]))
    found = find(workbench, BatchDialog, "brieven_maken_voor_veel")
    qtbot.waitUntil(find(found, QPushButton, "stapel_maken").isEnabled)
    find(found, QPushButton, "stapel_maken").click()
    qtbot.waitUntil(find(found, QLabel, "stapel_klaar").isVisible)
    qtbot.waitUntil(find(found, QPushButton, "papier_print").isEnabled)
    find(found, QPushButton, "papier_print").click()
    return found


def test_a_pile_is_printed_with_its_list_behind_it(
    qtbot: QtBot, service: Printservice, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    pile(qtbot, workbench, zaken)
    worker.sees("meldingtekst", "Naar printer proef gestuurd.")
    worker.waits(lambda: worker.window.findChild(SentDialog) is not None)
    assert len(service.taken()) == 2
    qtbot.waitUntil(lambda: b"two-sided-long-edge" in service.known())
    assert b"one-sided" in service.known()
    assert [made(qtbot, workbench, zaken[name]) for name in ("poging", "aanbod")] == [1, 1]


@pytest.mark.parametrize("most", [1])
def test_letters_that_came_out_are_recorded_though_their_list_did_not(
    qtbot: QtBot, service: Printservice, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    pile(qtbot, workbench, zaken)
    worker.sees("meldingtekst", "De lijst kwam niet mee")
    assert len(service.taken()) == 1
    assert [made(qtbot, workbench, zaken[name]) for name in ("poging", "aanbod")] == [1, 1]
