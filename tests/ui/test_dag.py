"""A case from the first call to closing with the keyboard alone, as a worker does it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from db.model import gebeurtenis as g
from db.model.codes import Antwoord, Belresultaat, Contactsoort, Eindresultaat, Gesprekspartner, Richting, Stap
from db.queries.dossier import Dossier, load
from desktop.ui import texts
from desktop.ui.models.rows import Role
from desktop.ui.screens.vandaag import Vandaag
from desktop.ui.screens.zaak import Zaak
from desktop.ui.widgets.table import ZaakTable
from desktop.ui.window import Window
from desktop.ui.workbench import Workbench
from tests.ui.finding import find, focused
from tests.ui.seeding import PASSPHRASE

CTRL, ALT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.NoModifier,
)


class Worker:
    """Presses keys, and looks whether what should be on screen is there."""

    def __init__(self, qtbot: QtBot, window: Window) -> None:
        self.qtbot, self.window = qtbot, window

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def type(self, text: str) -> None:
        QTest.keyClicks(focused(), text)

    def tab_to(self, name: str) -> None:
        for _ in range(60):
            if focused().objectName() == name:
                return
            self.press(Qt.Key.Key_Tab)
        pytest.fail(f"Tab never reaches {name}")

    def sees(self, name: str, text: str) -> None:
        def there() -> bool:
            return any(text in made.text() and made.isVisible() for made in self.window.findChildren(QLabel, name))

        self.qtbot.waitUntil(there)

    def waits(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()))


@pytest.fixture
def worker(qtbot: QtBot, window: Window) -> Worker:
    return Worker(qtbot, window)


def dossier_of(qtbot: QtBot, workbench: Workbench, zaak: UUID) -> Dossier:
    found: list[Any] = []
    workbench.session.ask(workbench, lambda connection: load(connection, zaak), found.append)
    qtbot.waitUntil(lambda: bool(found))
    assert isinstance(found[0], Dossier)
    return found[0]


def open_zaak(worker: Worker, workbench: Workbench, zaak: UUID, title: str) -> None:
    workbench.open_zaak(zaak)
    worker.sees("actie", title)
    worker.waits(lambda: isinstance(workbench.current, Zaak) and workbench.current.filled)


def test_a_case_goes_from_the_first_call_to_closing_on_the_keyboard_alone(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    zaak = zaken["nieuw"]
    # find the resident while typing, and open the zaak
    worker.press(Qt.Key.Key_K, CTRL)
    worker.type("meer")
    worker.waits(lambda: find(worker.window, QWidget, "gevonden").isVisible())
    worker.press(Qt.Key.Key_Return)
    worker.sees("actie", "Bel A.B. van der Meer")
    # nobody answers; a note goes along
    worker.press(Qt.Key.Key_N, ALT)
    worker.type("Bel na vijven")
    worker.press(Qt.Key.Key_Escape)
    worker.press(Qt.Key.Key_2)
    worker.sees("meldingtekst", "geen gehoor")
    worker.sees("waarom", "Poging 2 van 3")
    # next attempt: the resident is there
    worker.press(Qt.Key.Key_1)
    worker.press(Qt.Key.Key_1)
    worker.sees("actie", "Bied A.B. van der Meer hulp aan")
    # help is accepted
    worker.press(Qt.Key.Key_1)
    worker.sees("actie", "Voer het eerste gesprek")
    worker.press(Qt.Key.Key_1)
    worker.sees("actie", "Maak het plan van aanpak")
    # the plan: one agreement beside the debt that stands there already
    worker.tab_to("afspraak_1_0")
    worker.type("Inwoner")
    worker.press(Qt.Key.Key_Tab)
    worker.type("belt het CAK")
    worker.press(Qt.Key.Key_Tab)
    worker.type("31-05-2024")
    worker.press(Qt.Key.Key_S, ALT)
    worker.sees("actie", "Sluit de zaak af")
    # closing, with what the CAK will be told in sight
    for _ in range(3):  # there was contact, help came, and the arrear is solved
        worker.press(Qt.Key.Key_1)
    worker.sees("naar_het_cak", "AFGEROND")
    worker.press(Qt.Key.Key_K, ALT)
    worker.sees("actie", "Deze zaak is afgesloten")

    dossier = dossier_of(qtbot, workbench, zaak)
    assert dossier.stand.eindresultaat is Eindresultaat.ADVIES_QUICK_FIX
    contents = [event.inhoud for event in dossier.gebeurtenissen]
    first, second = (inhoud for inhoud in contents if isinstance(inhoud, g.ContactpogingGedaan))
    assert (first.resultaat, first.notitie) == (Belresultaat.GEEN_GEHOOR, "Bel na vijven")
    assert (second.bereikt, second.gesproken_met, second.notitie) == (True, Gesprekspartner.INWONER, "")
    (offer,) = (inhoud for inhoud in contents if isinstance(inhoud, g.HulpaanbodGedaan))
    assert offer.antwoord is Antwoord.AANVAARD
    (plan,) = (inhoud for inhoud in contents if isinstance(inhoud, g.PlanVanAanpakOpgesteld))
    assert plan.plan.totaal == 123_60
    assert plan.plan.afspraken[0].wat == "belt het CAK"
    assert len(dossier.berichten) == 1
    assert contents.count(g.DossierIngezien(scherm="Zaak")) == 1


def test_the_call_list_puts_promises_first_and_enter_opens_a_zaak(worker: Worker, workbench: Workbench) -> None:
    table = find(worker.window, ZaakTable, "nu_bellen")
    worker.waits(lambda: table.model().rowCount() > 1)
    assert table.model().index(0, 2).data() == "belofte te laat"  # half an hour ago
    table.setFocus()
    worker.press(Qt.Key.Key_Return)
    worker.waits(lambda: isinstance(workbench.current, Zaak) and workbench.current.filled)
    worker.press(Qt.Key.Key_Escape)
    worker.waits(lambda: isinstance(workbench.current, Vandaag))


def test_a_resident_who_calls_back_is_found_by_the_last_digits_and_counts_as_incoming(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    worker.press(Qt.Key.Key_F4)
    worker.type("0104")
    worker.waits(lambda: find(worker.window, QWidget, "gevonden").isVisible())
    worker.press(Qt.Key.Key_Return)
    worker.sees("actie", "belt")
    worker.press(Qt.Key.Key_1)
    worker.press(Qt.Key.Key_1)
    worker.sees("actie", "hulp aan")
    attempts = [
        event.inhoud
        for event in dossier_of(qtbot, workbench, zaken["bezoek"]).gebeurtenissen
        if isinstance(event.inhoud, g.ContactpogingGedaan)
    ]
    assert attempts[-1].richting is Richting.IN
    assert attempts[-1].bereikt


def test_a_visit_with_a_card_is_recorded_as_a_visit_and_a_card(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    open_zaak(worker, workbench, zaken["bezoek"], "Ga langs bij")
    worker.press(Qt.Key.Key_2)
    worker.press(Qt.Key.Key_1)
    worker.sees("actie", "Wacht op J.W. in 't Veld")
    kinds = [
        event.inhoud.contactsoort
        for event in dossier_of(qtbot, workbench, zaken["bezoek"]).gebeurtenissen
        if isinstance(event.inhoud, g.ContactpogingGedaan)
    ]
    assert kinds[-2:] == [Contactsoort.HUISBEZOEK, Contactsoort.KAARTJE]


def test_twenty_presses_record_one_event(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    open_zaak(worker, workbench, zaken["vers"], "Bel ")
    made = find(worker.window, QPushButton, "resultaat_geen-gehoor")
    for _ in range(20):
        made.click()
    worker.sees("waarom", "Poging 2 van 3")
    assert dossier_of(qtbot, workbench, zaken["vers"]).stand.pogingen == 1


def test_a_step_is_skipped_with_a_reason_and_never_without(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    open_zaak(worker, workbench, zaken["vers"], "Bel ")
    worker.press(Qt.Key.Key_O, ALT)
    worker.waits(lambda: focused().objectName() == "reden_veld")
    worker.press(Qt.Key.Key_Return)
    worker.sees("formulierfout", "reden")
    worker.type("Staat zo voor de deur")
    worker.press(Qt.Key.Key_Return)
    worker.sees("actie", "Ga langs bij")
    assert any(
        isinstance(event.inhoud, g.StapOvergeslagen) and event.inhoud.stap is Stap.BELLEN
        for event in dossier_of(qtbot, workbench, zaken["vers"]).gebeurtenissen
    )


def test_a_promise_lands_in_vandaag(worker: Worker, workbench: Workbench, zaken: dict[str, UUID]) -> None:
    open_zaak(worker, workbench, zaken["vers"], "Bel ")
    worker.press(Qt.Key.Key_6)
    worker.sees("", "Wanneer bel je terug?")
    worker.press(Qt.Key.Key_1)
    worker.sees("", "Met wie sprak je?")
    worker.press(Qt.Key.Key_7)
    worker.sees("waarom", "beloofde te bellen op 8 mei")
    worker.press(Qt.Key.Key_1, CTRL)
    coming = find(worker.window, ZaakTable, "te_doen").model()

    def reasons() -> list[str]:
        return [coming.index(row, 0).data(Role.TWEEDE_REGEL) for row in range(coming.rowCount())]

    worker.waits(lambda: any(said.startswith("bellen beloofd morgen, ") for said in reasons()))


def test_a_closed_zaak_is_opened_again_with_a_reason(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    open_zaak(worker, workbench, zaken["vers"], "Bel ")
    worker.press(Qt.Key.Key_A, ALT)
    worker.sees("actie", "Sluit de zaak af")
    for key in (Qt.Key.Key_3, Qt.Key.Key_1, Qt.Key.Key_1):  # the signal, is not right, onterecht
        worker.press(key)
    worker.press(Qt.Key.Key_K, ALT)
    worker.sees("formulierfout", "notitie")
    worker.press(Qt.Key.Key_N, ALT)
    worker.type("Was al betaald")
    worker.press(Qt.Key.Key_K, ALT)
    worker.sees("actie", "Deze zaak is afgesloten")
    worker.tab_to("reden_veld")
    worker.type("Verkeerde zaak gekozen")
    worker.press(Qt.Key.Key_Return)
    worker.sees("actie", "Bel ")
    assert dossier_of(qtbot, workbench, zaken["vers"]).stand.gesloten_op is None


def test_new_signals_are_taken_up_and_land_in_the_call_list(worker: Worker, workbench: Workbench) -> None:
    calls = find(worker.window, ZaakTable, "nu_bellen")
    worker.waits(lambda: calls.model().rowCount() > 0)
    before = calls.model().rowCount()
    worker.press(Qt.Key.Key_3, CTRL)
    table = find(worker.window, ZaakTable, "nieuwe_signalen")
    worker.waits(lambda: table.model().rowCount() == 4)
    worker.press(Qt.Key.Key_A, ALT)
    worker.sees("meldingtekst", "4 zaken")
    worker.press(Qt.Key.Key_1, CTRL)
    worker.waits(lambda: calls.model().rowCount() == before + 4)


def test_the_work_list_filters_by_step(worker: Worker, workbench: Workbench) -> None:
    worker.press(Qt.Key.Key_2, CTRL)
    table = find(worker.window, ZaakTable, "werklijst")
    worker.waits(lambda: table.model().rowCount() == 12)
    find(worker.window, QPushButton, "filter_huisbezoek").click()
    worker.waits(lambda: table.model().rowCount() == 2)
    assert table.model().index(0, 1).data() == "Huisbezoek"


def test_what_is_typed_is_kept_and_says_so(worker: Worker, workbench: Workbench, zaken: dict[str, UUID]) -> None:
    open_zaak(worker, workbench, zaken["vers"], "Bel ")
    worker.press(Qt.Key.Key_N, ALT)
    worker.type("Praat langzaam")
    worker.sees("notitie_status", "Opgeslagen 14:30")
    worker.press(Qt.Key.Key_1, CTRL)
    workbench.open_zaak(zaken["vers"])
    worker.waits(
        lambda: any(made.toPlainText() == "Praat langzaam" for made in worker.window.findChildren(QPlainTextEdit))
    )


def test_a_note_of_a_mebibyte_is_refused_in_words(worker: Worker, workbench: Workbench, zaken: dict[str, UUID]) -> None:
    open_zaak(worker, workbench, zaken["vers"], "Bel ")
    note = find(worker.window, QPlainTextEdit, "notitie")
    pasted = QMimeData()
    pasted.setText("x" * 2**20)
    note.insertFromMimeData(pasted)
    worker.sees("notitie_status", "20.000 tekens")
    assert note.toPlainText() == ""


def test_a_half_typed_plan_is_back_after_locking(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    open_zaak(worker, workbench, zaken["gesprek"], "Voer het eerste gesprek")
    worker.press(Qt.Key.Key_1)
    worker.sees("actie", "Maak het plan van aanpak")
    worker.tab_to("schuld_2_0")
    worker.type("Energiebedrijf")
    with qtbot.waitSignal(worker.window.locked, timeout=2000):
        worker.window.lock("")
    worker.window.unlock(PASSPHRASE)
    with qtbot.waitSignal(worker.window.unlocked):
        pass
    assert worker.window.workbench is not None
    open_zaak(worker, worker.window.workbench, zaken["gesprek"], "Maak het plan van aanpak")
    worker.waits(
        lambda: any(
            made.text() == "Energiebedrijf" and made.isVisible() for made in worker.window.findChildren(QLineEdit)
        )
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [("A.B. van der Meer", "A.B. van der Meer"), ("a@b.nl", "a@\u200bb.\u200bnl"), ("x" * 40, "x" * 40)],
)
def test_a_text_without_spaces_may_break_and_stays_the_same(text: str, shown: str) -> None:
    assert texts.breakable(text).replace("\u200b", "") == text
    if len(text) < 20:
        assert texts.breakable(text) == shown


def test_search_finds_nobody_in_words(worker: Worker, workbench: Workbench) -> None:
    worker.press(Qt.Key.Key_K, CTRL)
    worker.type("qqqq")
    worker.sees("", "Niets gevonden")
    worker.press(Qt.Key.Key_Escape)
    assert find(worker.window, QLineEdit, "zoeken").text() == ""
