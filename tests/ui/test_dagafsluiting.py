"""Dag afsluiten: what is left at the end of a day, the way to each, and whoever closes the program with it open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from db.model.codes import Dagdeel, Eindresultaat
from db.model.gebeurtenis import BriefGemaakt, Entry
from db.queries import concepten
from db.vault import Vault
from desktop.casework import afsluiten, bezoek, terugbellen
from desktop.ui.dialogs.dagafsluiting import DayDialog
from desktop.ui.dialogs.terugbellen import NoteDialog, SettleDialog
from desktop.ui.dialogs.verzonden import SentDialog
from desktop.ui.screens.zaak import Zaak
from desktop.ui.wekker import Wekker, wekker
from desktop.ui.window import Window
from desktop.ui.workbench import Workbench
from tests.ui.finding import find, focused
from tests.ui.seeding import NOW, MovingClock, fill, make_vault

EVENING = NOW + timedelta(hours=3)
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def zaken(request: pytest.FixtureRequest, tmp_path: Path, clock: MovingClock) -> dict[str, UUID]:
    """The usual twelve with something of every kind left over, or nothing at all when a test asks so."""
    with make_vault(tmp_path, clock) as vault:
        if getattr(request, "param", "vol") == "leeg":
            return {}
        made = fill(vault, clock)
        leave_something(vault, made)
    return made


def leave_something(vault: Vault, zaken: dict[str, UUID]) -> None:
    bezoek.plan_bezoek(vault, zaken["bezoek"], event_id=vault.new_id(), datum=NOW.date(), dagdeel=Dagdeel.MIDDAG)
    concepten.save(vault.connection, f"notitie:{zaken['poging']}", "half", NOW)
    concepten.save(vault.connection, terugbellen.CONCEPT, "M. Haile\n\n\n", NOW)
    terugbellen.note_terugbelverzoek(vault, event_id=vault.new_id(), naam="", telefoonnummer="050-5550199")
    letter = BriefGemaakt(brief="eerste-brief", tekstversie="test")
    entry = Entry(id=vault.new_id(), dossier=zaken["vers"], op=NOW, inhoud=letter)
    vault.journal.append([entry], door=vault.door)
    afsluiten.close_zaak(vault, zaken["aanbod"], event_id=vault.new_id(), eindresultaat=Eindresultaat.REGELT_ZELF)


@pytest.fixture
def alarm() -> Iterator[Wekker]:
    found = wekker()
    yield found
    found.stop()


def look(qtbot: QtBot, workbench: Workbench) -> DayDialog:
    """Press Ctrl+D, and wait until the answer stands there."""
    QTest.keyClick(focused(), Qt.Key.Key_D, CTRL)
    return stands_there(qtbot, workbench)


def stands_there(qtbot: QtBot, workbench: QWidget) -> DayDialog:
    def verdict() -> str:
        found = workbench.findChild(QLabel, "dag_uitkomst")
        return found.text() if isinstance(found, QLabel) and found.isVisible() else ""

    qtbot.waitUntil(lambda: bool(verdict()))
    return find(workbench, DayDialog, "dag_controle")


def said(dialog: DayDialog) -> dict[str, str]:
    """By name: what each line says."""
    lines = [made for made in dialog.findChildren(QLabel) if made.objectName().endswith("_tekst") and made.isVisible()]
    return {made.objectName()[4:-6]: made.text() for made in lines}


def test_what_is_left_stands_there_in_words_from_any_screen(
    qtbot: QtBot, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    workbench.go("werkvoorraad")
    dialog = look(qtbot, workbench)
    assert said(dialog) == {
        "belofte": "▲ Je beloofde F. Yıldız vandaag te bellen.",
        "bezoek": "▲ Het bezoek bij J.W. in 't Veld heeft nog geen uitslag.",
        "concept": "● Bij Ö. Ğöçer typte je iets dat nog niet is vastgelegd.",
        "terugbellen": "▲ Iemand vroeg om terugbellen.",
        "half_verzoek": "● Je typte iets over een beller dat nog niet is genoteerd.",
        "papier": "● 1 brief of kaartje is gemaakt: is het de deur uit?",
        "terug": "○ 1 bericht voor het CAK staat klaar.",
    }


@pytest.mark.parametrize(
    ("line", "target"),
    [("belofte", ("beloofd", "bellen")), ("bezoek", ("bezoek", "huisbezoek")), ("concept", ("poging", "bellen"))],
)
def test_one_key_leads_to_the_form_that_mends_it(
    qtbot: QtBot, workbench: Workbench, zaken: dict[str, UUID], line: str, target: tuple[str, str]
) -> None:
    zaak, form = target
    dialog = look(qtbot, workbench)
    number = list(said(dialog)).index(line) + 1
    QTest.keyClick(dialog, getattr(Qt.Key, f"Key_{number}"))
    qtbot.waitUntil(lambda: isinstance(workbench.current, Zaak) and workbench.current.filled)
    assert isinstance(workbench.current, Zaak)
    assert (workbench.current._zaak, workbench.current.panel._shown) == (zaken[zaak], form)


def test_what_waits_for_the_cak_leads_to_its_screen(qtbot: QtBot, workbench: Workbench) -> None:
    find(look(qtbot, workbench), QPushButton, "dag_terug").click()
    assert workbench._name == "terugmelden"


def test_a_caller_who_waits_is_one_key_away(qtbot: QtBot, workbench: Workbench) -> None:
    find(look(qtbot, workbench), QPushButton, "dag_terugbellen").click()
    settling = find(workbench, SettleDialog, "terugbelverzoek_afhandelen")
    assert settling.isVisible()
    settling.reject()


def test_a_caller_about_whom_something_was_typed_is_noted_from_there(qtbot: QtBot, workbench: Workbench) -> None:
    find(look(qtbot, workbench), QPushButton, "dag_half_verzoek").click()
    name = find(workbench, QLineEdit, "terugbel_naam")
    qtbot.waitUntil(lambda: name.text() == "M. Haile")
    find(workbench, NoteDialog, "terugbelverzoek").reject()


def test_enter_takes_the_first_and_what_left_the_house_is_gone_from_the_list(
    qtbot: QtBot, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    dialog = look(qtbot, workbench)
    assert focused().objectName() == "dag_belofte"
    find(dialog, QPushButton, "dag_papier").setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: focused().objectName() == "verzonden_lijst")
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    QTest.keyClick(focused(), Qt.Key.Key_L, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: "papier" not in said(dialog) and "belofte" in said(dialog))
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: workbench.findChild(SentDialog) is None)
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    QTest.keyClick(find(dialog, QPushButton, "dag_belofte"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(workbench.current, Zaak) and workbench.current.filled)


@pytest.mark.parametrize("zaken", ["leeg"], indirect=True)
def test_a_day_that_leaves_nothing_says_so(qtbot: QtBot, workbench: Workbench) -> None:
    dialog = look(qtbot, workbench)
    assert find(dialog, QLabel, "dag_uitkomst").text() == "✓ Alles is rond. Tot woensdag 8 mei."
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: workbench.findChild(DayDialog) is None)


def test_the_alarm_of_a_visit_comes_first_and_stops_there(
    qtbot: QtBot, workbench: Workbench, clock: MovingClock, alarm: Wekker
) -> None:
    alarm.start(NOW + timedelta(minutes=45), "T. Visser", clock)
    dialog = look(qtbot, workbench)
    assert next(iter(said(dialog).items())) == ("wekker", "▲ Je wekker loopt nog, tot 15:15. Ben je veilig?")
    QTest.keyClick(dialog, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: "wekker" not in said(dialog) and "belofte" in said(dialog))
    assert alarm.tot is None


def test_whoever_closes_towards_the_evening_sees_what_is_left_and_may_go(
    qtbot: QtBot, window: Window, workbench: Workbench, clock: MovingClock
) -> None:
    clock.now = EVENING
    window.close()
    dialog = stands_there(qtbot, workbench)
    assert window.workbench is workbench
    with qtbot.waitSignal(window.locked):
        find(dialog, QPushButton, "dag_voordeur_afsluiten").click()
    qtbot.waitUntil(lambda: not window.isVisible())


def test_whoever_goes_back_to_work_is_not_asked_twice(
    qtbot: QtBot, window: Window, workbench: Workbench, clock: MovingClock
) -> None:
    clock.now = EVENING
    window.close()
    QTest.keyClick(stands_there(qtbot, workbench), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: workbench.findChild(DayDialog) is None)
    assert window.workbench is workbench
    with qtbot.waitSignal(window.locked):
        window.close()


@pytest.mark.parametrize(("zaken", "moment"), [("vol", NOW), ("leeg", EVENING)], indirect=["zaken"])
def test_by_day_and_with_nothing_left_closing_closes(
    qtbot: QtBot, window: Window, clock: MovingClock, moment: object
) -> None:
    clock.now = NOW if moment == NOW else EVENING
    with qtbot.waitSignal(window.locked):
        window.close()
    qtbot.waitUntil(lambda: not window.isVisible())


def test_an_alarm_that_runs_holds_whoever_closes_at_any_hour(
    qtbot: QtBot, window: Window, workbench: Workbench, clock: MovingClock, alarm: Wekker
) -> None:
    alarm.start(NOW + timedelta(minutes=45), "T. Visser", clock)
    window.close()
    dialog = stands_there(qtbot, workbench)
    assert "wekker" in said(dialog)
    dialog.reject()
    qtbot.waitUntil(lambda: workbench.findChild(DayDialog) is None)
    window.close()
    assert "wekker" in said(stands_there(qtbot, workbench)), "as long as it runs, each time"


def test_locking_never_waits_and_reminds_towards_the_evening(
    qtbot: QtBot, window: Window, workbench: Workbench, clock: MovingClock
) -> None:
    clock.now = EVENING
    with qtbot.waitSignal(window.locked):
        QTest.keyClick(focused(), Qt.Key.Key_L, CTRL)
    assert any("Dag afsluiten (Ctrl+D)" in made.text() for made in window.findChildren(QLabel))


def test_nobody_elses_name_appears_while_a_resident_reads_along(
    qtbot: QtBot, window: Window, workbench: Workbench, clock: MovingClock
) -> None:
    clock.now = EVENING
    workbench.set_at_table(on=True)
    QTest.keyClick(window, Qt.Key.Key_D, CTRL)
    assert workbench.findChild(DayDialog) is None
    with qtbot.waitSignal(window.locked):
        window.close()
