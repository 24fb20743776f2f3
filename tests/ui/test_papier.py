"""Paper in a real window: the letter on screen, printed, saved, for many at once, and who says that it left."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QListView, QPushButton
from pytestqt.qtbot import QtBot

from db.errors import KnownError
from db.model import gebeurtenis as g
from db.model.codes import BrpUitkomst
from db.queries import brieven
from desktop.casework import contact
from desktop.documents import making
from desktop.documents.making import Wens
from desktop.ui.dialogs.brief import LetterDialog
from desktop.ui.dialogs.brieven import BatchDialog
from desktop.ui.dialogs.verzonden import SentDialog
from desktop.ui.printing import chosen_printer, paint
from desktop.ui.screens.werkvoorraad import Werkvoorraad
from desktop.ui.widgets.preview import Preview
from desktop.ui.window import Window
from desktop.ui.workbench import Workbench
from tests.ui.finding import find, focused
from tests.ui.test_dag import ALT, CTRL, Worker, dossier_of, open_zaak


@pytest.fixture
def worker(qtbot: QtBot, window: Window) -> Worker:
    return Worker(qtbot, window)


def shown(worker: Worker) -> LetterDialog:
    """The dialog with a letter on screen."""
    worker.waits(lambda: worker.window.findChild(LetterDialog) is not None)
    dialog = find(worker.window, LetterDialog, "brief_maken")
    worker.waits(find(dialog, QPushButton, "papier_opslaan").isEnabled)
    return dialog


def ink(preview: Preview) -> int:
    """Dark points in the middle of what a preview shows."""
    picture = preview.viewport().grab().toImage()
    middle = picture.rect().adjusted(picture.width() // 4, 0, -picture.width() // 4, 0)
    return sum(
        picture.pixelColor(x, y).lightness() < 128
        for x in range(middle.left(), middle.right())
        for y in range(middle.top(), middle.bottom())
    )


def contents(qtbot: QtBot, workbench: Workbench, zaak: UUID) -> list[object]:
    events = dossier_of(qtbot, workbench, zaak).gebeurtenissen
    return [event.inhoud for event in events if isinstance(event.inhoud, g.BriefGemaakt | g.BriefVerzonden)]


def test_the_letter_is_on_screen_at_one_key_with_the_reason_and_nothing_is_recorded(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    open_zaak(worker, workbench, zaken["poging"], "Bel ")
    worker.press(Qt.Key.Key_P, CTRL)
    dialog = shown(worker)
    assert find(dialog, QComboBox, "brief_soort").currentData() == "eerste-brief"
    assert "Voorstel: Er is gebeld" in find(dialog, QLabel, "brief_waarom").text()
    preview = find(dialog, Preview, "brief_voorbeeld")
    assert preview.page_count == 2, "the letter, and the text of AVG 14 on its reverse"
    assert "Ik wil u graag spreken" in preview.accessibleDescription()
    worker.waits(lambda: preview.drawn)
    worker.waits(lambda: ink(preview) > 1000)
    assert not find(dialog, QLineEdit, "brief_aan").isVisible(), "only what this letter has can be filled in"
    worker.press(Qt.Key.Key_Escape)
    worker.waits(lambda: worker.window.findChild(LetterDialog) is None)
    assert contents(qtbot, workbench, zaken["poging"]) == []


def test_what_is_filled_in_is_drawn_at_once(worker: Worker, workbench: Workbench, zaken: dict[str, UUID]) -> None:
    open_zaak(worker, workbench, zaken["poging"], "Bel ")
    worker.press(Qt.Key.Key_P, CTRL)
    dialog = shown(worker)
    kind = find(dialog, QComboBox, "brief_soort")
    kind.setCurrentIndex(kind.findData("toestemming"))
    worker.waits(lambda: "Vul in aan welke organisatie" in find(dialog, QLabel, "brief_aan_fout").text())
    side = kind.parentWidget()
    assert side is not None
    assert side.width() >= kind.sizeHint().width(), "the longest name stands there whole"
    assert not find(dialog, QPushButton, "papier_opslaan").isEnabled()
    QTest.keyClicks(find(dialog, QLineEdit, "brief_aan"), "het wijkteam")
    worker.waits(lambda: "het wijkteam" in find(dialog, Preview, "brief_voorbeeld").accessibleDescription())
    assert not find(dialog, QLabel, "brief_aan_fout").isVisible()
    dialog.reject()


def test_a_letter_is_verzonden_only_when_the_worker_says_so(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID], tmp_path: Path
) -> None:
    open_zaak(worker, workbench, zaken["poging"], "Bel ")
    worker.press(Qt.Key.Key_P, CTRL)
    shown(worker).handover.save(tmp_path / "brief.pdf")
    worker.sees("meldingtekst", "Is de brief op de post?")
    assert [type(found) for found in contents(qtbot, workbench, zaken["poging"])] == [g.BriefGemaakt]
    with qtbot.waitActive(worker.window):
        worker.window.activateWindow()
    for _ in range(4):
        worker.press(Qt.Key.Key_PageDown, CTRL)
        if any(made.isVisible() for made in worker.window.findChildren(QPushButton, "brief_verzonden")):
            break
    find(worker.window, QPushButton, "brief_verzonden").click()
    worker.waits(lambda: focused().objectName() == "verzonden_lijst")
    assert not find(worker.window, QPushButton, "verzonden_vastleggen").isEnabled(), "nothing is ticked beforehand"
    worker.press(Qt.Key.Key_L, ALT)
    worker.press(Qt.Key.Key_Space)
    worker.press(Qt.Key.Key_L, ALT)
    worker.sees("meldingtekst", "1 brief is de deur uit")
    made, sent = contents(qtbot, workbench, zaken["poging"])
    assert isinstance(made, g.BriefGemaakt)
    assert isinstance(sent, g.BriefVerzonden)
    assert sent.privacytekst


@pytest.mark.skipif(bool(QPrinterInfo.availablePrinterNames()), reason="this computer has a printer")
def test_without_a_printer_saving_is_what_the_window_offers(
    worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    open_zaak(worker, workbench, zaken["poging"], "Bel ")
    worker.press(Qt.Key.Key_P, CTRL)
    dialog = shown(worker)
    printer = find(dialog, QComboBox, "papier_printer")
    worker.waits(lambda: printer.placeholderText() == "Geen printer gevonden")
    assert not find(dialog, QPushButton, "papier_print").isEnabled()
    assert find(dialog, QPushButton, "papier_opslaan").isDefault()
    dialog.reject()


def test_a_printer_that_is_gone_has_a_clear_word() -> None:
    with pytest.raises(KnownError, match="PRINTER_WEG"):
        chosen_printer("een printer die er niet is")


def letter(qtbot: QtBot, workbench: Workbench, zaak: UUID) -> making.Document:
    """A letter as bytes, made on the thread of the vault."""
    found: list[Any] = []
    wens = Wens(zaak=zaak, soort="eerste-brief", event_id=workbench.session.new_id())
    workbench.session.note(workbench, lambda vault: making.make_document(making.prepare(vault, wens)), found.append)
    qtbot.waitUntil(lambda: bool(found))
    document = found[0]
    assert isinstance(document, making.Document)
    return document


def test_every_page_reaches_the_printer_in_its_own_size(
    qtbot: QtBot, workbench: Workbench, zaken: dict[str, UUID], tmp_path: Path
) -> None:
    document = letter(qtbot, workbench, zaken["poging"])
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "papier.pdf"))
    told: list[tuple[int, int]] = []
    printed: list[bool] = []
    workbench.session.draw(
        workbench,
        lambda _: paint(document.pdf, printer, two_sided=True, progress=lambda n, all_: told.append((n, all_))),
        printed.append,
    )
    qtbot.waitUntil(lambda: bool(printed))
    assert told == [(0, 2), (1, 2), (2, 2)]
    paper = QPdfDocument()
    paper.load(str(tmp_path / "papier.pdf"))
    sizes = {(round(paper.pagePointSize(n).width()), round(paper.pagePointSize(n).height())) for n in range(2)}
    assert (paper.pageCount(), sizes) == (2, {(595, 842)})
    assert "poging" not in printer.docName()
    assert printer.docName() == "Voordeur"
    paper.close()


@pytest.mark.qt_log_ignore("Returned false")
def test_a_printer_that_takes_nothing_is_said_to_be_gone(
    qtbot: QtBot, workbench: Workbench, zaken: dict[str, UUID], tmp_path: Path
) -> None:
    document = letter(qtbot, workbench, zaken["poging"])
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "er is geen map" / "papier.pdf"))
    with pytest.raises(KnownError, match="PRINTER_WEG"):
        paint(document.pdf, printer, two_sided=False)


def test_printing_stops_when_asked(qtbot: QtBot, workbench: Workbench, zaken: dict[str, UUID], tmp_path: Path) -> None:
    document = letter(qtbot, workbench, zaken["poging"])
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "papier.pdf"))
    assert not paint(document.pdf, printer, two_sided=False, cancelled=lambda: True)


@pytest.fixture
def batch(qtbot: QtBot, workbench: Workbench, zaken: dict[str, UUID]) -> BatchDialog:
    """Letters asked for three zaken, one of which moved away."""
    done: list[object] = []
    moved, event = zaken["later"], workbench.session.new_id()
    workbench.session.act(
        workbench,
        lambda vault: contact.record_brp(vault, moved, event_id=event, uitkomst=BrpUitkomst.VERHUISD),
        done.append,
    )
    qtbot.waitUntil(lambda: bool(done))
    workbench.on_letters_asked((zaken["poging"], zaken["later"], zaken["aanbod"]))
    dialog = find(workbench, BatchDialog, "brieven_maken_voor_veel")
    qtbot.waitUntil(find(dialog, QPushButton, "stapel_maken").isEnabled)
    return dialog


def lines(dialog: BatchDialog) -> list[str]:
    model = find(dialog, QListView, "stapel_lijst").model()
    return [str(model.data(model.index(row, 0))) for row in range(model.rowCount())]


def test_who_gets_no_letter_stands_there_with_the_reason(batch: BatchDialog) -> None:
    first, moved, spoken = lines(batch)
    assert "Eerste brief. Er is gebeld" in first
    assert "▲ Geen brief. Volgens de BRP is deze inwoner verhuisd." in moved
    assert "Waarom wij u belden. De inwoner is gesproken" in spoken
    assert find(batch, QPushButton, "stapel_maken").text() == "&Maak 2 brieven"
    assert "1 krijgt geen brief" in find(batch, QLabel, "stapel_telling").text()
    batch.reject()


def test_a_pile_is_made_saved_with_its_list_and_confirmed_but_for_one(
    qtbot: QtBot, worker: Worker, workbench: Workbench, batch: BatchDialog, tmp_path: Path
) -> None:
    find(batch, QPushButton, "stapel_maken").click()
    qtbot.waitUntil(find(batch, QLabel, "stapel_klaar").isVisible)
    preview = find(batch, Preview, "stapel_voorbeeld")
    assert preview.page_count == 4
    batch._handover.save(tmp_path / "brieven-2024-05-07.pdf")
    worker.waits(lambda: worker.window.findChild(SentDialog) is not None)
    assert {path.name for path in tmp_path.glob("*.pdf")} == {"brieven-2024-05-07.pdf", "brieven-2024-05-07-lijst.pdf"}
    listed = QPdfDocument()
    listed.load(str(tmp_path / "brieven-2024-05-07-lijst.pdf"))
    text = listed.getAllText(0).text()
    assert "Doe hem bij geen enkele brief" in text
    assert "Geen brief" in text
    listed.close()
    worker.waits(lambda: focused().objectName() == "verzonden_lijst")
    keep, every = (
        find(worker.window, QPushButton, "verzonden_vastleggen"),
        find(worker.window, QCheckBox, "verzonden_allemaal"),
    )
    assert (keep.isEnabled(), every.isChecked()) == (False, False), "nothing is ticked beforehand"
    worker.press(Qt.Key.Key_A, ALT)
    worker.waits(lambda: keep.text() == "&Leg vast: 2 zijn weg")
    worker.press(Qt.Key.Key_A, ALT)
    worker.waits(lambda: not keep.isEnabled())
    worker.press(Qt.Key.Key_A, ALT)
    worker.waits(keep.isEnabled)
    find(worker.window, QListView, "verzonden_lijst").setFocus()
    worker.press(Qt.Key.Key_Space)
    assert (keep.text(), every.isChecked()) == ("&Leg vast: 1 is weg", False)
    worker.press(Qt.Key.Key_L, ALT)
    worker.waits(lambda: worker.window.findChild(SentDialog) is None)
    left: list[Any] = []
    workbench.session.ask(workbench, brieven.unsent, left.append)
    qtbot.waitUntil(lambda: bool(left))
    assert len(left[0]) == 1, "the one that was unticked is still here"


def test_a_pile_that_cannot_be_written_leaves_neither_file_nor_record(
    qtbot: QtBot, workbench: Workbench, zaken: dict[str, UUID], batch: BatchDialog, tmp_path: Path
) -> None:
    find(batch, QPushButton, "stapel_maken").click()
    qtbot.waitUntil(find(batch, QLabel, "stapel_klaar").isVisible)
    taken = tmp_path / "brieven.pdf"
    taken.mkdir()
    (taken / "iets").touch()
    batch._handover.save(taken)
    error = find(batch, QLabel, "papier_fout")
    qtbot.waitUntil(error.isVisible)
    assert "Opslaan op de schijf lukt niet" in error.text()
    assert not (tmp_path / "brieven-lijst.pdf").exists()
    assert contents(qtbot, workbench, zaken["poging"]) == []
    assert find(batch, QPushButton, "papier_opslaan").isEnabled(), "another place can be tried"
    batch.reject()


def test_stopping_goes_back_to_the_choice_and_nothing_was_made(
    qtbot: QtBot, workbench: Workbench, zaken: dict[str, UUID], batch: BatchDialog
) -> None:
    find(batch, QPushButton, "stapel_maken").click()
    find(batch, QPushButton, "stapel_stoppen").click()
    qtbot.waitUntil(find(batch, QListView, "stapel_lijst").isVisible)
    assert contents(qtbot, workbench, zaken["poging"]) == []
    find(batch, QPushButton, "stapel_maken").click()
    qtbot.waitUntil(find(batch, QLabel, "stapel_klaar").isVisible)
    batch.reject()


def test_who_waits_for_the_text_on_privacy_is_a_choice_of_the_work_list(
    qtbot: QtBot, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    workbench.go("uitleg")
    screen = workbench.current
    assert isinstance(screen, Werkvoorraad)
    model = screen.table.model()
    qtbot.waitUntil(lambda: model.rowCount() == len(set(zaken.values())) + 3)
    qtbot.waitUntil(lambda: "uitleg uiterlijk 2 jun" in str(model.data(model.index(0, 3))))
    assert not find(screen, QComboBox, "kies_volgorde").isEnabled()


def test_locking_takes_a_letter_from_the_screen_and_leaves_no_file(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID], tmp_path: Path
) -> None:
    before = set(tmp_path.rglob("*.pdf"))
    open_zaak(worker, workbench, zaken["poging"], "Bel ")
    worker.press(Qt.Key.Key_P, CTRL)
    shown(worker)
    with qtbot.waitSignal(worker.window.locked):
        worker.window.lock("")
    assert worker.window.findChild(LetterDialog) is None
    assert set(tmp_path.rglob("*.pdf")) == before
