"""The situation and the hidden address: filled in with the keyboard, kept while typed, shown only with a reason."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit, QLabel, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from db.model import gebeurtenis as g
from db.model.codes import Dagdelen, Huisgenoot, Vertegenwoordiging, Woonsituatie
from db.model.situatie import Veiligheidsgrens
from desktop.ui.dialogs.adres import AddressCheckDialog, RevealDialog
from desktop.ui.screens.zaak import Zaak
from desktop.ui.window import Window
from desktop.ui.workbench import Workbench
from tests.ui.finding import find, focused
from tests.ui.seeding import PASSPHRASE
from tests.ui.test_bellen import situate
from tests.ui.test_dag import ALT, CTRL, Worker, dossier_of, open_zaak

KEY = Qt.Key


@pytest.fixture
def worker(qtbot: QtBot, window: Window) -> Worker:
    return Worker(qtbot, window)


def open_situation(worker: Worker, workbench: Workbench, zaak: UUID) -> None:
    open_zaak(worker, workbench, zaak, "Bel ")
    find(worker.window, QPushButton, "situatie").click()
    worker.sees("actie", "Situatie van ")


def tick(worker: Worker, name: str) -> None:
    worker.tab_to(name)
    worker.press(KEY.Key_Space)


def test_the_situation_is_filled_in_with_the_keyboard_alone(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    open_situation(worker, workbench, zaken["vers"])
    assert focused().objectName() == "woonsituatie"
    worker.type("in")
    worker.tab_to("instelling")
    worker.type("De Linde")
    tick(worker, "huishouden_partner")
    tick(worker, "vertegenwoordiger_toevoegen")
    worker.waits(lambda: focused().objectName() == "vertegenwoordiger_1_hoedanigheid")
    worker.type("bewind")
    worker.tab_to("vertegenwoordiger_1_naam")
    worker.type("P. de Boer")
    worker.tab_to("vertegenwoordiger_1_telefoon")
    worker.type("050-5550177")
    worker.tab_to("vertegenwoordiger_1_adres")
    worker.type("Postbus 1, 9700 AA Groningen")
    tick(worker, "vertegenwoordiger_1_post")
    tick(worker, "bellen_week_ochtend")
    tick(worker, "neemt_op_partner")
    tick(worker, "voicemail_mag")
    worker.tab_to("ander_nummer")
    worker.type("050-5550188")
    tick(worker, "tolk")
    worker.tab_to("tolktaal")
    worker.type("Tigrinya")
    tick(worker, "niet_alleen")
    worker.tab_to("niet_alleen_reden")
    worker.type("Hond.")
    worker.tab_to("wensen")
    worker.type("Bel lang aan.")
    worker.press(KEY.Key_S, ALT)
    worker.sees("meldingtekst", "Situatie opgeslagen")
    worker.sees("actie", "Bel ")
    found = dossier_of(qtbot, workbench, zaken["vers"]).situatie
    (acting,) = found.vertegenwoordigers
    assert (found.woonsituatie, found.instelling) == (Woonsituatie.INSTELLING, "De Linde")
    assert found.huishouden == found.veilig_contact.neemt_op == (Huisgenoot.PARTNER,)
    assert (acting.hoedanigheid, acting.naam) == (Vertegenwoordiging.BEWINDVOERDER, "P. de Boer")
    assert (acting.adres, acting.post) == ("Postbus 1\n9700 AA Groningen", True)
    assert found.veilig_contact.wanneer is Dagdelen.WEEK_OCHTEND
    assert not found.veilig_contact.voicemail
    assert (found.tolk, found.tolktaal, found.wensen) == (True, "Tigrinya", "Bel lang aan.")
    assert found.niet_alleen == Veiligheidsgrens(reden="Hond.", herzien_op=date(2024, 8, 7)), "three months on"
    worker.sees("telefoonnummer", "050 – 555 01 88")


def test_a_half_typed_situation_is_back_after_locking(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    open_situation(worker, workbench, zaken["vers"])
    worker.tab_to("wensen")
    worker.type("Praat langzaam")
    with qtbot.waitSignal(worker.window.locked, timeout=2000):
        worker.window.lock("")
    worker.window.unlock(PASSPHRASE)
    with qtbot.waitSignal(worker.window.unlocked):
        pass
    assert worker.window.workbench is not None
    open_situation(worker, worker.window.workbench, zaken["vers"])
    worker.waits(lambda: find(worker.window, QPlainTextEdit, "wensen").toPlainText() == "Praat langzaam")
    worker.press(KEY.Key_S, ALT)
    worker.sees("meldingtekst", "Situatie opgeslagen")
    open_situation(worker, worker.window.workbench, zaken["vers"])
    assert dossier_of(qtbot, worker.window.workbench, zaken["vers"]).situatie.wensen == "Praat langzaam"


def test_a_limit_without_a_reason_is_refused_beside_the_form(
    worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    open_situation(worker, workbench, zaken["vers"])
    tick(worker, "niet_bezoeken")
    worker.press(KEY.Key_S, ALT)
    worker.sees("formulierfout", "reden")
    find(worker.window, QLineEdit, "niet_bezoeken_reden").setText("Vroeg erom.")
    worker.press(KEY.Key_S, ALT)
    worker.sees("", "▲ Niet langsgaan")


def test_a_limit_whose_day_has_come_asks_to_be_looked_at(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    limit = Veiligheidsgrens(reden="Hond.", herzien_op=date(2024, 5, 7))
    situate(qtbot, workbench, zaken["vers"], niet_alleen=limit)
    open_situation(worker, workbench, zaken["vers"])
    worker.sees("", "Kijk dit na: geldt het nog?")
    worker.sees("niet_alleen_nakijken", "Kijk dit na")
    assert find(worker.window, QDateEdit, "niet_alleen_herzien").date() == QDate(2024, 5, 7)


def test_nothing_changed_is_nothing_recorded_and_the_form_goes(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    situate(qtbot, workbench, zaken["vers"], tolk=True)
    open_situation(worker, workbench, zaken["vers"])
    before = len(dossier_of(qtbot, workbench, zaken["vers"]).logboek)
    worker.press(KEY.Key_S, ALT)
    worker.sees("actie", "Bel ")
    assert len(dossier_of(qtbot, workbench, zaken["vers"]).logboek) == before


def test_a_representative_who_is_taken_away_is_gone(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    open_situation(worker, workbench, zaken["vers"])
    for number, name in enumerate(("P. de Boer", "S. Haan"), start=1):
        find(worker.window, QPushButton, "vertegenwoordiger_toevoegen").click()
        find(worker.window, QLineEdit, f"vertegenwoordiger_{number}_naam").setText(name)
    find(worker.window, QPushButton, "vertegenwoordiger_1_weghalen").click()
    worker.press(KEY.Key_S, ALT)
    worker.sees("meldingtekst", "Situatie opgeslagen")
    found = dossier_of(qtbot, workbench, zaken["vers"]).situatie.vertegenwoordigers
    assert [acting.naam for acting in found] == ["S. Haan"]


# --- the hidden address -------------------------------------------------------------------------------------


def addresses(worker: Worker) -> list[str]:
    return [made.text() for made in worker.window.findChildren(QLabel, "adres") if made.isVisible()]


def reveals(qtbot: QtBot, workbench: Workbench, zaak: UUID) -> list[str]:
    found = dossier_of(qtbot, workbench, zaak).logboek
    return [event.inhoud.reden for event in found if isinstance(event.inhoud, g.AdresGetoond)]


def test_a_hidden_address_is_shown_after_a_recorded_reason_and_hidden_again_on_leaving(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    zaak = zaken["vers"]
    situate(qtbot, workbench, zaak, afgeschermd=True)
    open_zaak(worker, workbench, zaak, "Bel ")
    worker.sees("", "Afgeschermd adres")
    assert addresses(worker) == []
    find(worker.window, QPushButton, "adres_tonen").click()
    dialog = find(worker.window, RevealDialog, "adres_tonen_dialoog")
    worker.waits(dialog.isVisible)
    dialog.on_accepted()
    worker.waits(lambda: find(dialog, QLabel, "adresfout").isVisible())
    assert addresses(worker) == []
    find(dialog, QLineEdit, "adres_reden").setText("De post kwam terug.")
    dialog.on_accepted()
    worker.waits(lambda: addresses(worker))
    assert reveals(qtbot, workbench, zaak) == ["De post kwam terug."]
    worker.press(KEY.Key_1, CTRL)
    open_zaak(worker, workbench, zaak, "Bel ")
    assert addresses(worker) == []


def test_no_letter_until_a_colleague_checked_the_hidden_address(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    zaak = zaken["vers"]
    situate(qtbot, workbench, zaak, afgeschermd=True)
    open_zaak(worker, workbench, zaak, "Bel ")
    worker.sees("", "Geen bezoek, kaartje of brief")
    worker.press(KEY.Key_P, CTRL)
    worker.sees("meldingtekst", "adres van deze inwoner is geheim")
    find(worker.window, QPushButton, "adres_nagekeken").click()
    dialog = find(worker.window, AddressCheckDialog, "adres_nagekeken_dialoog")
    find(dialog, QLineEdit, "adres_collega").setText("F. Yıldız")
    dialog.on_accepted()
    worker.waits(lambda: "bezoek en post mogen" in find(dialog, QLabel, "adresfout").text())
    find(dialog, QPushButton, "adres_vastleggen").click()
    dialog._safe.setChecked(True)
    dialog.on_accepted()
    worker.waits(lambda: "Een collega moet dit nakijken" in find(dialog, QLabel, "adresfout").text())
    find(dialog, QLineEdit, "adres_collega").setText("T. Visser")
    dialog.on_accepted()
    worker.sees("", "nagekeken door collega")
    assert not dossier_of(qtbot, workbench, zaak).stand.adres_geblokkeerd
    assert addresses(worker) == [], "it stays behind the reveal"


def test_names_of_two_hundred_characters_and_from_right_to_left_fit(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    from db.model.situatie import Vertegenwoordiger
    from tests.ui.checks import cut_off

    long, rtl = "Wolfeschlegelsteinhausenbergerdorff & Zoon " * 5, "محمد بن عبد الله"
    acting = tuple(
        Vertegenwoordiger(hoedanigheid=kind, naam=name, telefoonnummer="050-5550177")
        for kind, name in ((Vertegenwoordiging.BEWINDVOERDER, long), (Vertegenwoordiging.GEMACHTIGDE, rtl))
    )
    situate(qtbot, workbench, zaken["vers"], vertegenwoordigers=acting, wensen=long, instelling=long)
    for width, height in ((1366, 728), (1093, 582)):
        worker.window.resize(width, height)
        open_zaak(worker, workbench, zaken["vers"], "Bel ")
        worker.press(KEY.Key_1)
        qtbot.waitUntil(lambda: not cut_off(workbench))
        screen = workbench.current
        assert isinstance(screen, Zaak)
        screen.show_form("situatie")
        qtbot.waitUntil(lambda: not cut_off(workbench))
        find(screen, QComboBox, "woonsituatie").setCurrentIndex(3)
        find(screen, QCheckBox, "niet_bezoeken").setChecked(True)
        qtbot.waitUntil(lambda: not cut_off(workbench))
