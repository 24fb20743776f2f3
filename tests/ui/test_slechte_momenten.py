"""Bad moments at the screen: impatient fingers, a clock that is wrong, a lock in the middle, a name of symbols."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from db.model.bedrag import Bedrag
from db.model.codes import Belresultaat
from desktop.casework import signalen
from desktop.ui.dialogs.brief import LetterDialog
from desktop.ui.screens.ontgrendelen import Ontgrendelen
from desktop.ui.window import Window
from desktop.ui.workbench import Workbench
from tests.factories import signaal
from tests.ui.checks import cut_off
from tests.ui.finding import find, focused
from tests.ui.seeding import NOW, PASSPHRASE, MovingClock, receive
from tests.ui.test_bellen import attempts
from tests.ui.test_dag import Worker, open_zaak

KEY = Qt.Key
_IMPATIENT = 20


@pytest.fixture
def worker(qtbot: QtBot, window: Window) -> Worker:
    return Worker(qtbot, window)


def test_twenty_double_clicks_on_a_result_are_one_call(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    open_zaak(worker, workbench, zaken["vers"], "Bel ")
    worker.waits(lambda: focused().objectName().startswith("resultaat_"))
    result = find(worker.window, QPushButton, "resultaat_geen-gehoor")
    for _ in range(_IMPATIENT):
        for press in (QTest.mousePress, QTest.mouseDClick):
            press(result, Qt.MouseButton.LeftButton)
            QTest.mouseRelease(result, Qt.MouseButton.LeftButton)
    worker.sees("meldingtekst", "geen gehoor")
    assert [made.resultaat for made in attempts(qtbot, workbench, zaken["vers"])] == [Belresultaat.GEEN_GEHOOR]


def test_a_key_held_down_on_a_result_is_one_call(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    open_zaak(worker, workbench, zaken["vers"], "Bel ")
    for _ in range(_IMPATIENT):
        worker.press(KEY.Key_2)
    worker.sees("meldingtekst", "geen gehoor")
    assert len(attempts(qtbot, workbench, zaken["vers"])) == 1


def test_a_clock_of_2099_and_back_loses_no_call_and_no_order(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID], clock: MovingClock
) -> None:
    zaak = zaken["vers"]
    clock.now = NOW.replace(year=2099)
    open_zaak(worker, workbench, zaak, "Bel ")
    worker.press(KEY.Key_2)
    worker.sees("meldingtekst", "geen gehoor")
    clock.now = NOW + timedelta(hours=1)
    for key in (KEY.Key_1, KEY.Key_2, KEY.Key_4, KEY.Key_5):  # every list counts days again
        worker.press(key, Qt.KeyboardModifier.ControlModifier)
    workbench.open_zaak(zaak)
    worker.waits(lambda: focused().objectName().startswith("resultaat_"))
    worker.press(KEY.Key_2)
    worker.waits(lambda: len(attempts(qtbot, workbench, zaak)) == 2)


def test_a_lock_with_a_dialog_open_keeps_the_half_typed_note_beneath_it(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    open_zaak(worker, workbench, zaken["poging"], "Bel ")
    find(worker.window, QPlainTextEdit, "notitie").setFocus()
    worker.type("Half getypt")
    find(worker.window, QPushButton, "brief").click()
    worker.waits(lambda: worker.window.findChild(LetterDialog) is not None)
    with qtbot.waitSignal(worker.window.locked):
        worker.window.lock("")
    assert worker.window.findChild(LetterDialog) is None
    screen = worker.window.findChild(Ontgrendelen)
    assert screen is not None
    with qtbot.waitSignal(worker.window.unlocked):
        find(screen, QLineEdit, "wachtwoord").setText(PASSPHRASE)
        worker.press(KEY.Key_Return)
    again = worker.window.workbench
    assert again is not None
    open_zaak(worker, again, zaken["poging"], "Bel ")
    worker.waits(lambda: find(worker.window, QPlainTextEdit, "notitie").toPlainText() == "Half getypt")


@pytest.mark.parametrize(
    "naam",
    ["🙂" * 40, "محمد بن عبد الله بن الخطاب", "W" * 200, "Zoe\N{COMBINING DIAERESIS}" * 40],
    ids=["emoji", "right to left", "two hundred letters", "combining marks"],
)
def test_a_name_of_any_letters_is_listed_searched_and_opened_with_nothing_cut_off(
    qtbot: QtBot, worker: Worker, workbench: Workbench, naam: str
) -> None:
    found = signaal(id="CM-NAAM", klantnummer="88002211", achternaam=naam, voorvoegsel="", bedrag=Bedrag(200_00))
    zaken: list[UUID] = []

    def action(vault: object) -> None:
        receive(vault, [found])  # type: ignore[arg-type]  # the vault
        zaken.extend(taken.zaak for taken in signalen.accept(vault, [found.dossier]))  # type: ignore[arg-type]  # the vault

    workbench.session.act(workbench, action)
    worker.waits(lambda: zaken)
    worker.press(KEY.Key_K, Qt.KeyboardModifier.ControlModifier)
    worker.type("88002211")
    worker.waits(lambda: workbench.search.answered)
    worker.press(KEY.Key_Return)
    worker.sees("inwoner_naam", "")
    worker.waits(lambda: any(naam[:3] in made.text() for made in worker.window.findChildren(QLabel, "inwoner_naam")))
    qtbot.waitUntil(lambda: not cut_off(workbench))
    assert naam not in worker.window.windowTitle()
