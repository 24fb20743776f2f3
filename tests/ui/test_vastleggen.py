"""What is recorded beside calls: checks, letters, inzages and refusals, each through its own form or dialog."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from db.model import gebeurtenis as g
from db.model.codes import Bekendheid, BrpUitkomst, Eindresultaat, Identiteitsbewijs, Weigergrond
from desktop.ui.dialogs.brief import LetterDialog
from desktop.ui.dialogs.inzage import AccessDialog
from desktop.ui.dialogs.weigeren import RefuseDialog
from desktop.ui.screens.signalen import Signalen
from desktop.ui.screens.zaak import Zaak
from desktop.ui.widgets.table import ZaakTable
from desktop.ui.window import Window
from desktop.ui.workbench import Workbench
from tests.ui.finding import find
from tests.ui.test_dag import ALT, CTRL, Worker, dossier_of, open_zaak


@pytest.fixture
def worker(qtbot: QtBot, window: Window) -> Worker:
    return Worker(qtbot, window)


def test_a_brp_check_steers_the_next_step(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    open_zaak(worker, workbench, zaken["vers"], "Bel ")
    worker.press(Qt.Key.Key_P, ALT)
    worker.sees("actie", "BRP-controle")
    worker.press(Qt.Key.Key_2)
    worker.sees("actie", "Sluit de zaak af")
    assert dossier_of(qtbot, workbench, zaken["vers"]).stand.brp is BrpUitkomst.VERHUISD
    assert find(worker.window, QPushButton, "stap_afsluiten").isEnabled()
    assert worker.window.findChild(QPushButton, f"eindresultaat_{Eindresultaat.GEEN_CONTACT.name}") is None


def test_whether_somebody_was_known_is_recorded_with_who_said_so(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    open_zaak(worker, workbench, zaken["vers"], "Bel ")
    find(worker.window, QPushButton, "bekendheid").click()
    worker.sees("actie", "Eerder bekend?")
    known = find(worker.window, QComboBox, "bekend_schuldhulp")
    known.setCurrentIndex(known.findData(Bekendheid.NEE.value))
    worker.press(Qt.Key.Key_K, ALT)
    worker.sees("formulierfout", "bevestig")
    find(worker.window, QLineEdit, "volgens").setText("lijst van 1 mei")
    worker.press(Qt.Key.Key_K, ALT)
    worker.sees("", "Niet bekend bij schuldhulp.")
    assert dossier_of(qtbot, workbench, zaken["vers"]).stand.schuldhulp is Bekendheid.NEE


def test_a_zaak_that_cannot_be_opened_says_so_shows_nobody_and_opens_when_it_can(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    def make_log(*, writable: bool) -> None:
        done: list[object] = []
        sql = f"PRAGMA query_only = {'OFF' if writable else 'ON'}"
        workbench.session.note(workbench, lambda vault: vault.connection.execute(sql), done.append)
        qtbot.waitUntil(lambda: bool(done))

    make_log(writable=False)
    workbench.open_zaak(zaken["vers"])
    worker.sees("meldingtekst", "Het vastleggen is niet gelukt")
    screen = workbench.current
    assert isinstance(screen, Zaak)
    worker.waits(screen.updatesEnabled)
    assert screen.findChild(QLabel, "inwoner_naam") is None, "nobody is shown whom the log does not know to be seen"
    make_log(writable=True)
    open_zaak(worker, workbench, zaken["vers"], "Bel ")


def test_a_letter_is_made_once_and_lands_in_the_timeline(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID], tmp_path: Path
) -> None:
    open_zaak(worker, workbench, zaken["poging"], "Bel ")
    worker.press(Qt.Key.Key_P, CTRL)
    worker.waits(lambda: worker.window.findChild(LetterDialog) is not None)
    dialog = find(worker.window, LetterDialog, "brief_maken")
    worker.waits(find(dialog, QPushButton, "papier_opslaan").isEnabled)
    path = tmp_path / "brief.pdf"
    dialog.handover.save(path)
    dialog.handover.save(path)
    worker.sees("meldingtekst", "Opgeslagen: brief.pdf")
    assert path.read_bytes().startswith(b"%PDF")
    letters = [
        event
        for event in dossier_of(qtbot, workbench, zaken["poging"]).gebeurtenissen
        if isinstance(event.inhoud, g.BriefGemaakt)
    ]
    assert len(letters) == 1


def test_a_letter_that_cannot_be_written_says_so_and_is_not_recorded(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID], tmp_path: Path
) -> None:
    open_zaak(worker, workbench, zaken["poging"], "Bel ")
    worker.press(Qt.Key.Key_P, CTRL)
    worker.waits(lambda: worker.window.findChild(LetterDialog) is not None)
    dialog = find(worker.window, LetterDialog, "brief_maken")
    worker.waits(find(dialog, QPushButton, "papier_opslaan").isEnabled)
    dialog.handover.save(tmp_path / "bestaat niet" / "brief.pdf")
    worker.waits(lambda: find(dialog, QLabel, "papier_fout").isVisible())
    assert find(dialog, QPushButton, "papier_opslaan").isEnabled()
    contents = [event.inhoud for event in dossier_of(qtbot, workbench, zaken["poging"]).gebeurtenissen]
    assert not [inhoud for inhoud in contents if isinstance(inhoud, g.BriefGemaakt)]
    dialog.reject()


def ask_inzage(worker: Worker, workbench: Workbench, zaak: UUID) -> AccessDialog:
    open_zaak(worker, workbench, zaak, "Bel ")
    worker.press(Qt.Key.Key_Z, ALT)
    worker.waits(lambda: worker.window.findChild(AccessDialog) is not None)
    return find(worker.window, AccessDialog, "inzage_geven")


def test_an_inzage_is_shown_after_an_identity_check_and_given_as_paper_and_file(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID], tmp_path: Path
) -> None:
    dialog = ask_inzage(worker, workbench, zaken["poging"])
    show, save = find(dialog, QPushButton, "inzage_tonen"), find(dialog, QPushButton, "papier_opslaan")
    show.click()
    worker.waits(lambda: find(dialog, QLabel, "papier_fout").isVisible())
    assert dialog.preview.page_count == 0
    find(dialog, QComboBox, "identiteit").setCurrentIndex(1)
    show.click()
    worker.waits(save.isEnabled)
    assert dialog.preview.page_count > 2
    find(dialog, QPlainTextEdit, "inzage_weglaten").setPlainText("geen gehoor\n")
    assert not save.isEnabled()  # what is shown is not what would leave
    show.click()
    worker.waits(save.isEnabled)
    assert "Weggelaten op één plaats" in find(dialog, QLabel, "inzage_stand").text()
    (tmp_path / "overzicht.json").write_text("van iets anders")
    dialog.handover.save(tmp_path / "overzicht.pdf")
    worker.sees("meldingtekst", "Inzage gegeven. Opgeslagen: overzicht.pdf")
    assert (tmp_path / "overzicht.json").read_text() == "van iets anders"
    assert "geen gehoor" not in next(tmp_path.glob("inzage-I-*.json")).read_text("utf-8")
    assert (tmp_path / "overzicht.pdf").read_bytes().startswith(b"%PDF")
    told = [event.inhoud for event in dossier_of(qtbot, workbench, zaken["poging"]).gebeurtenissen]
    assert [inhoud for inhoud in told if isinstance(inhoud, g.IdentiteitGecontroleerd)] == [
        g.IdentiteitGecontroleerd(identiteit=Identiteitsbewijs.ID_KAART)
    ]
    given = [inhoud.identiteit for inhoud in told if isinstance(inhoud, g.InzageVerstrekt)]
    assert given == [Identiteitsbewijs.ID_KAART]


def test_an_inzage_that_was_only_looked_at_was_not_given(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    dialog = ask_inzage(worker, workbench, zaken["poging"])
    find(dialog, QComboBox, "identiteit").setCurrentIndex(0)
    find(dialog, QPlainTextEdit, "inzage_weglaten").setPlainText("Staat nergens zo")
    find(dialog, QPushButton, "inzage_tonen").click()
    worker.waits(lambda: "regel 1" in find(dialog, QLabel, "papier_fout").text())
    assert not find(dialog, QPushButton, "papier_opslaan").isEnabled()
    dialog.reject()
    told = [event.inhoud for event in dossier_of(qtbot, workbench, zaken["poging"]).gebeurtenissen]
    assert any(isinstance(inhoud, g.IdentiteitGecontroleerd) for inhoud in told)
    assert not any(isinstance(inhoud, g.InzageVerstrekt) for inhoud in told)


def test_a_signal_is_refused_with_a_ground_that_stays_here(worker: Worker, workbench: Workbench) -> None:
    workbench.go("signalen")
    table = find(worker.window, ZaakTable, "nieuwe_signalen")
    worker.waits(lambda: table.model().rowCount() == 4)
    screen = workbench.current
    assert isinstance(screen, Signalen)
    screen.on_refuse()
    worker.waits(lambda: worker.window.findChild(RefuseDialog) is not None)
    dialog = find(worker.window, RefuseDialog, "signaal_weigeren")
    ground = find(dialog, QComboBox, "weigergrond")
    assert ground.currentData() is None  # what goes to the CAK is chosen, never left standing
    assert not find(dialog, QPushButton, "weiger").isEnabled()
    dialog.on_accepted()
    assert not find(dialog, QLabel, "weigerfout").isVisible()
    ground.setCurrentIndex(ground.findData(Weigergrond.ONTERECHT.value))
    dialog.on_accepted()
    worker.waits(lambda: find(dialog, QLabel, "weigerfout").isVisible())  # this one asks for a note
    ground.setCurrentIndex(ground.findData(Weigergrond.GEEN_CAPACITEIT.value))
    dialog.on_accepted()
    worker.sees("meldingtekst", "Signaal geweigerd")
    worker.waits(lambda: table.model().rowCount() == 3)


def test_the_timeline_is_a_tab_on_a_narrow_window(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    worker.window.resize(1093, 582)
    open_zaak(worker, workbench, zaken["poging"], "Bel ")
    zaak = workbench.current
    assert isinstance(zaak, Zaak)
    qtbot.waitUntil(lambda: zaak._tabs.isTabVisible(1))
    assert not zaak._timeline.isVisible()
    worker.press(Qt.Key.Key_T, CTRL)
    qtbot.waitUntil(zaak._timeline.isVisible)
    worker.window.resize(1366, 728)
    qtbot.waitUntil(lambda: not zaak._tabs.isTabVisible(1) and zaak._timeline.isVisible())
