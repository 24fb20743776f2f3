"""Vandaag: what comes back to do, each with its reason and one key to its form; and what an empty vault says."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from db.model.codes import Antwoord, Belresultaat, Contactsoort, Dagdeel, Eindresultaat, Gesprekspartner
from db.model.plan import Afspraak, PlanVanAanpak
from db.model.situatie import Situatie, Veiligheidsgrens
from db.vault import Vault
from desktop.casework import afsluiten, bezoek, contact, hulp, signalen, situatie, terugbellen
from desktop.casework import dag as days
from desktop.ui.models.rows import Role
from desktop.ui.screens.zaak import Zaak
from desktop.ui.status import ICONS, Soort
from desktop.ui.widgets.table import ZaakTable
from desktop.ui.window import Window
from desktop.ui.workbench import Workbench
from tests.ui.finding import find, focused
from tests.ui.seeding import NOW, PASSPHRASE, MovingClock, make_vault, receive, some_signalen

# What each row says and the form that Enter opens on it.
ROWS = {
    "dreiging": ("dreiging: gesprek vóór 8 mei", "eerste-gesprek"),
    "afspraken": ("2 afspraken over tijd", "afspraken"),
    "uitslag": ("bezoek 6 mei: geen uitslag", "huisbezoek"),
    "regeling": ("regeling met het CAK nakijken", "regeling"),
    "evaluatie": ("plan van aanpak evalueren", "plan"),
    "grens": ("veiligheid opnieuw bekijken", "situatie"),
    "nazorg": ("vraag: is het gelukt?", "nazorg"),
    "bedenktijd": ("denkt na sinds 3 april", "hulpaanbod"),
    "plannen": ("huisbezoek plannen", "bezoek_plannen"),
    "belofte": ("bellen beloofd 9 mei, 14:30", "bellen"),
    "stil": ("al 34 dagen niets gedaan", "hulpaanbod"),
}


def seed(vault: Vault, clock: MovingClock) -> dict[str, UUID]:
    """A zaak for every reason to come back; today is 7 May."""
    longer = ("evaluatie", "nazorg", "bedenktijd", "regeling", "stil")
    shorter = ("dreiging", "afspraken", "uitslag", "grens", "plannen", "belofte", "adres")
    made: dict[str, UUID] = {}
    with clock.at(NOW - timedelta(days=34)):
        receive(vault, some_signalen(len(longer)))
        made |= zip(longer, (taken.zaak for taken in signalen.accept_all(vault)), strict=True)
        for reason in longer:
            speak(vault, made[reason])
        hulp.offer_hulpaanbod(vault, made["bedenktijd"], event_id=vault.new_id(), antwoord=Antwoord.BEDENKTIJD)
        hulp.record_cak_gebeld(vault, made["regeling"], event_id=vault.new_id(), nakijken_op=date(2024, 5, 7))
        with_plan(vault, made["evaluatie"], date(2024, 6, 1), evaluatie=date(2024, 5, 6))
        afsluiten.close_zaak(vault, made["nazorg"], event_id=vault.new_id(), eindresultaat=Eindresultaat.REGELT_ZELF)
    with clock.at(NOW - timedelta(days=4)):
        receive(vault, some_signalen(len(shorter), start=20))
        made |= zip(shorter, (taken.zaak for taken in signalen.accept_all(vault)), strict=True)
        speak(vault, made["dreiging"])
        hulp.offer_hulpaanbod(
            vault, made["dreiging"], event_id=vault.new_id(), antwoord=Antwoord.AANVAARD, dreiging=True
        )
        speak(vault, made["afspraken"])
        with_plan(vault, made["afspraken"], date(2024, 5, 4), date(2024, 5, 6), evaluatie=date(2024, 8, 1))
        grens = Veiligheidsgrens(reden="Hond.", herzien_op=date(2024, 5, 7))
        for reason, found in (("grens", Situatie(niet_alleen=grens)), ("adres", Situatie(afgeschermd=True))):
            situatie.record_situatie(vault, made[reason], event_id=vault.new_id(), situatie=found)
        bezoek.plan_bezoek(
            vault, made["uitslag"], event_id=vault.new_id(), datum=date(2024, 5, 6), dagdeel=Dagdeel.MIDDAG
        )
        call(vault, made["plannen"], Belresultaat.NUMMER_ONBRUIKBAAR)
        call(vault, made["belofte"], Belresultaat.TERUGBELLEN, terugbellen_op=NOW + timedelta(days=2))
    return made


def call(vault: Vault, zaak: UUID, resultaat: Belresultaat, **fields: object) -> None:
    reached = resultaat is Belresultaat.GESPROKEN
    contact.record_contactpoging(
        vault, zaak, event_id=vault.new_id(), contactsoort=Contactsoort.TELEFOON, bereikt=reached,
        gesproken_met=Gesprekspartner.INWONER if reached else None, resultaat=resultaat, **fields,  # type: ignore[arg-type]  # a test hands on what it likes
    )  # fmt: skip


def speak(vault: Vault, zaak: UUID) -> None:
    call(vault, zaak, Belresultaat.GESPROKEN)


def with_plan(vault: Vault, zaak: UUID, *days: date, evaluatie: date) -> None:
    hulp.offer_hulpaanbod(vault, zaak, event_id=vault.new_id(), antwoord=Antwoord.AANVAARD)
    hulp.record_eerste_gesprek(vault, zaak, event_id=vault.new_id())
    agreed = tuple(Afspraak(wie="inwoner", wat="belt", uiterlijk=day) for day in days)
    plan = PlanVanAanpak(afspraken=agreed, evaluatiedatum=evaluatie)
    hulp.draw_up_plan(vault, zaak, event_id=vault.new_id(), plan=plan)


@pytest.fixture
def zaken(request: pytest.FixtureRequest, tmp_path: Path, clock: MovingClock) -> dict[str, UUID]:
    """A zaak for every reason, or as a test asks: nothing, only signals, many visits to plan, or one talk."""
    with make_vault(tmp_path, clock) as vault:
        match getattr(request, "param", "redenen"):
            case "redenen":
                return seed(vault, clock)
            case "signalen":
                receive(vault, some_signalen(3))
            case "veel":
                receive(vault, some_signalen(days.PER_SOORT + 1))
                for taken in signalen.accept_all(vault):
                    call(vault, taken.zaak, Belresultaat.NUMMER_ONBRUIKBAAR)
            case "rustig":
                receive(vault, some_signalen(1))
                (taken,) = signalen.accept_all(vault)
                speak(vault, taken.zaak)
    return {}


@pytest.fixture
def tasks(qtbot: QtBot, window: Window) -> ZaakTable:
    table = find(window, ZaakTable, "te_doen")
    qtbot.waitUntil(lambda: table.model().rowCount() > 0)
    return table


def rows(table: ZaakTable) -> dict[UUID | str, tuple[str, str]]:
    """By zaak, or else by screen: what its row says, and which form or screen it opens."""
    model = table.model()
    cells = [model.index(row, 0) for row in range(model.rowCount())]
    said = [(cell.data(Role.ZAAK), cell.data(Role.TWEEDE_REGEL), cell.data(Role.FORMULIER)) for cell in cells]
    return {zaak or form: (words, form) for zaak, words, form in said}


def open_row(table: ZaakTable, zaak: UUID | str) -> None:
    """Go to the row of this zaak with the arrow keys, and press Enter."""
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, 0))
    for _ in range(list(rows(table)).index(zaak)):
        QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)


def sees(qtbot: QtBot, window: QWidget, name: str, text: str) -> None:
    qtbot.waitUntil(lambda: any(text in made.text() and made.isVisible() for made in window.findChildren(QLabel, name)))


@pytest.mark.parametrize("reason", ROWS)
def test_what_comes_back_says_why_and_opens_at_its_form(
    qtbot: QtBot, workbench: Workbench, zaken: dict[str, UUID], tasks: ZaakTable, reason: str
) -> None:
    words, form = ROWS[reason]
    said, _ = rows(tasks)[zaken[reason]]
    assert said == words
    open_row(tasks, zaken[reason])
    qtbot.waitUntil(lambda: isinstance(workbench.current, Zaak) and workbench.current.filled)
    assert isinstance(workbench.current, Zaak)
    assert workbench.current.panel._shown == form
    qtbot.waitUntil(lambda: workbench.current is not None and workbench.current.isAncestorOf(focused()))


def test_a_hidden_address_opens_at_the_check_of_a_colleague(
    qtbot: QtBot, window: Window, zaken: dict[str, UUID], tasks: ZaakTable
) -> None:
    assert rows(tasks)[zaken["adres"]][0] == "geheim adres: collega kijkt na"
    open_row(tasks, zaken["adres"])
    qtbot.waitUntil(lambda: window.findChild(QDialog, "adres_nagekeken_dialoog") is not None)
    dialog = find(window, QDialog, "adres_nagekeken_dialoog")
    qtbot.waitUntil(dialog.isVisible)
    dialog.reject()


def test_what_threatens_stands_on_top_and_what_waits_for_the_cak_at_the_end(
    qtbot: QtBot, workbench: Workbench, zaken: dict[str, UUID], tasks: ZaakTable
) -> None:
    order = list(rows(tasks))
    assert order[0] == zaken["dreiging"]
    assert order[-1] == "terugmelden"
    assert rows(tasks)["terugmelden"] == ("1 bericht staat klaar", "terugmelden")
    assert tasks.model().headerData(0, Qt.Orientation.Horizontal) == f"Te doen: {len(order)}"
    open_row(tasks, "terugmelden")
    qtbot.waitUntil(lambda: workbench._name == "terugmelden")


def test_who_must_be_told_what_we_hold_stands_below_what_threatens_and_opens_its_list(
    qtbot: QtBot, workbench: Workbench, tasks: ZaakTable
) -> None:
    assert list(rows(tasks))[1] == "uitleg"
    words, _ = rows(tasks)["uitleg"]
    assert "brie" in words
    assert "uiterlijk" in words
    open_row(tasks, "uitleg")
    qtbot.waitUntil(lambda: workbench._name == "werkvoorraad")
    assert find(workbench, QComboBox, "kies_termijn").currentText() == "Uitleg over gegevens nog sturen"


@pytest.mark.parametrize("size", [QSize(1366, 728), QSize(1093, 582)], ids=["100%", "125%"])
def test_no_reason_is_cut_off(qtbot: QtBot, window: Window, tasks: ZaakTable, size: QSize) -> None:
    window.resize(size)
    qtbot.waitUntil(lambda: window.size() == size)
    small = QFont(tasks.font())
    small.setPointSizeF(small.pointSizeF() - 0.75)
    width = tasks.columnWidth(0) - 20
    too_long = [
        words for words, _ in rows(tasks).values()
        if QFontMetrics(small).horizontalAdvance(f"{ICONS[Soort.GEVAAR]} {words}") > width
    ]  # fmt: skip
    assert too_long == []


@pytest.mark.parametrize("zaken", ["leeg"], indirect=True)
def test_an_empty_vault_shows_three_steps_and_the_way_to_the_first(
    qtbot: QtBot, window: Window, workbench: Workbench
) -> None:
    steps = find(window, QWidget, "eerste_stappen")
    qtbot.waitUntil(steps.isVisible)
    assert not find(window, ZaakTable, "nu_bellen").isVisible()
    assert not find(window, QPushButton, "dag_afsluiten").isVisible()
    qtbot.waitUntil(lambda: focused().objectName() == "naar_eerste_signalen")
    go = find(window, QPushButton, "naar_eerste_signalen")
    assert go.text() == "Signalen inlezen"
    QTest.keyClick(go, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: workbench._name == "signalen")


@pytest.mark.parametrize("zaken", ["signalen"], indirect=True)
def test_the_steps_go_on_to_choosing_and_give_way_to_the_first_call(
    qtbot: QtBot, window: Window, workbench: Workbench
) -> None:
    go = find(window, QPushButton, "naar_eerste_signalen")
    qtbot.waitUntil(lambda: go.isVisible() and go.text() == "Signalen oppakken")
    QTest.keyClick(go, Qt.Key.Key_Space)
    waiting = find(window, ZaakTable, "nieuwe_signalen")
    qtbot.waitUntil(lambda: waiting.model().rowCount() == 3)
    QTest.keyClick(focused(), Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    sees(qtbot, window, "meldingtekst", "3 zaken")
    workbench.go("vandaag")
    calls = find(window, ZaakTable, "nu_bellen")
    qtbot.waitUntil(lambda: calls.isVisible() and calls.model().rowCount() == 3)
    assert not find(window, QWidget, "eerste_stappen").isVisible()
    qtbot.waitUntil(calls.hasFocus)


@pytest.mark.parametrize("zaken", ["rustig"], indirect=True)
def test_lists_without_anything_say_what_to_do(qtbot: QtBot, window: Window, workbench: Workbench) -> None:
    sees(qtbot, window, "niemand_te_bellen", "Pak nieuwe signalen op (Ctrl+3)")
    sees(qtbot, window, "geen_bezoeken", "Plan er een in een zaak (Ctrl+B)")
    sees(qtbot, window, "niets_te_doen", "Wat terugkomt, komt hier te staan")
    for name in ("nu_bellen", "route_vandaag", "te_doen"):
        assert not find(window, ZaakTable, name).isVisible()
    assert not find(window, QPushButton, "naar_de_route").isVisible()


@pytest.mark.parametrize("zaken", ["veel"], indirect=True)
def test_a_list_that_is_longer_than_it_shows_says_so(qtbot: QtBot, tasks: ZaakTable) -> None:
    assert tasks.model().rowCount() == days.PER_SOORT
    assert tasks.model().headerData(0, Qt.Orientation.Horizontal) == f"Te doen: {days.PER_SOORT}+"


def test_who_asked_to_be_called_stands_in_the_call_list_and_is_settled_from_there(
    qtbot: QtBot, window: Window, workbench: Workbench, clock: MovingClock
) -> None:
    noted: list[object] = []
    note = partial(
        terugbellen.note_terugbelverzoek, event_id=workbench.session.new_id(), naam="M. Haile",
        telefoonnummer="050-5550177", wanneer="na vier uur",
    )  # fmt: skip
    workbench.session.act(workbench, note, noted.append)
    calls = find(window, ZaakTable, "nu_bellen")

    def row() -> int:
        model = calls.model()
        names = [model.index(number, 0).data() for number in range(model.rowCount())]
        return names.index("M. Haile") if "M. Haile" in names else -1

    qtbot.waitUntil(lambda: row() >= 0)
    said = [calls.model().index(row(), column).data() for column in (1, 2)]
    assert said == ["Vroeg vandaag om terugbellen: na vier uur", "terugbellen"]
    clock.now = NOW + timedelta(days=1)
    workbench.on_minute()
    qtbot.waitUntil(lambda: calls.model().index(row(), 2).data() == "terugbellen te laat")
    calls.setFocus()
    calls.setCurrentIndex(calls.model().index(row(), 0))
    QTest.keyClick(calls, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: focused().objectName() == "terugbel_hoe")
    QTest.keyClicks(focused(), "Gebeld")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: row() == -1)


def test_on_a_small_screen_the_day_opens_at_its_beginning(qtbot: QtBot, locked: Window) -> None:
    locked.resize(683, 364)  # what text at 200% leaves of a laptop
    locked.on_submitted(PASSPHRASE)
    with qtbot.waitSignal(locked.unlocked):
        pass
    qtbot.waitUntil(lambda: focused().objectName() == "nu_bellen")
    room = locked.centralWidget()
    assert isinstance(room, QScrollArea)
    assert room.horizontalScrollBar().maximum() > 0
    assert (room.horizontalScrollBar().value(), room.verticalScrollBar().value()) == (0, 0)
