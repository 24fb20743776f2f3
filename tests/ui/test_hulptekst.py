"""Help: every screen and form has a page of its own, and the list of keys is what the window really listens to."""

from __future__ import annotations

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot

from desktop.ui.dialogs.help import HelpDialog, KeysDialog, keys
from desktop.ui.screens.zaakpaneel import FORMS
from desktop.ui.states import walk
from desktop.ui.window import Window
from desktop.ui.workbench import Workbench
from resources.hulp import paginas
from tests.ui.finding import find
from tests.ui.test_dag import CTRL, Worker, open_zaak

KEY = Qt.Key


@pytest.fixture
def worker(qtbot: QtBot, window: Window) -> Worker:
    return Worker(qtbot, window)


def opened(worker: Worker, kind: type[QDialog]) -> QDialog:
    worker.waits(lambda: worker.window.findChildren(kind))
    return worker.window.findChildren(kind)[-1]


def test_no_screen_and_no_form_lacks_its_page(workbench: Workbench) -> None:
    asked = {"ontgrendelen", "eerstekeer", "aan_tafel", *workbench.navigation.names, *FORMS}
    assert asked - paginas().keys() == set()
    assert paginas().keys() - asked == set()
    assert len(set(paginas().values())) == len(paginas())


def test_f1_tells_about_the_screen_or_the_form_that_is_open(
    worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    worker.press(KEY.Key_F1)
    page = opened(worker, HelpDialog)
    assert find(page, QLabel, "hulptekst").text() == paginas()["vandaag"]
    page.reject()
    page.deleteLater()
    worker.waits(lambda: not worker.window.findChildren(HelpDialog))
    open_zaak(worker, workbench, zaken["aanbod"], "Bied ")
    worker.press(KEY.Key_F1)
    assert find(opened(worker, HelpDialog), QLabel, "hulptekst").text() == paginas()["hulpaanbod"]


def test_f1_helps_before_the_vault_is_open(qtbot: QtBot, locked: Window) -> None:
    worker = Worker(qtbot, locked)
    worker.press(KEY.Key_F1)
    assert find(opened(worker, HelpDialog), QLabel, "hulptekst").text() == paginas()["ontgrendelen"]


def test_the_list_of_keys_is_that_of_the_open_screen(
    worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    assert ("Ctrl+1", "Vandaag") in keys(worker.window)
    assert "Brief maken" not in dict(keys(worker.window)).values()
    open_zaak(worker, workbench, zaken["poging"], "Bel ")
    worker.press(KEY.Key_Slash, CTRL)
    shown = {made.text() for made in opened(worker, KeysDialog).findChildren(QLabel)}
    assert {"Ctrl+P", "Brief maken", "2", "Geen gehoor", "F8", "Aan tafel"} <= shown


def test_every_key_says_what_it_does(qtbot: QtBot, worker: Worker, workbench: Workbench) -> None:
    silent = {
        (state.name, key)
        for state in walk(workbench, qtbot.waitUntil)
        if not isinstance(state.widget, QDialog)
        for key, meaning in keys(worker.window)
        if not meaning
    }
    assert silent == set()
