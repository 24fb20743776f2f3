"""Offering, help with the bill, looking back and closing: keys pressed, on a real vault."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import NamedTuple
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from db.model import gebeurtenis as g
from db.model.bedrag import Bedrag
from db.model.codes import Antwoord, Eindresultaat, Gelukt, Oordeel
from db.model.plan import Afspraak, PlanVanAanpak
from db.queries.dossier import Dossier
from db.vault import Vault
from desktop.casework import afsluiten, hulp
from desktop.casework.kalender import AMSTERDAM
from desktop.casework.outcomes import UITKOMSTEN, toegestaan
from desktop.ui.dialogs.brief import LetterDialog
from desktop.ui.dialogs.gevaar import DangerDialog
from desktop.ui.forms.afsluiten import WEGEN
from desktop.ui.screens.zaak import Zaak
from desktop.ui.window import Window
from desktop.ui.workbench import Workbench
from resources.nummers import cak, gevaar
from tests.ui.finding import find, focused
from tests.ui.seeding import MovingClock
from tests.ui.test_dag import ALT, CTRL, Worker, dossier_of, open_zaak


class Kluis(NamedTuple):
    """The open vault beside its window: does something on the vault's own thread."""

    act: Callable[[Callable[[Vault], object]], None]
    dossier: Callable[[UUID], Dossier]


@pytest.fixture
def worker(qtbot: QtBot, window: Window) -> Worker:
    return Worker(qtbot, window)


@pytest.fixture
def kluis(qtbot: QtBot, workbench: Workbench) -> Kluis:
    def act(action: Callable[[Vault], object]) -> None:
        done: list[object] = []
        workbench.session.act(workbench, action, done.append)
        qtbot.waitUntil(lambda: bool(done))

    return Kluis(act, partial(dossier_of, qtbot, workbench))


def last(qtbot: QtBot, workbench: Workbench, zaak: UUID, kind: type[g.Inhoud]) -> g.Inhoud:
    """The last event of a kind."""
    return last_of(dossier_of(qtbot, workbench, zaak), kind)


def last_of(dossier: Dossier, kind: type[g.Inhoud]) -> g.Inhoud:
    """The last event of a kind in a dossier."""
    found = [event.inhoud for event in dossier.gebeurtenissen]
    return next(inhoud for inhoud in reversed(found) if isinstance(inhoud, kind))


def show(worker: Worker, workbench: Workbench, zaak: UUID, form: str, title: str) -> None:
    """Open a zaak at a form, as a list does."""
    workbench.open_zaak(zaak, form=form)
    worker.sees("actie", title)


# --- the offer ----------------------------------------------------------------------------------------------


def test_the_term_stands_there_before_the_answer_and_follows_what_threatens(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    open_zaak(worker, workbench, zaken["aanbod"], "hulp aan")
    worker.sees("gesprekstermijn", "vóór donderdag 30 mei (4 weken na ontvangst)")
    worker.press(Qt.Key.Key_S, ALT)  # gas, electricity, heat or water is about to be cut off
    worker.sees("gesprekstermijn", "vóór maandag 13 mei (binnen 3 werkdagen")  # Hemelvaart lies between
    worker.press(Qt.Key.Key_1)
    worker.sees("actie", "Voer het eerste gesprek")
    offer = last(qtbot, workbench, zaken["aanbod"], g.HulpaanbodGedaan)
    assert offer == g.HulpaanbodGedaan(antwoord=Antwoord.AANVAARD, dreiging=True, gesprek_voor=date(2024, 5, 13))


def test_after_the_term_the_form_says_so_and_plans_within_ten_working_days(
    worker: Worker, workbench: Workbench, zaken: dict[str, UUID], clock: MovingClock
) -> None:
    clock.now += timedelta(days=40)
    open_zaak(worker, workbench, zaken["aanbod"], "hulp aan")
    worker.sees("gesprekstermijn", "binnen 10 werkdagen")
    worker.sees("gesprekstermijn", "waren om op 30 mei")


def test_who_wants_to_think_is_promised_a_day_and_comes_back_on_vandaag(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    open_zaak(worker, workbench, zaken["aanbod"], "hulp aan")
    worker.press(Qt.Key.Key_2)
    worker.sees("", "Ik vraag het op…")
    worker.press(Qt.Key.Key_Escape)
    worker.sees("", "Wat is het antwoord?")
    worker.press(Qt.Key.Key_2)
    worker.tab_to("vraag_vastleggen")
    worker.press(Qt.Key.Key_Space)
    worker.sees("waarom", "beloofde te bellen op 10 mei")
    stand = dossier_of(qtbot, workbench, zaken["aanbod"]).stand
    assert stand.antwoord is Antwoord.BEDENKTIJD
    assert stand.belofte_op == datetime(2024, 5, 10, 10, 0, tzinfo=AMSTERDAM)


def test_nobody_is_ever_called_rejected(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    open_zaak(worker, workbench, zaken["aanbod"], "hulp aan")
    worker.press(Qt.Key.Key_3)
    worker.sees("waarom", "Wil nu geen hulp")
    assert not [made for made in worker.window.findChildren(QLabel) if "afgewezen" in made.text().lower()]
    assert dossier_of(qtbot, workbench, zaken["aanbod"]).stand.antwoord is Antwoord.GEEN_HULP


def test_declining_in_the_first_talk_is_recorded_and_asks_no_plan(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    open_zaak(worker, workbench, zaken["gesprek"], "Voer het eerste gesprek")
    worker.press(Qt.Key.Key_2)
    worker.sees("waarom", "Zag in het eerste gesprek af van hulp")
    assert dossier_of(qtbot, workbench, zaken["gesprek"]).stand.afgezien


# --- help with the bill -------------------------------------------------------------------------------------


def test_calling_the_cak_together_records_the_arrangement_and_the_day_to_look(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    open_zaak(worker, workbench, zaken["aanbod"], "hulp aan")
    find(worker.window, QPushButton, "naar_cak").click()
    worker.sees("actie", "het CAK")
    worker.waits(lambda: focused().objectName() == "cak_bedrag")
    worker.type("25,5")
    worker.press(Qt.Key.Key_Tab)
    worker.sees("", "Schrijf een bedrag zoals 25,00.")
    worker.type("01-06-2024")
    worker.press(Qt.Key.Key_Tab)
    worker.waits(lambda: focused().objectName() == "cak_nakijken")
    assert focused().property("text") == "04-06-2024", "three days after the first payment"
    worker.press(Qt.Key.Key_S, ALT)
    worker.press(Qt.Key.Key_D, ALT)  # still wrong: nothing was recorded
    worker.type("25,50")
    worker.press(Qt.Key.Key_S, ALT)
    worker.sees("meldingtekst", "samen het CAK gebeld")
    worker.sees("actie", "hulp aan")
    made = last(qtbot, workbench, zaken["aanbod"], g.CakGebeld)
    assert made == g.CakGebeld(
        bedrag_per_maand=Bedrag(25_50),
        eerste_datum=date(2024, 6, 1),
        nakijken_op=date(2024, 6, 4),
    )


def test_half_typed_figures_are_back_when_the_form_opens_again(
    worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    show(worker, workbench, zaken["aanbod"], "cak", "het CAK")
    worker.waits(lambda: focused().objectName() == "cak_bedrag")
    worker.type("12,50")
    worker.press(Qt.Key.Key_1, CTRL)
    show(worker, workbench, zaken["aanbod"], "cak", "het CAK")
    worker.waits(lambda: focused().property("text") == "12,50")


def test_an_arrangement_that_does_not_hold_is_looked_at_again(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    show(worker, workbench, zaken["aanbod"], "regeling", "Loopt de afspraak")
    worker.press(Qt.Key.Key_3)
    worker.waits(lambda: focused().objectName() == "opnieuw_nakijken")
    worker.press(Qt.Key.Key_Return)
    worker.sees("meldingtekst", "nagekeken")
    made = last(qtbot, workbench, zaken["aanbod"], g.RegelingNagekeken)
    assert made == g.RegelingNagekeken(gelukt=Gelukt.NEE, nakijken_op=date(2024, 5, 21))


def test_the_bill_is_looked_into_question_by_question(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    show(worker, workbench, zaken["aanbod"], "eigenbijdrage", "eigen bijdrage")
    worker.press(Qt.Key.Key_D, ALT)
    worker.sees("formulierfout", "leeg")
    worker.waits(lambda: find(worker.window, QRadioButton, "rekening_klopt_ja").isEnabled())
    find(worker.window, QRadioButton, "rekening_klopt_nee").setFocus()
    worker.press(Qt.Key.Key_Space)
    find(worker.window, QRadioButton, "bijzondere_bijstand_uitzoeken").setFocus()
    worker.press(Qt.Key.Key_Space)
    worker.press(Qt.Key.Key_D, ALT)
    worker.sees("meldingtekst", "eigen bijdrage nagekeken")
    made = last(qtbot, workbench, zaken["aanbod"], g.EigenBijdrageNagekeken)
    assert made == g.EigenBijdrageNagekeken(rekening_klopt=Oordeel.NEE, bijzondere_bijstand=Oordeel.UITZOEKEN)


def test_a_note_stands_by_itself(qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]) -> None:
    show(worker, workbench, zaken["poging"], "notitie", "Notitie maken")
    worker.waits(lambda: focused().objectName() == "notitie")
    worker.type("Praat langzaam.")
    worker.press(Qt.Key.Key_I, ALT)
    worker.sees("meldingtekst", "Notitie vastgelegd")
    worker.sees("actie", "Bel ")
    assert last(qtbot, workbench, zaken["poging"], g.NotitieGemaakt) == g.NotitieGemaakt(tekst="Praat langzaam.")


# --- danger -------------------------------------------------------------------------------------------------


def test_the_danger_sheet_opens_under_one_key_locked_unlocked_and_over_a_dialog(
    qtbot: QtBot, worker: Worker, locked: Window, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    def opens() -> None:
        worker.press(Qt.Key.Key_F6)
        worker.waits(lambda: [sheet for sheet in locked.findChildren(DangerDialog) if sheet.isVisible()])
        (sheet,) = [sheet for sheet in locked.findChildren(DangerDialog) if sheet.isVisible()]
        shown = " ".join(made.text() for made in sheet.findChildren(QLabel))
        assert all(line.nummer in shown for line in gevaar())
        sheet.reject()
        worker.waits(lambda: not sheet.isVisible())

    opens()
    open_zaak(worker, workbench, zaken["poging"], "Bel ")
    opens()
    worker.press(Qt.Key.Key_P, CTRL)
    worker.waits(lambda: locked.findChild(LetterDialog) is not None)
    dialog = find(locked, LetterDialog, "brief_maken")
    worker.waits(lambda: dialog.isAncestorOf(QApplication.focusWidget() or locked))
    opens()
    find(locked, LetterDialog, "brief_maken").reject()
    with qtbot.waitSignal(locked.locked):
        locked.lock("")
    with qtbot.waitActive(locked):
        locked.activateWindow()
    opens()


def test_the_danger_sheet_names_the_national_numbers() -> None:
    assert [line.nummer for line in gevaar()][:3] == ["112", "113", "0800-2000"]
    assert cak("wmo-beschermd-wonen") == cak("wmo-abonnementstarief") != ""
    assert cak("wlz") == "", "a number that nobody could check is left out"


# --- looking back -------------------------------------------------------------------------------------------


def test_agreements_are_looked_at_one_by_one(
    kluis: Kluis, worker: Worker, workbench: Workbench, zaken: dict[str, UUID], clock: MovingClock
) -> None:
    zaak = zaken["gesprek"]
    made = PlanVanAanpak(
        afspraken=(
            Afspraak(wie="Inwoner", wat="belt het CAK", uiterlijk=date(2024, 5, 20)),
            Afspraak(wie="F. Yıldız", wat="vraagt bijstand aan", uiterlijk=date(2024, 5, 10)),
        )
    )
    kluis.act(lambda vault: hulp.record_eerste_gesprek(vault, zaak, event_id=vault.new_id()))
    kluis.act(lambda vault: hulp.draw_up_plan(vault, zaak, event_id=vault.new_id(), plan=made))
    clock.now = datetime(2024, 5, 23, 10, tzinfo=AMSTERDAM)
    show(worker, workbench, zaak, "afspraken", "afspraken gelukt")
    worker.sees("script", "vraagt bijstand aan")
    worker.press(Qt.Key.Key_2)
    worker.sees("script", "belt het CAK")
    worker.press(Qt.Key.Key_1)
    worker.sees("actie", "Sluit de zaak af")
    current = hulp.current_plan(kluis.dossier(zaak))
    assert current is not None
    assert [found.gedaan for found in current.plan.afspraken] == [True, False]


def test_after_a_month_the_zaak_opens_at_the_question_whether_it_worked(
    kluis: Kluis, worker: Worker, workbench: Workbench, zaken: dict[str, UUID], clock: MovingClock
) -> None:
    zaak = zaken["aanbod"]
    end = Eindresultaat.REGELT_ZELF
    kluis.act(lambda vault: afsluiten.close_zaak(vault, zaak, event_id=vault.new_id(), eindresultaat=end))
    open_zaak(worker, workbench, zaak, "Deze zaak is afgesloten")
    worker.sees("wordt_gewist", "7 november 2024")
    clock.now += timedelta(days=31)
    open_zaak(worker, workbench, zaak, "Is het gelukt?")
    worker.press(Qt.Key.Key_3)
    worker.sees("actie", "Deze zaak is afgesloten")
    made = last_of(kluis.dossier(zaak), g.NazorgGedaan)
    assert isinstance(made, g.NazorgGedaan)
    assert made.gelukt is Gelukt.NEE


# --- closing ------------------------------------------------------------------------------------------------


def test_every_eindresultaat_stands_at_the_end_of_a_road() -> None:
    ends = [result for road in WEGEN.values() for branch in road.values() for result in branch]
    assert set(ends) == set(Eindresultaat) == set(UITKOMSTEN)


def offered(worker: Worker) -> tuple[set[Eindresultaat], dict[Eindresultaat, str]]:
    """What can be chosen on every road, and what stands there grey with its reason; walks there with the keys."""
    allowed: set[Eindresultaat] = set()
    refused: dict[Eindresultaat, str] = {}
    keys = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3)
    for first, road in zip(keys, WEGEN, strict=True):
        for second, branch in zip(keys, WEGEN[road], strict=False):
            assert focused().objectName().startswith("weg_")
            worker.press(first)
            assert focused().objectName() == f"weg_{next(iter(WEGEN[road]))}"
            worker.press(second)
            worker.sees("", "Welk resultaat past hierbij?")
            assert (isinstance(focused(), QAbstractButton), focused().isVisible(), focused().isEnabled()) == (True,) * 3
            for result in WEGEN[road][branch]:
                made = find(worker.window, QRadioButton, f"eindresultaat_{result.name}")
                if made.isEnabled():
                    allowed.add(result)
                else:
                    refused[result] = find(worker.window, QLabel, f"waarom_{result.name}").text()
            worker.press(Qt.Key.Key_Escape)
            worker.press(Qt.Key.Key_Escape)
            worker.sees("", "Is er contact geweest met de inwoner?")
    return allowed, refused


@pytest.mark.parametrize("stage", ["nieuw", "poging", "bezoek", "aanbod", "gesprek", "onbruikbaar"])
def test_the_form_offers_exactly_what_the_action_accepts(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID], stage: str
) -> None:
    show(worker, workbench, zaken[stage], "afsluiten", "")
    zaak = workbench.current
    assert isinstance(zaak, Zaak)
    qtbot.waitUntil(lambda: zaak.panel._shown == "afsluiten")
    allowed, refused = offered(worker)
    dossier = dossier_of(qtbot, workbench, zaken[stage])
    session = workbench.session
    assert allowed == set(toegestaan(dossier, session.instellingen, session.now()))
    assert set(refused) == set(Eindresultaat) - allowed
    assert all(reason.startswith("Kan nu niet: ") and len(reason) > 30 for reason in refused.values())


def test_the_exact_message_stands_there_before_it_goes_and_only_then_it_goes(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    show(worker, workbench, zaken["gesprek"], "afsluiten", "Sluit de zaak af")
    for key in (Qt.Key.Key_1, Qt.Key.Key_1):
        worker.press(key)
    worker.sees("naar_het_cak", "Kies eerst hoe het is afgelopen.")
    worker.press(Qt.Key.Key_2)  # longer help with money
    worker.sees("naar_het_cak", "AFGEROND: “De gemeente is klaar met dit signaal.”")
    worker.press(Qt.Key.Key_S, ALT)
    worker.type("01-05-2024")
    worker.sees("naar_het_cak", "HULP: “De inwoner krijgt schuldhulp van de gemeente.”")
    worker.sees("naar_het_cak", "Signaal CM-000006, klantnummer 4410888. Datum 7 mei 2024. Verder niets.")
    worker.sees("wordt_gewist", "schuldhulp het dossier heeft overgenomen")
    worker.press(Qt.Key.Key_K, ALT)
    worker.sees("formulierfout", "bevestigd")
    worker.press(Qt.Key.Key_I, ALT)
    worker.type("T. Visser, schuldhulp")
    worker.press(Qt.Key.Key_K, ALT)
    worker.sees("actie", "Deze zaak is afgesloten")
    dossier = dossier_of(qtbot, workbench, zaken["gesprek"])
    made = last(qtbot, workbench, zaken["gesprek"], g.ZaakAfgesloten)
    assert isinstance(made, g.ZaakAfgesloten)
    assert (made.hulp_aanvaard, made.schuldhulp_loopt) == (True, date(2024, 5, 1))
    (bericht,) = dossier.berichten
    assert (bericht.signaal, bericht.klantnummer, bericht.code.value, bericht.datum) == (
        "CM-000006", "4410888", "HULP", date(2024, 5, 7),
    )  # fmt: skip
